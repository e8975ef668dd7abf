import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import * as v from "valibot";
import { DiagnosticSchema, diagnostic, sortedRecord, TimestampSchema, virtualTimestamp } from "./mod.ts";

const pos = { line: 2, column: 31, offset: 50 };

describe("diagnostic", () => {
  test("the record of ami-tests §9 comes out byte for byte", () => {
    const record = diagnostic({
      data: { help: "expect_output" },
      pos,
      file: "a_test.ami",
      message: "unknown key expect_outptu",
      code: "E_PRAGMA_KEY",
    });
    expect(JSON.stringify(record)).toBe(
      '{"schema":"diag.v1","timestamp":"1970-01-01T00:00:00.000Z","level":"error","code":"E_PRAGMA_KEY","message":"unknown key expect_outptu","file":"a_test.ami","pos":{"line":2,"column":31,"offset":50},"data":{"help":"expect_output"}}',
    );
  });

  test("keys stand in their order, whatever order the caller wrote them in", () => {
    const record = diagnostic({
      data: { b: 1, a: 2 },
      endPos: pos,
      pos: { offset: 50, column: 31, line: 2 },
      file: "f",
      package: "p",
      message: "m",
      code: "C",
      level: "info",
      atMs: 49,
    });
    expect(JSON.stringify(record)).toBe(
      '{"schema":"diag.v1","timestamp":"1970-01-01T00:00:00.049Z","level":"info","code":"C","message":"m","package":"p","file":"f","pos":{"line":2,"column":31,"offset":50},"endPos":{"line":2,"column":31,"offset":50},"data":{"a":2,"b":1}}',
    );
  });

  test("what is absent is left out, also when it is given as undefined", () => {
    const bare = diagnostic({ code: "C", message: "m", file: undefined, pos: undefined, data: undefined });
    expect(Object.keys(bare)).toEqual(["schema", "timestamp", "level", "code", "message"]);
  });

  test("further properties of a position do not enter the record", () => {
    const wide = { ...pos, secret: true };
    expect(diagnostic({ code: "C", message: "m", pos: wide }).pos).toEqual(pos);
  });
});

describe("DiagnosticSchema", () => {
  const good = diagnostic({
    code: "E_X",
    message: "m",
    package: "p",
    file: "f",
    pos,
    endPos: pos,
    data: { a: [null] },
  });

  test("accepts what diagnostic() makes, and parses it to equal bytes", () => {
    expect(JSON.stringify(v.parse(DiagnosticSchema, good))).toBe(JSON.stringify(good));
  });

  test("accepts a code that a user invented", () => {
    expect(v.is(DiagnosticSchema, { ...good, code: "my error" })).toBe(true);
  });

  const bad: [why: string, record: unknown][] = [
    ["another schema", { ...good, schema: "diag.v2" }],
    ["a level that does not exist", { ...good, level: "warning" }],
    ["an empty code", { ...good, code: "" }],
    ["a timestamp without milliseconds", { ...good, timestamp: "1970-01-01T00:00:00Z" }],
    ["a timestamp that is not UTC", { ...good, timestamp: "1970-01-01T00:00:00.000+01:00" }],
    ["line 0", { ...good, pos: { ...pos, line: 0 } }],
    ["column 0", { ...good, pos: { ...pos, column: 0 } }],
    ["a negative offset", { ...good, pos: { ...pos, offset: -1 } }],
    ["half a column", { ...good, endPos: { ...pos, column: 1.5 } }],
    ["an unknown key", { ...good, severity: 1 }],
    ["data that is a list", { ...good, data: "x" }],
    ["no message", { ...good, message: undefined }],
  ];
  for (const [why, record] of bad) {
    test(`refuses ${why}`, () => {
      expect(v.is(DiagnosticSchema, record)).toBe(false);
    });
  }
});

describe("virtualTimestamp", () => {
  test("is 1970 plus virtual time", () => {
    expect(virtualTimestamp(0)).toBe("1970-01-01T00:00:00.000Z");
    expect(virtualTimestamp(3_600_020)).toBe("1970-01-01T01:00:00.020Z");
  });

  test("equals Date up to the year 9999", () => {
    fc.assert(
      fc.property(fc.nat({ max: 253_402_300_799_999 }), (ms) => {
        expect(virtualTimestamp(ms)).toBe(new Date(ms).toISOString());
      }),
    );
  });

  test("goes on beyond the year 9999 and beyond the last Date", () => {
    expect(virtualTimestamp(253_402_300_800_000)).toBe("10000-01-01T00:00:00.000Z");
    expect(virtualTimestamp(8_640_000_000_000_000)).toBe("275760-09-13T00:00:00.000Z");
    expect(virtualTimestamp(Number.MAX_SAFE_INTEGER)).toBe("287396-10-12T08:59:00.991Z");
    expect(v.is(TimestampSchema, virtualTimestamp(Number.MAX_SAFE_INTEGER))).toBe(true);
  });
});

describe("sortedRecord", () => {
  test("sorts at every depth, inside lists too, by UTF-16 code unit", () => {
    const data = { b: [{ z: 1, a: { y: 1, x: 2 } }], "\u{1f600}": 1, "\uffff": 2, B: 0 };
    expect(JSON.stringify(sortedRecord(data))).toBe('{"B":0,"b":[{"a":{"x":2,"y":1},"z":1}],"\u{1f600}":1,"\uffff":2}');
  });

  test("keeps a key __proto__ as data at every depth, and pollutes nothing", () => {
    const data = JSON.parse('{"z":{"__proto__":{"polluted":1}},"__proto__":[1],"a":0}');
    const sorted = sortedRecord(data);
    expect(JSON.stringify(sorted)).toBe('{"__proto__":[1],"a":0,"z":{"__proto__":{"polluted":1}}}');
    expect(Object.getPrototypeOf(sorted)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });

  test("leaves out what is undefined and keeps null", () => {
    expect(JSON.stringify(sortedRecord({ b: null, a: undefined }))).toBe('{"b":null}');
  });

  test("changes neither its argument nor any value (property)", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
        const before = JSON.stringify(data);
        const sorted = sortedRecord(data);
        expect(JSON.stringify(data)).toBe(before);
        expect(sorted).toEqual(data);
        expect(JSON.stringify(sortedRecord(sorted))).toBe(JSON.stringify(sorted));
      }),
    );
  });
});
