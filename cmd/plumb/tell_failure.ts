import { diagnostic, renderDiagnostic } from "../../internal/diag/mod.ts";
import type { Failed } from "../../internal/sync/mod.ts";
import type { Terminal } from "./command.ts";
import { sourceReader } from "./source_reader.ts";

/** Tells on stderr why a flow failed, and shows the place in the specs where that can be said. */
export function tellFailure({ error, at }: Pick<Failed, "error" | "at">, { cwd, err, errStyle }: Terminal): void {
  const finding = diagnostic({ ...error, file: at?.file, pos: at?.pos });
  const source = at === undefined ? undefined : sourceReader(cwd)(at.file);
  err.write(`${renderDiagnostic(finding, source, errStyle)}\n`);
}
