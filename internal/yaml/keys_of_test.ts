import { expect, test } from "bun:test";
import * as v from "valibot";
import { described, keysOf } from "./mod.ts";

test("the keys of an object schema, and whether they must be there", () => {
  const schema = v.strictObject({
    a: v.string(),
    b: v.exactOptional(described(v.number(), "A number.")),
    c: v.optional(v.number()),
    d: described(v.number(), "A number."),
  });
  expect(keysOf(schema)).toEqual({ a: true, b: false, c: false, d: true });
});
