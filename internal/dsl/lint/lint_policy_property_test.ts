import { expect, test } from "bun:test";
import fc from "fast-check";
import { compilePolicy, PolicyError } from "../../policy/mod.ts";
import { compileFiles } from "../compile/mod.ts";
import { dslSource } from "../syntax/mod.ts";
import { lintFiles, readLinted } from "./lint_files.ts";

const NAMES = ["x", "y", "x.y", "r", "min"];

const operand = fc.constantFrom(
  ...["1", "'a'", "True", "values.a", "values", "arms.active.t", "epsilon", "[1, 2]"],
  ...[
    "x",
    "y",
    "x.y",
    "r",
    "min",
    "x.z",
    "arms.active.u",
    "arms.soft",
    "nothing",
    "1 +",
    "str(1)",
    "abs()",
    "len([x])",
  ],
);
const expression = fc.oneof(
  { weight: 3, arbitrary: operand },
  fc.tuple(operand, fc.constantFrom("+", "==", "and", "or", "in"), operand).map((parts) => parts.join(" ")),
  operand.map((inner) => `not (${inner})`),
);

/** A statement as its lines. */
type Lines = readonly string[];
const deeper = (lines: Lines): Lines => lines.map((line) => `  ${line}`);
const option = fc
  .tuple(fc.option(fc.constantFrom(...NAMES)), expression, fc.option(fc.constantFrom("0.5", "epsilon", "0", "1", "x")))
  .map(([target, value, p]) => `${target === null ? "" : `${target} = `}${value}${p === null ? "" : ` with p=${p}`}`);
const { block } = fc.letrec<{ block: Lines; statement: Lines }>((tie) => ({
  block: fc.array(tie("statement"), { minLength: 1, maxLength: 3 }).map((statements) => statements.flat()),
  statement: fc.oneof(
    { depthSize: "small" },
    fc.tuple(fc.constantFrom(...NAMES), expression).map(([target, value]) => [`${target} = ${value}`]),
    fc
      .tuple(expression, tie("block"), fc.option(tie("block")))
      .map(([condition, yes, no]) => [
        `if ${condition}:`,
        ...deeper(yes),
        ...(no === null ? [] : ["else:", ...deeper(no)]),
      ]),
    fc
      .array(option, { minLength: 1, maxLength: 3 })
      .map((options) => ["choose:", ...deeper(options.map((text, at) => `o${at}: ${text}`))]),
  ),
}));

const policy = fc
  .tuple(block, fc.array(expression, { maxLength: 2 }))
  .map(([statements, emitted]) =>
    [
      ...["version: pdl/v0", "arms:", "  default:", "    t: 75", "epsilon: 0.5", "evaluate:"],
      ...deeper(statements),
      "emit:",
      ...emitted.map((text, at) => `  f${at}: ${text}`),
    ].join("\n"),
  );

/** What lint can know: not what values there are, but every name, function, arm and the syntax. */
const KNOWABLE =
  /known name|not assigned yet|no function|is a function|at character|takes .* argument|^there is no arms|^arms\./;

test("what fails for its names or its syntax was told by lint (property)", () => {
  let failed = 0;
  fc.assert(
    fc.property(policy, fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }), (text, draws) => {
      const linted = readLinted(dslSource("p.pdl", text));
      if (!("file" in linted.reading)) throw new Error(linted.reading.issue.message);
      const { artifacts } = compileFiles([linted.reading.file], { emitIr: false, generatedAt: "" });
      let used = 0;
      const evaluate = () =>
        compilePolicy(artifacts[0]?.document ?? null).evaluate({
          values: { a: 1 },
          draws: () => draws[used++ % draws.length] ?? 0,
        });
      try {
        evaluate();
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        if (!KNOWABLE.test(error.reason)) return;
        failed += 1;
        // Emit fields have no line in a policy document.
        const told = lintFiles([linted]).filter(
          ({ level, code, pos }) =>
            (level === "error" || code === "maybe-unset") && (error.line === 0 || pos?.line === error.line),
        );
        expect([text, error.message, told.length > 0]).toEqual([text, error.message, true]);
      }
    }),
    { numRuns: Number(process.env.PLUMB_FUZZ ?? 300) },
  );
  expect(failed).toBeGreaterThan(0);
});
