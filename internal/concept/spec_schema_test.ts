import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as v from "valibot";
import { LineIndex } from "../diag/mod.ts";
import { generalValue, readYaml } from "../yaml/mod.ts";
import { ConceptSchema } from "./concept_schema.ts";
import { foundIn } from "./sample_specs.ts";
import { SyncSchema } from "./sync_schema.ts";

async function valuesOf(text: string): Promise<readonly unknown[]> {
  const { documents, findings } = await readYaml("a.yaml", new LineIndex(text));
  return documents.map((node) => generalValue(node, findings));
}

test("the schemas for editors accept the cart example", async () => {
  const read = (name: string) => readFileSync(resolve(import.meta.dir, "../../testdata/examples/cart", name), "utf8");
  for (const name of ["cart.concept.yaml", "inventory.concept.yaml"]) {
    for (const value of await valuesOf(read(name))) expect(v.safeParse(ConceptSchema, value).issues).toBeUndefined();
  }
  for (const value of await valuesOf(read("cart.sync.yaml"))) {
    expect(v.safeParse(SyncSchema, value).issues).toBeUndefined();
  }
});

const CONCEPT = `
concept: A
purpose: p
state: {T: {key: [a, b], fields: {a: string, b: list<list<int>>}}, U: {c: bool}}
actions:
  f: {args: {x: object}, requires: [y], outputs: [{case: Success, fields: {n: int}, when: "1", effects: [], result: {n: "1"}}]}
  g: {outputs: [{case: Success, effects: []}]}
principles: [It works.]
---
sync: s
scope: keyed(v)
when:
  - {action: A.f, event: completed, case: Success, match: {args.x.y: "?w", output.n: 3}, bind: {v: output.n}}
where: {from: U, filter: "c = :w", bind: {d: c}, order_by: [c desc]}
then: [{action: A.f, args: {x: {literal: {y: bound.v, z: "\x24{bound.d}"}}}}]
`;

test("what the readers take, the schemas take", async () => {
  const [concept, sync] = await valuesOf(CONCEPT);
  expect((await foundIn(CONCEPT)).filter((finding) => finding.startsWith("E_KEY"))).toEqual([]);
  expect(v.safeParse(ConceptSchema, concept).issues).toBeUndefined();
  expect(v.safeParse(SyncSchema, sync).issues).toBeUndefined();
});

test.each([
  ["concept: a\npurpose: p\nactions: {f: {outputs: [{case: Success}]}}"],
  ["concept: A\npurpose: p\nactions: {}"],
  ["concept: A\npurpose: p\nactions: {f: {outputs: []}}"],
  ["concept: A\npurpose: p\nactions: {f: {outputs: [{case: Success, whn: x}]}}"],
  ["concept: A\npurpose: p\nactions: {f: {args: {x: float}, outputs: [{case: Success}]}}"],
  ["concept: A\npurpose: p\nactions: {F: {outputs: [{case: Success}]}}"],
])("what the readers refuse of a concept, its schema refuses: %s", async (text) => {
  expect((await foundIn(text)).some((finding) => finding.startsWith("E_"))).toBe(true);
  expect(v.safeParse(ConceptSchema, (await valuesOf(text))[0]).success).toBe(false);
});

test.each([
  ["sync: s\nwhen: []\nthen: {action: A.f}"],
  ["sync: s\nwhen: {action: A.f, match: {x: 1.5}}\nthen: {action: A.f}"],
  ["sync: s\nscope: keyd(x)\nwhen: {action: A.f}\nthen: {action: A.f}"],
  ["sync: s\nwhen: {action: A.f, event: done}\nthen: {action: A.f}"],
  ["sync: s\nwhen: {action: A.f}"],
])("what the readers refuse of a sync, its schema refuses: %s", async (text) => {
  expect((await foundIn(text)).some((finding) => finding.startsWith("E_"))).toBe(true);
  expect(v.safeParse(SyncSchema, (await valuesOf(text))[0]).success).toBe(false);
});
