import { expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { checkIr, FlowInputError, type FlowIr } from "../flow/mod.ts";
import { isObject, type Json } from "../value/mod.ts";
import { COLDSTORE, runLocal } from "./engine_fixtures.ts";
import { readMocks } from "./read_mocks.ts";

/** A few hundred in the suite; more behind an environment variable. */
const RUNS = Number(process.env.PLUMB_FLOW_RUNS ?? 300);

const ORIGINAL: Json = await Bun.file(join(COLDSTORE, "expected/flows/coldstore.monitor.ir.json")).json();
const ANSWERS = { "coldstore.read": { values: { air: 9 } }, "coldstore.set": {}, "notify.send": {} };

const SCALARS = fc.constantFrom<Json>(
  null,
  true,
  "",
  "act",
  "$step.read",
  "$.vars.read",
  "${input.a",
  "success",
  0,
  -1,
  3.5,
  2 ** 31,
  "__proto__",
);
const REPLACEMENTS = fc.oneof(
  { weight: 3, arbitrary: SCALARS },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Json>([], {}, [[]], { type: "string" }, { __proto__: null, constructor: {} }, ["read"]),
  },
);

/** Every place of a document, as a path. */
function places(value: Json, path: readonly string[] = []): (readonly string[])[] {
  const entries = Array.isArray(value) ? Object.entries(value) : isObject(value) ? Object.entries(value) : [];
  return [path, ...entries.flatMap(([key, member]) => places(member as Json, [...path, key]))];
}
const PLACES = places(ORIGINAL);

interface Mutation {
  readonly at: readonly string[];
  readonly what: "replace" | "remove" | "repeat";
  readonly by: Json;
}

const mutations: fc.Arbitrary<Mutation> = fc.record({
  at: fc.constantFrom(...PLACES),
  what: fc.constantFrom("replace", "replace", "remove", "repeat"),
  by: REPLACEMENTS,
});

function mutated(document: Json, { at, what, by }: Mutation): Json {
  const [key, ...rest] = at;
  if (key === undefined) return what === "replace" ? by : document;
  const copy: Json = Array.isArray(document) ? [...document] : { ...(document as { [key: string]: Json }) };
  const holder = copy as { [key: string]: Json };
  const member = holder[key];
  if (member === undefined) return document;
  if (rest.length > 0) holder[key] = mutated(member, { at: rest, what, by });
  else if (what === "replace") holder[key] = by;
  else if (Array.isArray(copy)) what === "remove" ? copy.splice(Number(key), 1) : copy.push(member);
  else delete holder[key];
  return copy;
}

test("a mutated IR is told what is wrong with it, or runs to an end", async () => {
  let ran = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(mutations, { minLength: 1, maxLength: 3 }), async (changes) => {
      const document = changes.reduce(mutated, ORIGINAL);
      const { ir, problems } = checkIr(document);
      for (const { code, message } of problems) expect(`${code} ${message}`).toMatch(/^[EW]_IR_[A-Z_]+ \S/);
      if (ir === undefined) return expect(problems).not.toEqual([]);
      ran += 1;
      const inputs = { store: "n", probes: [] };
      const result = await runLocal(ir as FlowIr, { inputs, answers: ANSWERS }).catch((error: unknown) => error);
      if (result instanceof FlowInputError) return expect(result.code).toBe("E_POLICY_MISSING");
      expect(["completed", "failed"]).toContain((result as { status: string }).status);
    }),
    { numRuns: RUNS },
  );
  expect(ran).toBeGreaterThan(0);
}, 600_000);

test("mocks of any shape are read or told what is wrong with them, and any answer ends a run", async () => {
  const answer = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      SCALARS,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom("result", "error", "delay_ms", "code", "message", "retriable", "details", "x"),
        tie("value"),
        { maxKeys: 3 },
      ),
    ),
  })).value;
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom("read", "coldstore.read", "act", "$draws", "$x"), answer),
      async (document) => {
        const { mocks, problems } = readMocks(document);
        for (const { code, message } of problems) expect(`${code} ${message}`).toMatch(/^E_MOCKS_SCHEMA \/\S*: \S/);
        if (problems.length > 0) return;
        const others = readMocks(ANSWERS).mocks;
        const { status } = await runLocal(ORIGINAL as unknown as FlowIr, {
          inputs: { store: "n", probes: [] },
          mocks: mocks.with(others),
        });
        expect(["completed", "failed"]).toContain(status);
      },
    ),
    { numRuns: RUNS },
  );
}, 600_000);
