import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Flaw, readPayload } from "./pragma_reader.ts";

const KNOWN = ["input", "output", "timeout", "msg~"];
const grammar = { word: false, isKey: (name: string) => KNOWN.includes(name) };

/** `key=value` of what was read; `?` for a value that could not be. */
function pairs(line: string): string[] {
  return readPayload(line, 0, grammar).pairs.map(({ key, value }) => {
    if (value === undefined) return `${key}=?`;
    return `${key}=${value.form === "json" ? JSON.stringify(value.value) : value.text}`;
  });
}

/** `code@place` of what is wrong. */
function flaws(line: string): string[] {
  return readPayload(line, 0, grammar).flaws.map(({ code, at }: Flaw) => `${code.slice("E_PRAGMA_".length)}@${at}`);
}

describe("values", () => {
  test("JSON may hold blanks, quotes, escapes and braces in strings", () => {
    expect(pairs(String.raw`input={ "s" : "a b" } output=[1, {"}": "\"]"}]`)).toEqual([
      'input={"s":"a b"}',
      String.raw`output=[1,{"}":"\"]"}]`,
    ]);
  });

  test("text may stand in either quote", () => {
    expect(pairs(`input='{"k":"a b"}' output="x y" timeout=''`)).toEqual([
      'input={"k":"a b"}',
      "output=x y",
      "timeout=",
    ]);
  });

  test("anything else is text up to a blank, quotes and signs in it too", () => {
    expect(pairs(`input=@a/b.json\toutput=a"b{=}  msg~=é`)).toEqual(["input=@a/b.json", 'output=a"b{=}', "msg~=é"]);
    expect(flaws(`input=@a/b.json\toutput=a"b{=}`)).toEqual([]);
  });

  test("places are those of key and value", () => {
    const { pairs: found } = readPayload("  input={} output='x'", 0, grammar);
    expect(found.map(({ keyStart, valueStart }) => [keyStart, valueStart])).toEqual([
      [2, 8],
      [11, 18],
    ]);
  });

  test("only unquoted text is marked so", () => {
    const { pairs: found } = readPayload(`input=@f output="@f"`, 0, grammar);
    expect(found.map(({ value }) => value)).toEqual([
      { form: "text", text: "@f", quoted: false },
      { form: "text", text: "@f", quoted: true },
    ]);
  });
});

describe("flaws", () => {
  test("a word without = is no pair, and what follows it up to a known key is passed over", () => {
    expect(flaws("foo")).toEqual(["SYNTAX@0"]);
    expect(flaws("timeout=5 foo bar what=1 output=x baz")).toEqual(["SYNTAX@10", "SYNTAX@34"]);
    expect(pairs("foo bar what=1 output=x")).toEqual(["output=x"]);
    expect(flaws('{"a":1}')).toEqual(["SYNTAX@0"]);
    expect(flaws("=5")).toEqual(["SYNTAX@0"]);
  });

  test("blanks around = are told from a word", () => {
    const [flaw, ...more] = readPayload("input = {}", 0, grammar).flaws;
    expect(flaw).toMatchObject({ code: "E_PRAGMA_SYNTAX", at: 0 });
    expect(flaw?.message).toContain("no blanks stand around =");
    expect(more).toEqual([]);
  });

  test("a missing value is found at its key, and the next pair is read", () => {
    expect(flaws("input= output={}")).toEqual(["SYNTAX@0"]);
    expect(pairs("input= output={}")).toEqual(["input=?", "output={}"]);
    expect(pairs("input= what=1 output=")).toEqual(["input=?", "what=1", "output=?"]);
  });

  test("a value behind a blank is one cause, not two", () => {
    expect(flaws('input= {"k": 1} output={}')).toEqual(["SYNTAX@0"]);
    expect(pairs('input= {"k": 1} output={}')).toEqual(["input=?", "output={}"]);
  });

  test("text right after a value is found at its first character", () => {
    expect(flaws("input={}output={}")).toEqual(["SYNTAX@8"]);
    expect(flaws("input={}} timeout=5")).toEqual(["SYNTAX@8"]);
    expect(flaws("input='a'b c timeout=5")).toEqual(["SYNTAX@9"]);
    expect(pairs("input={}} timeout=5")).toEqual(["input={}", "timeout=5"]);
  });

  test("a quote that does not close is found at its start and ends the reading", () => {
    expect(flaws('timeout=5 input="a output={} foo')).toEqual(["SYNTAX@16"]);
    expect(pairs('input="a output={}')).toEqual(["input=?"]);
  });

  test("a bad escape is found where it does not fit, and the next pair is read", () => {
    expect(flaws(String.raw`input="a\q\x" timeout=`)).toEqual(["SYNTAX@9", "SYNTAX@14"]);
    expect(pairs(String.raw`input="a\q" timeout=5`)).toEqual(["input=?", "timeout=5"]);
  });

  test("malformed JSON is found at the value, with the place in it", () => {
    const [flaw] = readPayload('input={"a":1,}', 0, grammar).flaws;
    expect(flaw).toMatchObject({ code: "E_PRAGMA_JSON", at: 6, detailAt: 13 });
    expect(flaw?.message).toStartWith("input is not JSON: ");
  });

  test("behind malformed JSON whose brackets close the reading goes on", () => {
    expect(flaws('input={"a": ]1, "}": x} what timeout=5')).toEqual(["JSON@6"]);
    expect(flaws('input={"a":NaN} foo timeout=5')).toEqual(["JSON@6", "SYNTAX@16"]);
    expect(pairs('input={"a":NaN} timeout=5')).toEqual(["input=?", "timeout=5"]);
    expect(flaws('input={"a":NaN}x y timeout=')).toEqual(["JSON@6", "SYNTAX@19"]);
  });

  test("behind JSON that does not close nothing is told apart", () => {
    expect(flaws('input={"a":[1,2} foo timeout=')).toEqual(["JSON@6"]);
    expect(flaws('input={"a":"} foo timeout=')).toEqual(["JSON@6"]);
  });

  test("duplicate keys, depth, overflow and lone surrogates are malformed JSON", () => {
    expect(flaws('input={"a":1,"a":1}')).toEqual(["JSON@6"]);
    expect(flaws(`input=${"[".repeat(257)}${"]".repeat(257)} timeout=5`)).toEqual(["JSON@6"]);
    expect(flaws(`input=${"[".repeat(256)}${"]".repeat(256)} timeout=5`)).toEqual([]);
    expect(flaws("input=[1e999]")).toEqual(["JSON@6"]);
    expect(flaws(String.raw`input=["\ud800"]`)).toEqual(["JSON@6"]);
  });

  test("whether all was told apart is known", () => {
    const whole = (line: string): boolean => readPayload(line, 0, grammar).whole;
    expect([whole("input={}"), whole('input={"a":NaN}'), whole("input= output=1")]).toEqual([true, true, true]);
    expect([whole("foo"), whole('input="'), whole("input={"), whole("input={}x")]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("a bare word", () => {
  const read = (line: string) => readPayload(line, 0, { ...grammar, word: true });

  test("stands before the pairs", () => {
    expect(read(" E_X timeout=5")).toMatchObject({ word: { text: "E_X", start: 1 }, pairs: [{ key: "timeout" }] });
    expect(read("E_X")).toMatchObject({ word: { text: "E_X" }, pairs: [], flaws: [] });
  });

  test("is absent where a pair stands first", () => {
    expect(read("timeout=5")).toEqual({
      pairs: [{ key: "timeout", keyStart: 0, valueStart: 8, value: { form: "text", text: "5", quoted: false } }],
      flaws: [],
      whole: true,
    });
    expect(read("").word).toBeUndefined();
  });

  test("has no quotes", () => {
    for (const line of ['"E_X" timeout=5', "{} timeout=5", "=E_X timeout=5"]) {
      expect(read(line)).toMatchObject({ flaws: [{ code: "E_PRAGMA_SYNTAX", at: 0 }], pairs: [{ key: "timeout" }] });
    }
  });
});

test("what is written as a pair is read as that pair", () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }).filter((json) => typeof json === "object" && json !== null),
    fc.string({ unit: "grapheme" }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...KNOWN), value), { maxLength: 5 }), (written) => {
      const line = written.map(([key, content]) => `${key}=${JSON.stringify(content)}`).join(" \t");
      const { pairs: found, flaws: wrong, whole } = readPayload(line, 0, grammar);
      expect({ wrong, whole }).toEqual({ wrong: [], whole: true });
      const read = found.map(({ key, value: raw }) => [key, raw?.form === "text" ? raw.text : raw?.value]);
      expect(JSON.stringify(read)).toBe(JSON.stringify(written));
    }),
  );
});

test("whatever the line, places lie in it and each flaw has its own", () => {
  const piece = fc.constantFrom("input", "=", " ", "{", "}", "[", "]", '"', "'", "\\", "u", ",", "1", ":", "msg~", "é");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const line = pieces.join("");
      const { flaws: wrong } = readPayload(line, 0, grammar);
      const places = wrong.map(({ at }) => at);
      expect(new Set(places).size).toBe(places.length);
      for (const at of places) expect(at).toBeWithin(0, line.length);
    }),
    { numRuns: 500 },
  );
});

test("hostile payloads are read in linear time", () => {
  const parts = ["{", "[{", "=", "a", "a=", "'", '"', "\\", "input={]} ", "input= ", "foo ", " ", "}", "{}", ",", "~"];
  const size = 300_000;
  for (const part of parts) {
    for (const before of ["", "input=", "input='", 'input="', 'input={"']) {
      const { whole, flaws: wrong } = readPayload(before + part.repeat(size / part.length), 0, grammar);
      expect(whole || wrong.length > 0).toBe(true);
    }
  }
  // Any of them read in quadratic time would need a minute; the limit leaves room for a busy machine.
}, 10_000);
