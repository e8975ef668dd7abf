import { expect, test } from "bun:test";
import { mayNotEnd } from "./may_not_end.ts";
import { loadSample } from "./sample_specs.ts";

const RECURSIVE = "(WITH c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c)";

/** A concept whose one case has these keys, and a sync with this filter. */
const specs = (keys: string, filter = "1") => ({
  "a.concept.yaml": `concept: A
purpose: p
state: {T: {within: int}}
actions: {f: {outputs: [{case: Success, fields: {n: int}, ${keys}}]}}
---
sync: s
when: {action: A.f, bind: {n: n}}
where: {from: T, filter: ${JSON.stringify(filter)}}
then: {action: A.f}
`,
});

test.each<[string, boolean, Record<string, string>]>([
  ["nothing", false, specs(`when: "1", result: {n: "(SELECT max(within) FROM T)"}`)],
  ["a result", true, specs(`result: {n: "${RECURSIVE}"}`)],
  ["a when", true, specs(`when: "${RECURSIVE.toLowerCase()} > 1", result: {n: "1"}`)],
  ["an effect", true, specs(`effects: ["INSERT INTO T SELECT ${RECURSIVE}"], result: {n: "1"}`)],
  ["a filter", true, specs(`result: {n: "1"}`, `${RECURSIVE} > :n`)],
])("what may not end: %s", async (_, expected, files) => {
  const set = await loadSample(files);
  expect(set.findings.filter(({ level }) => level === "error")).toEqual([]);
  expect(mayNotEnd(set)).toBe(expected);
});
