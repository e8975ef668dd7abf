import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { jsonArbitrary } from "./arbitraries.ts";
import { canonical } from "./canonical.ts";
import { GENERAL_RULES } from "./general_rules.ts";
import { JsonReader } from "./json_reader.ts";
import { parseJson } from "./parse_json.ts";
import { ValueError } from "./value_error.ts";
import { valueErrorOf } from "./value_error_of.ts";

describe("parseJson", () => {
  test("reads what JSON.parse reads", () => {
    const text = ' {"a": [1, -2.5e3, "x\\u00e9\\n", true, false, null], "b": {}, "": []}\n';
    expect(parseJson(text)).toEqual({ a: [1, -2500, "x\u00e9\n", true, false, null], b: {}, "": [] });
  });

  test("reads a lone null", () => {
    expect(parseJson(" null ")).toBeNull();
  });

  test("minus zero is zero", () => {
    for (const text of ["-0", "-0.0", "-0e5", "-1e-400"]) expect(Object.is(parseJson(text), 0)).toBe(true);
  });

  test("an integer beyond 2^53 becomes the nearest double", () => {
    expect(parseJson("9007199254740993")).toBe(9007199254740992);
  });

  test("__proto__ and constructor are keys like any other", () => {
    for (const text of ['{"__proto__":{"a":1},"constructor":2}', '{"__proto__":{"\\ud83d\\ude00":1}}']) {
      const value = parseJson(text);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(canonical(value)).toBe(text.replace("\\ud83d\\ude00", "\u{1f600}"));
    }
  });

  test.each([
    ['{"a":1,"a":1}', "$.a", 7],
    ['{"a":1,"\\u0061":1}', "$.a", 7],
    ['{"a":{"b c":1,"b c":":"}}', '$.a["b c"]', 14],
    ['{"a":":","a":1}', "$.a", 9],
    ['{"a":"\\u003a","a":1}', "$.a", 14],
    ['{"a":1,"a":"\\u003a"}', "$.a", 7],
    ['{"a":1,"a":"\\u003A"}', "$.a", 7],
    ['[{"__proto__":1,"__proto__":1}]', "$[0].__proto__", 16],
    ['{"a:b":1,"a:b":2}', '$["a:b"]', 9],
  ])("a key given twice is E_VALUE_DUPLICATE_KEY: %s", (text, path, offset) => {
    expect(valueErrorOf(() => parseJson(text))).toMatchObject({
      code: "E_VALUE_DUPLICATE_KEY",
      message: `${path} is given twice; an object has each key once`,
      path,
      offset,
    });
  });

  test.each([
    ['["\\ud800"]', "$[0] has the lone surrogate \\ud800, which is no character", "$[0]", 1],
    ['["\ud800"]', "$[0] has the lone surrogate \\ud800, which is no character", "$[0]", 1],
    ['"\\uDC00\\uD800"', "$ has the lone surrogate \\udc00, which is no character", "$", 0],
    ['{"a":{"x\\uDFFFy":1}}', "$.a has a key with the lone surrogate \\udfff, which is no character", "$.a", 6],
  ])("a lone surrogate is E_VALUE_SURROGATE: %s", (text, message, path, offset) => {
    expect(valueErrorOf(() => parseJson(text))).toMatchObject({ code: "E_VALUE_SURROGATE", message, path, offset });
  });

  test("a pair of escaped surrogates is one character", () => {
    expect(parseJson('["\\ud83d\\uDE00", "\\\\ud800"]')).toEqual(["\u{1f600}", "\\ud800"]);
  });

  test("a number that overflows is E_VALUE_NUMBER", () => {
    expect(valueErrorOf(() => parseJson('{"a":[0, -1e400]}'))).toMatchObject({
      code: "E_VALUE_NUMBER",
      message: "$.a[1] is -1e400; a number must be finite and fit a double",
      path: "$.a[1]",
      offset: 9,
    });
    expect(valueErrorOf(() => parseJson("9".repeat(400))).message).toBe(
      `$ is ${"9".repeat(40)}…; a number must be finite and fit a double`,
    );
  });

  test("256 nested containers are read, 257 and a million are E_VALUE_DEPTH, without a path", () => {
    expect(canonical(parseJson("[".repeat(256) + "]".repeat(256)))).toHaveLength(512);
    for (const text of ["[".repeat(257) + "]".repeat(257), "[".repeat(1_000_000), '{"a":'.repeat(257)]) {
      const error = valueErrorOf(() => parseJson(text));
      expect(error.code).toBe("E_VALUE_DEPTH");
      expect(error.message).toBe("more than 256 nested arrays and objects");
      expect(error.path).toBeUndefined();
      expect(error.offset).toBe(text.startsWith("[") ? 256 : 256 * 5);
    }
  });

  test("the first error in the text is the one thrown", () => {
    expect(valueErrorOf(() => parseJson('{"a":1,"a":1e999,')).code).toBe("E_VALUE_DUPLICATE_KEY");
    expect(valueErrorOf(() => parseJson('[1e999,"\\ud800"')).code).toBe("E_VALUE_NUMBER");
    expect(valueErrorOf(() => parseJson("[1 1e999]")).code).toBe("E_VALUE_SYNTAX");
  });

  test("any value survives JSON.stringify and parseJson", () => {
    fc.assert(
      fc.property(jsonArbitrary, fc.constantFrom(0, 1), (value, indent) => {
        expect(canonical(parseJson(JSON.stringify(value, null, indent)))).toBe(canonical(value));
      }),
      { numRuns: 300 },
    );
  });

  test("the quick way and the reader say the same of any text, and refuse as syntax what JSON.parse refuses", () => {
    fc.assert(
      fc.property(spoiltTextArbitrary, (text) => {
        const quick = outcomeOf(() => parseJson(text));
        expect(quick).toEqual(outcomeOf(() => new JsonReader(text, GENERAL_RULES).readText()));
        const engine = outcomeOf(() => JSON.parse(text));
        if (engine === "SyntaxError") expect(String(quick)).toStartWith("E_VALUE_");
        else expect(String(quick)).not.toStartWith("E_VALUE_SYNTAX");
        if (!String(quick).startsWith("E_VALUE_")) expect(quick).toEqual(engine);
      }),
      { numRuns: 500 },
    );
  });
});

/** JSON text with a few characters put in, taken out or doubled. */
const spoiltTextArbitrary = fc
  .tuple(
    jsonArbitrary,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(3),
        fc.constantFrom(..."{}[]\",:\\u0039.eE+- tfn\n'", '"a":1,', '"a":1,"a":1', "\\ud800", "\\u003a", "-0", "1e999"),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([value, edits]) =>
    edits.reduce((text, [place, drop, put]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + put + text.slice(at + drop);
    }, JSON.stringify(value)),
  );

/** What an action gives, as text that shows the order of keys. */
function outcomeOf(action: () => unknown): string {
  try {
    return JSON.stringify(action());
  } catch (error) {
    if (error instanceof ValueError) return `${error.code} ${error.offset} ${error.path} ${error.message}`;
    return error instanceof SyntaxError ? "SyntaxError" : String(error);
  }
}
