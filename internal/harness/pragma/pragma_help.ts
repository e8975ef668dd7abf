import { type FreePragma, type Key, type PairPragma, PRAGMAS } from "./pragma_table.ts";

const INTRODUCTION = `Pragma lines of a *_test.ami file: #pragma test:NAME, then what the pragma takes.

A value is JSON where it begins with { or [, text with escapes in '…' or "…", else text up to a blank. Pairs are
separated by blanks; no blank stands around =. JSON may also be quoted as text, and a JSON string must: '"abc"'.
Lines before the first test:case hold for the whole file.
`;

/** The text of `plumb help pragmas`: every pragma with its keys, their values and defaults, and an example. */
export function pragmaHelp(): string {
  const pragmas = Object.entries<FreePragma | PairPragma>(PRAGMAS);
  return [INTRODUCTION, ...pragmas.map(([name, pragma]) => pragmaText(name, pragma))].join("\n");
}

function pragmaText(name: string, pragma: FreePragma | PairPragma): string {
  const takes = pragma.payload === "free" ? pragma.usage : (pragma.word?.form ?? "");
  const keys = pragma.payload === "free" ? [] : Object.entries(pragma.keys);
  const rows = keys.map(([key, row]): [string, string] => [`${key}=${row.kind.form}`, `${row.what}${notes(row)}`]);
  const width = Math.max(0, ...rows.map(([form]) => form.length));
  return [
    `test:${name} ${takes}`.trimEnd(),
    `  ${pragma.what}`,
    ...rows.map(([form, what]) => `    ${form.padEnd(width)}  ${what}`),
    `  ${pragma.example}`,
    "",
  ].join("\n");
}

function notes({ alias, initial, required, needs, excludes }: Key): string {
  const all = [
    alias === undefined ? "" : `also ${alias}=`,
    required ? "required" : "",
    initial === undefined ? "" : `default ${initial}`,
    needs === undefined ? "" : `only with ${needs}=`,
    excludes === undefined ? "" : `not with ${excludes}=`,
  ].filter((note) => note !== "");
  return all.length === 0 ? "" : ` (${all.join("; ")})`;
}
