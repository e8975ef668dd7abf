import { expect, test } from "bun:test";
import fc from "fast-check";
import { canonical, type Json } from "../value/mod.ts";
import { compilePolicy } from "./compile_policy.ts";
import type { PolicyStatement } from "./policy_document.ts";
import { PolicyError } from "./policy_error.ts";
import { branch, policyDocument } from "./sample_policies.ts";

const NAMES = ["x", "y", "x.y", "r", "min", "epsilon"];

/** Expressions that are one, of every construct, often with operands that do not fit. */
const { expression } = fc.letrec<{ expression: string; atom: string }>((tie) => {
  const operand = tie("atom");
  const list = fc.array(tie("expression"), { maxLength: 3 }).map((items) => items.join(", "));
  return {
    atom: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(
        "1",
        "0",
        "-2.5",
        "3",
        "'a'",
        "'10'",
        "''",
        "True",
        "None",
        "values",
        "values.a",
        "values.l",
        "arms.active",
      ),
      fc.constantFrom(...NAMES, "epsilon", "arms.active.t", "nothing", "'😀é'", "1e300", "0x10"),
      tie("expression").map((inner) => `(${inner})`),
      list.map((items) => `[${items}]`),
      fc.tuple(operand, tie("expression")).map(([key, value]) => `{${key}: ${value}}`),
      fc
        .tuple(
          fc.constantFrom(
            "coalesce",
            "first_numeric",
            "random",
            "min",
            "max",
            "abs",
            "len",
            "float",
            "int",
            "round",
            "str",
          ),
          list,
        )
        .map(([name, args]) => `${name}(${args})`),
      fc.tuple(operand, tie("expression")).map(([on, index]) => `${on}[${index}]`),
      fc.tuple(operand, tie("expression")).map(([on, key]) => `${on}.get(${key}, 1)`),
    ),
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      operand,
      fc
        .tuple(
          operand,
          fc.constantFrom(..."+ - * / // % ** == != < <= > >= in and or".split(" "), "not in", "is None or"),
          operand,
        )
        .map(([a, operator, b]) => `${a} ${operator} ${b}`),
      fc.tuple(operand, operand, operand).map(([a, b, c]) => `${a} if ${b} else ${c}`),
      operand.map((inner) => `not ${inner}`),
      operand.map((inner) => `-${inner}`),
    ),
  };
});

const junk = fc.oneof(
  { weight: 8, arbitrary: expression },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme" }) },
  {
    weight: 1,
    arbitrary: fc.tuple(expression, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1)).toWellFormed()),
  },
);

const place = { line: 1, column: 1 };
const { statement } = fc.letrec<{ statement: PolicyStatement }>((tie) => ({
  statement: fc.oneof(
    { depthSize: "small" },
    fc
      .record({ target: fc.constantFrom(...NAMES), expression: junk })
      .map((fields) => ({ type: "assignment" as const, ...fields, ...place })),
    fc
      .tuple(junk, fc.array(tie("statement"), { maxLength: 2 }), fc.array(tie("statement"), { maxLength: 2 }))
      .map(([condition, yes, no]) => branch(condition, yes, no)),
    fc
      .array(
        fc.record({
          expression: fc.oneof(
            junk,
            junk.map((text) => `r = ${text}`),
          ),
          probability: fc.oneof(fc.constant(null), junk, fc.constantFrom("0.5", "epsilon")),
        }),
        { maxLength: 3 },
      )
      .map((options) => ({
        type: "choose" as const,
        options: options.map((option) => ({ ...option, ...place })),
        ...place,
      })),
  ),
}));

const document = fc
  .record({
    arms: fc.constantFrom<{ [arm: string]: Json }>(
      {},
      { default: { t: "75.0", s: "WRITE" } },
      { soft: { t: "[1, 'a']" } },
    ),
    epsilon: fc.constantFrom(null, "0.5", "x"),
    evaluate: fc.array(statement, { maxLength: 5 }),
    emit: fc.dictionary(fc.constantFrom("a", "b", "__proto__"), junk, { maxKeys: 3 }),
  })
  .map(policyDocument);

const values = fc.dictionary(fc.constantFrom("a", "l", "s"), fc.jsonValue({ maxDepth: 2 })) as fc.Arbitrary<{
  [key: string]: Json;
}>;

// PLUMB_FUZZ asks for more runs than a unit test has time for.
const numRuns = Number(process.env.PLUMB_FUZZ ?? 300);

test(
  "whatever a policy says, it ends with JSON or a policy error, twice the same, and changes nothing (property)",
  () => {
    let emitted = 0;
    fc.assert(
      fc.property(document, values, (policy, given) => {
        const before = canonical(given);
        const compiled = compilePolicy(policy);
        const run = (): string => {
          let draws = 0;
          try {
            const result = compiled.evaluate({
              values: given,
              draws: () => {
                draws += 1;
                return (draws * 0.37) % 1;
              },
            });
            expect(result.drawsUsed).toBe(draws);
            emitted += 1;
            return canonical(result.emit);
          } catch (error) {
            if (!(error instanceof PolicyError)) throw error;
            expect(error.message).toStartWith("policy p: p.pdl");
            expect(error.message.length).toBeLessThan(400);
            return error.message;
          }
        };
        expect(run()).toBe(run());
        expect(canonical(given)).toBe(before);
      }),
      { numRuns },
    );
    // Most policies of this kind fail; some must not, or nothing was tested.
    expect(emitted).toBeGreaterThan(numRuns / 50);
  },
  Math.max(5_000, numRuns * 10),
);
