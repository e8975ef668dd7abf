import { describe, expect, test } from "bun:test";
import { readTestFile } from "./test_file.ts";

/** `CODE column → help` of what is wrong with a line that stands behind `#pragma test:case c`. */
function found(line: string): string[] {
  const { findings } = readTestFile("a_test.ami", `#pragma test:case c\n${line}`);
  return findings.map(({ code, pos, data }) => {
    expect(pos?.line).toBe(2);
    const help = data?.help;
    return `${code.slice(2)} ${pos?.column}${help === undefined ? "" : ` → ${help}`}`;
  });
}

function runtime(payload: string): string[] {
  return found(`#pragma test:runtime ${payload}`);
}

test("the record of a finding is that of the page, to the byte", () => {
  const text = "#pragma test:case c\n#pragma test:runtime input={} expect_outptu={}";
  expect(JSON.stringify(readTestFile("a_test.ami", text).findings[0])).toBe(
    '{"schema":"diag.v1","timestamp":"1970-01-01T00:00:00.000Z","level":"error","code":"E_PRAGMA_KEY",' +
      '"message":"unknown key expect_outptu","file":"a_test.ami","pos":{"line":2,"column":31,"offset":50},' +
      '"data":{"help":"expect_output"}}',
  );
});

test("columns count code points, offsets bytes", () => {
  const text = "\ufeff// é😀\r\n #pragma test:case é😀\r#pragma test:runtime pipeline='é😀' fo=1";
  expect(readTestFile("a_test.ami", text).findings[0]?.pos).toEqual({ line: 3, column: 36, offset: 79 });
  expect(Buffer.byteLength(text.slice(0, text.indexOf("fo=")))).toBe(79);
});

describe("pragmas", () => {
  test("an unknown one is found at test:, with the one that was meant", () => {
    expect(found("#pragma test:runtme input={}")).toEqual(["PRAGMA_UNKNOWN 9 → test:runtime"]);
    expect(found("  #pragma  test:Fixture path=x")).toEqual(["PRAGMA_UNKNOWN 12 → test:fixture"]);
    expect(found("#pragma test: x")).toEqual(["PRAGMA_UNKNOWN 9"]);
    expect(found("#pragma test:constructor")).toEqual(["PRAGMA_UNKNOWN 9"]);
    expect(found(`#pragma test:${"x".repeat(100_000)}`)).toEqual(["PRAGMA_UNKNOWN 9"]);
  });

  test("those of the language are left to its checks", () => {
    expect(found("#pragma tset:runtime input={}")).toEqual([]);
    expect(found("#pragma lint:disable W_X")).toEqual([]);
  });
});

describe("keys", () => {
  test("an unknown one is found at the key, with the one that was meant", () => {
    expect(runtime("inptu={} foo=1 Timeout=5")).toEqual([
      "PRAGMA_KEY 22 → input",
      "PRAGMA_KEY 31",
      "PRAGMA_KEY 37 → timeout",
    ]);
  });

  test("= where ~= belongs, and ~= where = belongs", () => {
    expect(runtime("expect_error=E_X msg=x")).toEqual(["PRAGMA_KEY 39 → msg~="]);
    expect(runtime("timeout~=5")).toEqual(["PRAGMA_KEY 22 → timeout"]);
    expect(found("#pragma test:assert parse_fail msg=x msg~=y message~=z")).toEqual(["PRAGMA_KEY 45 → message"]);
  });

  test("the value of an unknown key is not judged, its text is", () => {
    expect(runtime("timeuot=-5")).toEqual(["PRAGMA_KEY 22 → timeout"]);
    expect(runtime("timeuot={x}")).toEqual(["PRAGMA_KEY 22 → timeout", "PRAGMA_JSON 30"]);
  });

  test("one given twice is found at the second, aliases are one", () => {
    expect(runtime("input={} input={}")).toEqual(["PRAGMA_DUPLICATE 31"]);
    expect(runtime("output=1 expect_output=1 output=1")).toEqual(["PRAGMA_DUPLICATE 31", "PRAGMA_DUPLICATE 47"]);
    expect(found("#pragma test:assert parse_ok msg=a message=b")).toEqual(["PRAGMA_DUPLICATE 36"]);
    expect(runtime("input= input={}")).toEqual(["PRAGMA_SYNTAX 22", "PRAGMA_DUPLICATE 29"]);
  });

  test("input and events exclude each other, found at the value of events, in either order", () => {
    expect(runtime("input={} events=@e")).toEqual(["PRAGMA_CONFLICT 38"]);
    expect(runtime("events=@e input={}")).toEqual(["PRAGMA_CONFLICT 29"]);
    expect(runtime("input={x} events=e")).toEqual(["PRAGMA_JSON 28", "PRAGMA_VALUE 39 → @e", "PRAGMA_CONFLICT 39"]);
  });
});

describe("values", () => {
  test("what is out of range is found at the value", () => {
    expect(runtime("timeout=-5")).toEqual(["PRAGMA_VALUE 30"]);
    expect(runtime("timeout='5' emit=yes pipeline=''")).toEqual(["PRAGMA_VALUE 39", "PRAGMA_VALUE 52"]);
    expect(runtime("expect_error=[1] expect_output=x")).toEqual(["PRAGMA_VALUE 35", `PRAGMA_JSON 53 → '"x"'`]);
    expect(found("#pragma test:fixture path=x mode=bad")).toEqual(["FIXTURE_MODE 34"]);
    expect(found("#pragma test:fixture path=x mode=wr")).toEqual(["FIXTURE_MODE 34 → rw"]);
    expect(found("#pragma test:kv ttl=0 max_reads=0 capacity=0 emit=2 share=files")).toEqual([
      "PRAGMA_VALUE 21",
      "PRAGMA_VALUE 33",
      "PRAGMA_VALUE 44",
      "PRAGMA_VALUE 51",
      "PRAGMA_VALUE 59 → file",
    ]);
    expect(found("#pragma test:kv put=a get=[1] expect=[]")).toEqual([
      "PRAGMA_VALUE 21",
      "PRAGMA_VALUE 27",
      "PRAGMA_VALUE 38",
    ]);
    expect(found("#pragma test:assert parse_okk count=-1 line=0 column=0 offset=x code=''")).toEqual([
      "PRAGMA_VALUE 21 → parse_ok",
      "PRAGMA_VALUE 37",
      "PRAGMA_VALUE 45",
      "PRAGMA_VALUE 54",
      "PRAGMA_VALUE 63",
      "PRAGMA_VALUE 70",
    ]);
  });

  test("malformed JSON says where in a long value", () => {
    const text = `#pragma test:runtime input={"é":"${"x".repeat(100)}",}`;
    const [finding] = readTestFile("a_test.ami", text).findings;
    expect(finding?.pos).toMatchObject({ line: 1, column: 28 });
    expect(finding?.message).toEndWith("(column 136)");
  });

  test("text that begins with a bracket needs quotes", () => {
    expect(runtime("expect_error=E_X msg~=[x] y")).toEqual(["PRAGMA_JSON 44", "PRAGMA_SYNTAX 48"]);
    expect(runtime("expect_error=E_X msg~='[x] y'")).toEqual([]);
    expect(found("#pragma test:fixture path=[]")).toEqual(["PRAGMA_VALUE 27"]);
  });
});

describe("what is missing", () => {
  test("is found at test:", () => {
    expect(found("#pragma test:fixture mode=ro")).toEqual(["PRAGMA_MISSING 9"]);
    expect(found("#pragma test:fixture")).toEqual(["PRAGMA_MISSING 9"]);
    expect(found("#pragma test:kv")).toEqual(["PRAGMA_MISSING 9"]);
    expect(found("#pragma test:assert count=1")).toEqual(["PRAGMA_MISSING 9"]);
    expect(found("#pragma test:expect_warn msg~=x")).toEqual(["PRAGMA_MISSING 9"]);
    expect(found("#pragma test:fixture mode=bad")).toEqual(["PRAGMA_MISSING 9", "FIXTURE_MODE 27"]);
  });

  test("a key that another one needs is found at that one's value", () => {
    expect(runtime("input={} msg~='a b'")).toEqual(["PRAGMA_MISSING 36"]);
    expect(found("#pragma test:kv put='a=1' sliding=true")).toEqual(["PRAGMA_MISSING 35"]);
    expect(found("#pragma test:kv put='a=1' sliding=true ttl=x")).toEqual(["PRAGMA_VALUE 44"]);
  });

  test("what a misspelt key was meant to be is not missing", () => {
    expect(found("#pragma test:fixture paht=x")).toEqual(["PRAGMA_KEY 22 → path"]);
    expect(runtime("expect_eror=E_X msg~=x")).toEqual(["PRAGMA_KEY 22 → expect_error"]);
    expect(found("#pragma test:kv foo=1")).toEqual(["PRAGMA_KEY 17"]);
    expect(found("#pragma test:fixture foo=1")).toEqual(["PRAGMA_MISSING 9", "PRAGMA_KEY 22"]);
  });

  test("nothing is missing where the text could not be told apart", () => {
    expect(found("#pragma test:fixture e.jsonl")).toEqual(["PRAGMA_SYNTAX 22"]);
    expect(found("#pragma test:fixture path=")).toEqual(["PRAGMA_SYNTAX 22"]);
    expect(found('#pragma test:expect_error "E_X"')).toEqual(["PRAGMA_SYNTAX 27"]);
    expect(found("#pragma test:kv a")).toEqual(["PRAGMA_SYNTAX 17"]);
  });

  test("pragmas without keys take none", () => {
    expect(found("#pragma test:expect_no_errors E_X")).toEqual(["PRAGMA_SYNTAX 31"]);
    expect(found("#pragma test:expect_no_warnings count=1")).toEqual(["PRAGMA_KEY 33"]);
  });
});

test("findings of a line stand by position", () => {
  expect(runtime("timeout=x foo=1 input={,} input=1")).toEqual([
    "PRAGMA_VALUE 30",
    "PRAGMA_KEY 32",
    "PRAGMA_JSON 44",
    "PRAGMA_DUPLICATE 48",
  ]);
});
