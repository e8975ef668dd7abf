import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { compileDsl } from "../dsl/mod.ts";
import { evaluatePolicy } from "./evaluate_policy.ts";
import { PolicyError } from "./policy_error.ts";

const Row = v.object({
  name: v.string(),
  pdl: v.string(),
  values: v.record(v.string(), v.unknown()),
  draws: v.array(v.number()),
  ok: v.boolean(),
  emit: v.unknown(),
  draws_used: v.number(),
});

describe("flows row 1: every row of policy_eval.jsonl", () => {
  const rows = readFileSync(new URL("../../testdata/vectors/policy_eval.jsonl", import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => v.parse(Row, JSON.parse(line)));

  test("the file is whole", () => {
    expect(rows).toHaveLength(57);
  });

  test.each(rows.map((row) => [row.name, row] as const))("%s", (_, { pdl, values, draws, ok, emit, draws_used }) => {
    const { files } = compileDsl([{ path: "p.pdl", text: pdl }], { lint: false });
    const document = files["policies/p.json"] ?? null;
    if (ok) expect<unknown>(evaluatePolicy(document, { values, draws })).toEqual({ emit, drawsUsed: draws_used });
    else expect(() => evaluatePolicy(document, { values, draws })).toThrow(PolicyError);
  });
});

describe("flows row 13: the cold store's policy", () => {
  const pdl = readFileSync(new URL("../../testdata/examples/coldstore/limits.pdl", import.meta.url), "utf8");
  const document = (text: string) =>
    compileDsl([{ path: "limits.pdl", text }], { lint: false }).files["policies/limits.json"] ?? null;

  test("a bare key in emit: the message names the field and the key", () => {
    const spoiled = pdl.replace(/ {2}reason: .*/, "  reason: { warm: warm, limit: 1 }");
    expect(() => evaluatePolicy(document(spoiled), { values: { air: 9 }, draws: [0.5] })).toThrow(
      "policy limits: limits.pdl: emit.reason: 'limit' is not a known name",
    );
  });

  test("text where a number is compared: the error stands at the if", () => {
    const evaluate = () => evaluatePolicy(document(pdl), { values: { air: "x" }, draws: [0.5] });
    expect(evaluate).toThrow("policy limits: limits.pdl:13:3: '>=' compares number with number");
  });

  test("it says COOL at level 2", () => {
    expect(evaluatePolicy(document(pdl), { values: { air: 9, door: 4.5 }, draws: [0.5] })).toEqual({
      emit: { action: "COOL", level: 2, reason: { warm: 9, limit: 6.5 } },
      drawsUsed: 1,
    });
  });
});
