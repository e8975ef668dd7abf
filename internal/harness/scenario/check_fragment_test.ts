import { expect, test } from "bun:test";
import { join } from "node:path";
import { checkFragment } from "./check_fragment.ts";
import { said, withSample } from "./sample_scenarios.ts";

function found(text: string, files: Readonly<Record<string, string>> = {}) {
  return withSample({ ...files, "f.fragment.yaml": text }, async (folder, options) =>
    said(await checkFragment(join(folder, "f.fragment.yaml"), options)),
  );
}

test("a variable that must be given may be anything", async () => {
  const text = `vars: {any: ~, n: one}
specs: [shop.concept.yaml]
setup: [{action: "\x24{any}", args: {x: 1}}, {action: Shop.sell, args: {item: "\x24{any}", count: "\x24{any}"}}]
assertions:
  - {type: trace_count, action: Shop.sell, count: "\x24{any}", args: {count: "\x24{n}"}}
  - {type: trace_count, action: Shop.sell, count: "\x24{n}"}
`;
  expect(await found(text)).toEqual(["f.fragment.yaml E_ARG_TYPE 5:75", "f.fragment.yaml E_KEY_TYPE 6:51"]);
});

test("names are held against the specs that it lists; without any, all of them may be right", async () => {
  const text = "setup: [{action: Shop.nosuch}, {action: Shop.sell}]\n";
  expect(await found(text)).toEqual([]);
  expect(await found(`specs: [shop.concept.yaml]\n${text}`)).toEqual([
    "f.fragment.yaml E_SCN_ACTION_UNKNOWN 2:18",
    "f.fragment.yaml E_ARG_MISSING 2:41",
    "f.fragment.yaml E_ARG_MISSING 2:41",
  ]);
});

test("fragments that it uses are checked with it", async () => {
  const inner = { "g.fragment.yaml": "vars: {v: ~}\nsetup: [{actoin: x}]\n" };
  expect(await found("use: [{file: g.fragment.yaml}]\nzzz: 1\n", inner)).toEqual([
    "f.fragment.yaml E_SCN_VAR 1:14",
    "f.fragment.yaml E_KEY_UNKNOWN 2:1",
    "g.fragment.yaml E_KEY_MISSING 2:9",
    "g.fragment.yaml E_KEY_UNKNOWN 2:10 action",
  ]);
});

test("what is no fragment at all is a finding", async () => {
  expect(await found("")).toEqual(["f.fragment.yaml E_KEY_TYPE 1:1"]);
  expect(await found("[]")).toEqual(["f.fragment.yaml E_KEY_TYPE 1:1"]);
  const missing = await withSample({}, async (folder, options) =>
    said(await checkFragment(join(folder, "no"), options)),
  );
  expect(missing).toEqual(["no E_FILE_READ undefined:undefined"]);
});
