import { decimalOf } from "../../policy/mod.ts";
import { activeArm, type Mapping, mappingsOf, type Node, type PdlFile, runDeep, trimmed } from "../syntax/mod.ts";
import { AssignedNames } from "./assigned_names.ts";
import { checkEmit } from "./check_emit.ts";
import { checkDuplicateKeys, checkTexts, checkTopLevelKeys, checkVersion } from "./check_layout.ts";
import { checkStatements } from "./check_statements.ts";
import type { Report } from "./report.ts";

const KEYS = ["version", "arms", "epsilon", "evaluate", "emit"];

/** Looks through a policy that was read (flows §7). */
export function lintPdl(file: PdlFile, report: Report): void {
  checkVersion(file.version, "pdl/v0", report);
  for (const { key, value } of checkTopLevelKeys(file.layout.root, KEYS, report)) {
    const mappings = key === "evaluate" ? choicesOf(value) : mappingsOf(value);
    for (const mapping of mappings) checkDuplicateKeys(mapping, report);
    // Elsewhere blanks do not count, and '#' is no expression.
    if (key === "arms") checkTexts(value, report);
  }
  checkEpsilon(file, report);
  const scope = { assigned: new AssignedNames(), arm: activeArm(file) };
  runDeep(checkStatements(file.evaluate, scope, report));
  checkEmit(file.emit, scope, report);
}

function checkEpsilon({ epsilon }: PdlFile, report: Report): void {
  if (epsilon === undefined || decimalOf(epsilon.text) !== undefined) return;
  const { text, at } = trimmed(epsilon);
  const message = `epsilon is a decimal number such as 0.05; '${text}' counts as 0`;
  report({ code: "bad-epsilon", at, length: text.length, message });
}

/** The options of every `choose`. Keys of other blocks are statements, which may be repeated. */
function choicesOf(statements: Node): readonly Mapping[] {
  return mappingsOf(statements).flatMap(({ entries }) =>
    entries.flatMap((entry) => {
      const isChoose = entry.kind === "key" && entry.key === "choose" && entry.value.kind === "mapping";
      return isChoose && entry.value.kind === "mapping" ? [entry.value] : [];
    }),
  );
}
