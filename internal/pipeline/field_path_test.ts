import { expect, test } from "bun:test";
import { type Json, parseJson } from "../value/mod.ts";
import { FieldPath } from "./field_path.ts";

const PAYLOAD: Json = { ts: 1, meta: { ts: 2, "": { deep: null } }, list: [{ ts: 3 }], text: "abc", "": 4 };

test.each([
  ["ts", 1],
  ["meta.ts", 2],
  ["meta..deep", null],
  ["list", [{ ts: 3 }]],
  ["", PAYLOAD],
])("%p reads %j", (field, value) => {
  expect(new FieldPath(field).read(PAYLOAD)).toEqual(value);
});

test.each(["no", "ts.a", "meta.no", "meta.ts.a", "list.0", "list.length", "list.0.ts", "text.length", "meta..deep.a"])(
  "%p is missing: paths go through maps only",
  (field) => {
    expect(new FieldPath(field).read(PAYLOAD)).toBeUndefined();
  },
);

test.each(["constructor", "__proto__", "meta.toString", "meta.__proto__.constructor"])(
  "%p is missing: what objects inherit is no member",
  (field) => {
    expect(new FieldPath(field).read(PAYLOAD)).toBeUndefined();
  },
);

test("a member with the name of something inherited is found", () => {
  const payload = parseJson('{"__proto__":{"constructor":5}}');
  expect(new FieldPath("__proto__.constructor").read(payload)).toBe(5);
});

test.each<Json>([null, true, 0, "text"])("a payload that is no map (%j) has itself and no fields", (payload) => {
  expect(new FieldPath("").read(payload)).toEqual(payload);
  expect(new FieldPath("ts").read(payload)).toBeUndefined();
});
