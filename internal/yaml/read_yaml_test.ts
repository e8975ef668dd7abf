import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LineIndex } from "../diag/mod.ts";
import { generalValue, readYaml, strictValue } from "./mod.ts";

async function read(text: string) {
  const { documents, findings } = await readYaml("a.yaml", new LineIndex(text));
  return {
    documents,
    findings,
    said: () => findings.all.map(({ code, pos }) => `${code} ${pos?.line}:${pos?.column}`),
  };
}

async function general(text: string): Promise<unknown> {
  const { documents, findings } = await read(text);
  expect(findings.all).toEqual([]);
  return documents.map((node) => generalValue(node, findings));
}

describe("values are those of the 1.2 core schema", () => {
  test.each([
    ["[yes, 2020-01-01, 1_000, no, on]", ["yes", "2020-01-01", "1_000", "no", "on"]],
    ["[017, 0x10, 0o17, -0, +5]", [17, 16, 15, 0, 5]],
    ["[true, ~, null, 'x', \"y\\n\"]", [true, null, null, "x", "y\n"]],
    ["{1.10: a, 1e3: b}", { "1.10": "a", "1e3": "b" }],
    ["{1: a, true: b, ~: c, 0x10: d}", { "1": "a", true: "b", null: "c", "16": "d" }],
    ["%YAML 1.1\n---\n[yes, 0o7]", ["yes", 7]],
    ["{a, b: }", { a: null, b: null }],
  ])("%s", async (text, value) => {
    expect(await general(text)).toEqual([value]);
  });

  test("of several documents, empty ones left out", async () => {
    expect(await general("a: 1\n---\n# nothing\n---\nb: 2\n---\n")).toEqual([{ a: 1 }, { b: 2 }]);
    expect(await general("# nothing\n")).toEqual([]);
    expect(await general("")).toEqual([]);
  });

  test("aliases and merge keys stand for what they name; own keys win, then earlier mappings", async () => {
    const text = "a: &x {p: 1, q: 1}\nb: &y {q: 2, r: 2}\nc: {<<: [*x, *y], p: 0}\nd: *x\n";
    expect(await general(text)).toEqual([
      { a: { p: 1, q: 1 }, b: { q: 2, r: 2 }, c: { p: 0, q: 1, r: 2 }, d: { p: 1, q: 1 } },
    ]);
  });
});

test("a variable that is not quoted in a flow mapping is told as such", async () => {
  const { findings } = await read("a: {b: \x24{c}}\n");
  expect(findings.all).toMatchObject([
    {
      message: "not valid YAML: in a flow mapping or list a text that holds a variable must be quoted",
      data: { help: '"\x24{c}"' },
    },
  ]);
});

describe("what is not YAML, or not read, is found at its place", () => {
  test.each([
    ["a: [1\n", ["E_YAML_SYNTAX 2:1"]],
    ["a: 1\n\tb: 2\n", ["E_YAML_SYNTAX 2:1"]],
    ["a: 1\nb: 2\na: 3\n'1': x\n1: y\n", ["E_YAML_DUPLICATE_KEY 3:1", "E_YAML_DUPLICATE_KEY 5:1"]],
    [
      "a: !!str 1\nb: '!no tag'\nc: ! x\nd: |\n  !x\ne: !foo {}\n",
      ["E_YAML_TAG 1:4", "E_YAML_TAG 3:4", "E_YAML_TAG 6:4"],
    ],
    ["a: *nope\n", ["E_YAML_SYNTAX 1:4"]],
    ["a: &x [*x]\n", ["E_YAML_SYNTAX 1:8"]],
    // What stands behind it is no more wrong than this.
    ["a: {b: \x24{c}}\nd: {e: f}\ng: [h]\n", ["E_YAML_SYNTAX 1:9"]],
    ["a: 'b' 'c'\nd: e: f\n", ["E_YAML_SYNTAX 1:8", "E_YAML_SYNTAX 2:4"]],
    ["? [a]\n: 1\n", ["E_KEY_TYPE 1:3"]],
    ["<<: 3\n", ["E_KEY_TYPE 1:5"]],
  ])("%j", async (text, said) => {
    expect((await read(text)).said()).toEqual(said);
  });

  test("a bomb of aliases is met before it goes off", async () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let n = 1; n < 12; n += 1) lines.push(`a${n}: &a${n} [${Array.from({ length: 10 }, () => `*a${n - 1}`)}]`);
    const { said, documents } = await read(lines.join("\n"));
    expect(said()).toEqual([expect.stringMatching(/^E_YAML_SYNTAX 5:/)]);
    expect(documents[0]?.size).toBeLessThan(1_000_000);
  });

  test("so is one of merge keys", async () => {
    const keys = Array.from({ length: 2_000 }, (_, n) => `k${n}: 1`).join(", ");
    const { said } = await read(`a: &a {${keys}}\nb:\n${"  - {<<: *a}\n".repeat(100)}`);
    expect(said()).toHaveLength(1);
  });

  test.each([2_000, 20_000])("%d nested lists end with a finding", async (depth) => {
    const said = (await read("[".repeat(depth) + "]".repeat(depth))).said();
    expect(said).not.toEqual([]);
    expect(said.filter((finding) => !finding.startsWith("E_YAML_SYNTAX "))).toEqual([]);
  });

  test.each(["[", "{a: "])(
    "lists that are nested too deeply, of %j alone, are told in words of their own",
    async (open) => {
      const { findings } = await readYaml("f", new LineIndex(open.repeat(20_000)));
      expect(findings.all.map(({ message }) => message)).toEqual([
        "not readable: collections are nested too deeply, or a number is too long",
      ]);
    },
  );
});

describe("strict values", () => {
  const strict = async (text: string) => {
    const { documents, findings } = await read(text);
    const value = documents[0] && strictValue(documents[0], findings);
    return {
      value,
      said: findings.all.map(
        ({ code, message, pos }) => `${code} ${pos?.line}:${pos?.column} ${message.split(";")[0]}`,
      ),
      findings,
    };
  };

  test("ints are exact", async () => {
    expect((await strict("[3, 9007199254740993, -9223372036854775808]")).value).toEqual([
      3,
      9007199254740993n,
      -(2n ** 63n),
    ]);
  });

  test("everything that is none is found, with path and place", async () => {
    const { value, said, findings } = await strict(
      "a: {b c: [1, 2.0]}\nd: ~\ne: 9223372036854775808\nf: .inf\ng: 1.5\nh: .5\n",
    );
    expect(value).toBeUndefined();
    expect(said).toEqual([
      'E_VALUE_FLOAT 1:14 $.a["b c"][1] is 2.0',
      "E_VALUE_NULL 2:4 $.d is null",
      "E_VALUE_RANGE 3:4 $.e is 9223372036854775808",
      "E_VALUE_FLOAT 4:4 $.f is Infinity",
      "E_VALUE_FLOAT 5:4 $.g is 1.5",
      "E_VALUE_FLOAT 6:4 $.h is 0.5",
    ]);
    expect(findings.all[0]?.data).toEqual({ help: "write 2" });
  });

  test("keys and texts are NFC, and keys that become equal are one too many", async () => {
    expect((await strict("e\u0301: e\u0301")).value).toEqual({ "\u00e9": "\u00e9" });
    expect((await strict('{"e\\u0301": 1, "\\u00e9": 2}')).said).toEqual([
      'E_VALUE_DUPLICATE_KEY 1:16 $["\u00e9"] is given twice',
    ]);
  });

  test("more than 256 nested containers are too many", async () => {
    expect((await strict("[".repeat(256) + "]".repeat(256))).said).toEqual([]);
    expect((await strict("[".repeat(257) + "]".repeat(257))).said).toEqual([
      expect.stringMatching(/^E_VALUE_DEPTH 1:257/),
    ]);
  });
});

test("JSON is read as the value that it says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
      const text = JSON.stringify(value);
      expect(await general(text)).toEqual([JSON.parse(text)]);
    }),
    { numRuns: 200 },
  );
});

test("no text is a bug", async () => {
  const piece = fc.constantFrom(
    "a",
    ": ",
    "- ",
    "\n",
    "  ",
    "&x ",
    "*x",
    "<<: ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "|",
    "? ",
    "!",
    "#",
    "---\n",
    ",",
    "\u0000",
    "\ud800",
    "1.5",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const { documents, findings } = await read(pieces.join(""));
      for (const node of documents) strictValue(node, findings);
      for (const { pos } of findings.all) expect(pos?.line).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});
