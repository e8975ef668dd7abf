import { expect, test } from "bun:test";
import * as v from "valibot";
import { dumpDocument, dumpOf, KvDumpSchema } from "./kv_dump.ts";

test("the document is that of the page, byte for byte", () => {
  expect(JSON.stringify(dumpDocument(dumpOf(["y", "x"]), 0))).toBe(
    '{"keys":["x","y"],"schema":"kv.dump.v1","size":2,"timestamp":"1970-01-01T00:00:00.000Z"}',
  );
});

test("the schema takes the document, and nothing with a key more or less", () => {
  const document = dumpDocument(dumpOf([]), 0);
  expect(v.is(KvDumpSchema, document)).toBe(true);
  expect(v.is(KvDumpSchema, { ...document, ns: "x" })).toBe(false);
  expect(v.is(KvDumpSchema, { keys: [], size: 0 })).toBe(false);
});
