import { describe, expect, test } from "bun:test";
import { events, input, json, jsonObject, jsonOrFile } from "./pragma_json_values.ts";
import type { Reading, ValueKind } from "./pragma_value_kind.ts";

function bare(kind: ValueKind<unknown>, found: string): unknown {
  return shown(kind.read({ form: "text", text: found, quoted: false }, "key"));
}

function quoted(kind: ValueKind<unknown>, found: string): unknown {
  return shown(kind.read({ form: "text", text: found, quoted: true }, "key"));
}

function shown(reading: Reading<unknown>): unknown {
  return reading.ok ? reading.value : `${reading.problem.code} ${reading.problem.help ?? ""}`.trimEnd();
}

describe("JSON", () => {
  test("may stand as text that is itself JSON", () => {
    expect([bare(json, "5"), bare(json, "null"), bare(json, "1e2")]).toEqual([5, null, 100]);
    expect([quoted(json, '"abc"'), quoted(json, '{"k":"a b"}'), quoted(json, " [1] ")]).toEqual([
      "abc",
      { k: "a b" },
      [1],
    ]);
    expect(bare(json, "9007199254740993")).toBe(9007199254740992);
  });

  test("text that is not is malformed; a plain word is told how a string is written", () => {
    expect(quoted(json, "abc")).toBe(`E_PRAGMA_JSON '"abc"'`);
    for (const found of ["", "1 2", "{", "01", "'a'", "1e999", '{"a":1,"a":2}', '"\ud800"']) {
      expect(quoted(json, found)).toBe("E_PRAGMA_JSON");
    }
  });

  test("the parser's complaint is in the message, also about a key of a megabyte", () => {
    const long = "x".repeat(1_000_000);
    const reading = json.read({ form: "text", text: `{"${long}":1,"${long}":1}`, quoted: true }, "put");
    expect(reading.ok ? "" : reading.problem.message).toStartWith("put is not JSON: $.xxx");
    expect(reading.ok ? 0 : reading.problem.message.length).toBeLessThan(400);
  });

  test("an object is asked for where keys matter", () => {
    expect(quoted(jsonObject, '{"a":null}')).toEqual({ a: null });
    expect(["[]", "null", "5", '"{}"'].map((found) => bare(jsonObject, found))).toEqual(
      Array.from({ length: 4 }, () => "E_PRAGMA_VALUE"),
    );
  });
});

describe("events", () => {
  test("input is one event, or a stream if it is an array", () => {
    expect(bare(input, "5")).toEqual({ kind: "event", value: 5 });
    expect(quoted(input, "[1,2]")).toEqual({ kind: "stream", values: [1, 2] });
    expect(shown(input.read({ form: "json", value: [] }, "input"))).toEqual({ kind: "stream", values: [] });
    expect(bare(input, "{")).toBe("E_PRAGMA_JSON");
  });

  test("an unquoted @ names a file", () => {
    expect(bare(input, "@a/b.json")).toEqual({ kind: "input_file", path: "a/b.json" });
    expect(bare(events, "@../e.jsonl")).toEqual({ kind: "events_file", path: "../e.jsonl" });
    expect(bare(jsonOrFile, "@g.json")).toEqual({ kind: "file", path: "g.json" });
    expect(bare(events, "@")).toEqual({ kind: "events_file", path: "" });
  });

  test("a quoted @ does not", () => {
    expect(quoted(input, "@a")).toBe("E_PRAGMA_JSON");
    expect(quoted(jsonOrFile, "@a")).toBe("E_PRAGMA_JSON");
    expect(quoted(events, "@a")).toBe("E_PRAGMA_VALUE @a");
    expect(bare(json, "@a")).toBe("E_PRAGMA_JSON");
  });

  test("events are always a file", () => {
    expect(bare(events, "e.jsonl")).toBe("E_PRAGMA_VALUE @e.jsonl");
    expect(quoted(events, "my file")).toBe("E_PRAGMA_VALUE");
    expect(shown(events.read({ form: "json", value: [] }, "events"))).toBe("E_PRAGMA_VALUE");
  });

  test("an expectation is a value as it is, an array too", () => {
    expect(quoted(jsonOrFile, "[1]")).toEqual({ kind: "json", value: [1] });
    expect(bare(jsonOrFile, "nul")).toBe(`E_PRAGMA_JSON '"nul"'`);
  });
});
