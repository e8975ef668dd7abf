import { given } from "./case_fields.ts";
import type { DirectiveSpec } from "./cases.ts";
import { readPairs } from "./pragma_pairs.ts";
import type { SourceLine } from "./pragma_source_line.ts";
import { PRAGMAS, type PragmaName } from "./pragma_table.ts";

/** A pragma that judges the findings of the checks. */
type DirectiveName = DirectiveSpec["kind"] & PragmaName;

/** What a directive line says (ami-tests §2); undefined where it lacks what it needs, which is a finding of the line. */
export function readDirective(line: SourceLine, name: DirectiveName): DirectiveSpec | undefined {
  const pos = line.position(line.nameStart);
  switch (name) {
    case "assert": {
      const { word: holds, values } = readPairs(line, PRAGMAS.assert);
      const { count, code, msg, line: atLine, column, offset } = values;
      if (holds === undefined) return undefined;
      return {
        kind: name,
        holds,
        ...given("count", count),
        ...given("code", code),
        ...given("exactMessage", msg),
        ...given("message", values["msg~"]),
        ...given("line", atLine),
        ...given("column", column),
        ...given("offset", offset),
        pos,
      };
    }
    case "expect_error":
    case "expect_warn": {
      const { word: code, values } = readPairs(line, PRAGMAS[name]);
      if (code === undefined) return undefined;
      return { kind: name, code, ...given("count", values.count), ...given("message", values["msg~"]), pos };
    }
    case "expect_errors":
    case "expect_warnings":
      return { kind: name, count: readPairs(line, PRAGMAS[name]).values.count?.value ?? 1, pos };
    case "expect_no_errors":
    case "expect_no_warnings":
      readPairs(line, PRAGMAS[name]);
      return { kind: name, pos };
  }
}
