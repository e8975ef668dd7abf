import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { LineIndex } from "../../diag/mod.ts";
import { parseSource } from "../mod.ts";

interface Row {
  readonly id: string;
  readonly note: string;
  readonly source?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly check?: readonly { readonly code: string; readonly line: number; readonly column: number }[];
}

function rows(name: string): Row[] {
  const text = readFileSync(new URL(`../../../testdata/vectors/${name}`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line): Row => JSON.parse(line));
}

/** Findings as `CODE line:column`. */
function found(text: string): string[] {
  const lines = new LineIndex(text);
  return parseSource(text).findings.map(({ code, start }) => {
    const { line, column } = lines.position(start);
    return `${code} ${line}:${column}`;
  });
}

describe("vectors/pipelines.jsonl: what the parser finds", () => {
  for (const { id, note, source, check } of rows("pipelines.jsonl")) {
    test(`${id} ${note}`, () => {
      const syntax = (check ?? []).filter(({ code }) => code === "E_PARSE" || code === "E_DURATION");
      expect(found(source ?? "")).toEqual(syntax.map(({ code, line, column }) => `${code} ${line}:${column}`));
    });
  }
});

/** The rows whose source is no source, and where; all others have to parse. */
const BROKEN: Readonly<Record<string, string>> = { T096: "E_PARSE 2:25", T162: "E_PARSE 5:1", T164: "E_PARSE 6:8" };

test("vectors/pragmas.jsonl: all source parses but that of the rows about syntax errors", () => {
  for (const { id, files } of rows("pragmas.jsonl")) {
    const sources = Object.entries(files ?? {}).filter(([path]) => path.endsWith(".ami"));
    expect([id, ...sources.flatMap(([, text]) => found(text))]).toEqual([id, ...(BROKEN[id] ? [BROKEN[id]] : [])]);
  }
});
