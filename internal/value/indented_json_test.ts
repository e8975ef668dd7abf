import { expect, test } from "bun:test";
import { indentedJson } from "./indented_json.ts";

test("values are indented by two; a bigint keeps its digits", () => {
  expect(indentedJson({ a: [1, null], n: 9007199254740993n })).toBe(
    '{\n  "a": [\n    1,\n    null\n  ],\n  "n": 9007199254740993\n}',
  );
});
