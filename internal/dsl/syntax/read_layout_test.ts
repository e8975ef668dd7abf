import { describe, expect, test } from "bun:test";
import { LineIndex } from "../../diag/mod.ts";
import { entriesOf, type Node } from "./layout.ts";
import { ParseFault } from "./parse_fault.ts";
import { readLayout } from "./read_layout.ts";

/** A tree without places: bare lines as `[text]`. */
function shape(node: Node): unknown {
  switch (node.kind) {
    case "scalar":
      return node.text;
    case "list":
      return node.items.map(shape);
    case "mapping":
      return Object.fromEntries(
        node.entries.map((entry) =>
          entry.kind === "key" ? [entry.key, shape(entry.value)] : [`[${entry.text}]`, null],
        ),
      );
  }
}

const root = (text: string) => readLayout(text).root;

/** `line:column` of everything in a tree, in order. */
function places(text: string): readonly string[] {
  const lines = new LineIndex(text);
  const at = (index: number) => `${lines.position(index).line}:${lines.position(index).column}`;
  const walk = (node: Node): string[] => {
    if (node.kind === "scalar") return [`${node.text}@${at(node.at)}`];
    const inner = node.kind === "list" ? node.items.flatMap(walk) : node.entries.flatMap(entryPlaces);
    return [`${node.kind}@${at(node.at)}`, ...inner];
  };
  const entryPlaces = (entry: ReturnType<typeof entriesOf>[number]): string[] =>
    entry.kind === "bare"
      ? [`[${entry.text}]@${at(entry.at)}`]
      : [`${entry.key}:@${at(entry.at)}`, ...walk(entry.value)];
  return walk(readLayout(text).root);
}

function fault(text: string): string {
  try {
    readLayout(text);
  } catch (error) {
    if (!(error instanceof ParseFault)) throw error;
    if (error.at === undefined) return "0:0";
    const { line, column } = new LineIndex(text).position(error.at);
    return `${line}:${column}`;
  }
  return "none";
}

describe("rule 1: blank lines and comments", () => {
  test("are dropped wherever they stand, and do not close a block", () => {
    expect(shape(root("# a\n\n  \t \na:\n# b\n    # c\n\n  b: 1 # text\n#:x\nc: #d"))).toEqual({
      a: { b: "1 # text" },
      c: "#d",
    });
  });
  test("lines end in LF, CRLF or CR", () => {
    expect(shape(root("a: 1\r\nb: 2\rc:\n  d: 3\r"))).toEqual({ a: "1", b: "2", c: { d: "3" } });
  });
  test("a byte-order mark is dropped and takes no column", () => {
    expect(places("\ufeffa: 1")).toEqual(["mapping@1:1", "a:@1:1", "1@1:4"]);
  });
});

describe("rule 3: the splitting colon", () => {
  test.each([
    ["a:b:c", "a", "b:c"],
    ['"a:b" : c', '"a:b"', "c"],
    ["'a:b': c", "'a:b'", "c"],
    [`'a":b': c`, `'a":b'`, "c"],
    ["a\\:b: c", "a\\:b", "c"],
    ['"a\\":b": c', '"a\\":b"', "c"],
    ["a := b: c", "a := b", "c"],
    ["a: := b", "a", ":= b"],
    ["k:\t  v \t", "k", "v \t"],
  ])("%s", (line, key, value) => {
    expect(root(line).entries).toMatchObject([{ kind: "key", key, value: { text: value } }]);
  });
  test.each(["word", "a := b", '"a: b', "it's: x", "a\\: b"])("%s is a bare statement", (line) => {
    expect(root(`${line}  `).entries).toMatchObject([{ kind: "bare", text: line, at: 0 }]);
  });
});

describe("rules 2, 4, 5: blocks", () => {
  test("children are deeper by any amount, siblings equal", () => {
    expect(
      shape(root("a:\n     b:\n      c: 1\n     d:\n           - x\n           - y:\n            z: 1\ne:")),
    ).toEqual({
      a: { b: { c: "1" }, d: ["x", { y: { z: "1" } }] },
      e: {},
    });
  });
  test("an empty value without a deeper line is an empty mapping, blanks or not", () => {
    expect(shape(root("a:\nb:  \nc: 1"))).toEqual({ a: {}, b: {}, c: "1" });
  });
  test("an item is a scalar, a mapping of one entry, or a deeper block", () => {
    expect(
      shape(root("a:\n  - q: 1\n  - k :\n  - k2: \n      v: 1\n  - \n    x: 1\n    y: 2\n  -   \n    - n\n")),
    ).toEqual({
      a: ["q: 1", { k: {} }, { k2: { v: "1" } }, { x: "1", y: "2" }, ["n"]],
    });
  });
});

test("rule 6: of a repeated key the last value counts, at the first one's place", () => {
  const { entries } = root("m:\n  a: 1\n  b: 2\n  bare\n  a: 3\n");
  const value = entries[0]?.kind === "key" ? entries[0].value : undefined;
  if (value?.kind !== "mapping") throw new Error("m is a mapping");
  expect(
    entriesOf(value).map((entry) => ("key" in entry ? [entry.key, shape(entry.value), entry.at] : entry.text)),
  ).toEqual([["a", "3", 5], ["b", "2", 12], "bare"]);
});

test("rule 7: places", () => {
  expect(places("é🎉: x\n'k' :   v\nl:\n   - 🎉:\n   -  s\n   - k:\n       b\n   - \n     z: y\ne:  ")).toEqual([
    "mapping@1:1",
    "é🎉:@1:1",
    "x@1:5",
    "'k':@2:1",
    "v@2:9",
    "l:@3:1",
    "list@4:4",
    "mapping@4:6",
    "🎉:@4:6",
    "mapping@4:6",
    "s@5:7",
    "mapping@6:6",
    "k:@6:6",
    "mapping@7:8",
    "[b]@7:8",
    "mapping@9:6",
    "z:@9:6",
    "y@9:9",
    "e:@10:1",
    "mapping@10:3",
  ]);
});

test.each([
  ["no content line", " \n# x\n", "0:0"],
  ["an empty text", "", "0:0"],
  ["first content line indented", "\n  a: 1", "2:3"],
  ["line deeper than its block", "a: 1\n  b: 2", "2:3"],
  ["line deeper than a list's scalar", "a:\n  - x\n     y: 1", "3:6"],
  ["line between two indentations", "a:\n    b: 1\n  c: 2", "3:3"],
  ["line below a bare statement", "a\n b", "2:2"],
  ["list line in a mapping", "a: 1\n- b", "2:1"],
  ["list line at the file's own level", "- b", "1:1"],
  ["list that is not deeper than its key", "a:\n- b", "2:1"],
  ["other line in a list", "a:\n  - b\n  c: 1", "3:3"],
  ["a dash without a blank in a list", "a:\n  - b\n  -", "3:3"],
  ["empty key", "a: 1\n: x", "2:1"],
  ["empty key of an item", "a:\n  -  :", "2:3"],
  ["dash without a block at the end", "a:\n  - ", "2:3"],
  ["dash without a block before a sibling", "a:\n  - \n  - b", "2:3"],
  ["dash without a block before a line that is wrong too", "a:\n  - \n   # x\nb: 1\n  c", "2:3"],
  ["tab first", "\ta: 1", "1:1"],
  ["tab behind spaces", "a:\n  \tb: 1", "2:3"],
  ["tab before a comment", "a: 1\n \t# b", "2:2"],
])("parse error: %s", (_, text, place) => {
  expect(fault(text)).toBe(place);
});

describe("hostile texts take time in proportion to their length", () => {
  test.each([
    ["one line of 1 MB", "a".repeat(1_000_000)],
    ["quotes", '"'.repeat(1_000_000)],
    ["carriage returns", "\r".repeat(1_000_000)],
    ["a list of items", `a:\n${"  - x\n".repeat(150_000)}`],
    ["a comment each line", "#\n".repeat(500_000)],
  ])("%s", (_, text) => {
    const start = Bun.nanoseconds();
    fault(text);
    // A quadratic reader would need minutes.
    expect((Bun.nanoseconds() - start) / 1e6).toBeLessThan(2000);
  });
  test("blocks that are nested 3,000 deep meet no limit", () => {
    const text = Array.from({ length: 3000 }, (_, depth) => `${" ".repeat(depth)}k:`).join("\n");
    expect(fault(text)).toBe("none");
  });
});
