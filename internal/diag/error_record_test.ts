import { describe, expect, test } from "bun:test";
import * as v from "valibot";
import { ErrorRecordSchema, errorRecord } from "./mod.ts";

const timeout = errorRecord({
  data: { id: "a_test.ami::slow", expected: true, case: "slow" },
  pos: { offset: 43, column: 9, line: 3 },
  file: "a_test.ami",
  message: "the run needs more than 20 ms",
  code: "E_TIMEOUT",
  atMs: 20,
});

describe("errorRecord", () => {
  test("the record of ami-tests §8 comes out byte for byte", () => {
    expect(JSON.stringify(timeout)).toBe(
      '{"schema":"errors.v1","timestamp":"1970-01-01T00:00:00.020Z","level":"error","code":"E_TIMEOUT","message":"the run needs more than 20 ms","file":"a_test.ami","pos":{"line":3,"column":9,"offset":43},"data":{"case":"slow","expected":true,"id":"a_test.ami::slow"}}',
    );
  });

  test("what is absent is left out", () => {
    expect(Object.keys(errorRecord({ code: "C", message: "m", level: "warn" }))).toEqual([
      "schema",
      "timestamp",
      "level",
      "code",
      "message",
    ]);
  });
});

describe("ErrorRecordSchema", () => {
  test("accepts what errorRecord() makes, and parses it to equal bytes", () => {
    expect(JSON.stringify(v.parse(ErrorRecordSchema, timeout))).toBe(JSON.stringify(timeout));
  });

  test("accepts any code but an empty one: users invent them", () => {
    expect(v.is(ErrorRecordSchema, { ...timeout, code: "my error" })).toBe(true);
    expect(v.is(ErrorRecordSchema, { ...timeout, code: "" })).toBe(false);
  });

  test("refuses another schema, an unknown key and a record without message", () => {
    expect(v.is(ErrorRecordSchema, { ...timeout, schema: "diag.v1" })).toBe(false);
    expect(v.is(ErrorRecordSchema, { ...timeout, endPos: timeout.pos })).toBe(false);
    expect(v.is(ErrorRecordSchema, { ...timeout, message: undefined })).toBe(false);
  });
});
