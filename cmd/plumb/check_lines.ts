import { type Diagnostic, type Level, printable } from "../../internal/diag/mod.ts";

const WORD: Record<Level, string> = { error: "error", warn: "warning", info: "info" };

/**
 * A finding on one line, as editors and people read it (cli.md, `plumb check`), without its end. A finding about a whole file
 * stands at its beginning.
 *
 * @example
 * findingLine(finding); // "sensors.ami:12:9: error E_WORKER_UNDEFINED worker nope is not declared"
 */
export function findingLine({ file, pos, level, code, message, data }: Diagnostic): string {
  const place = `${file ?? "-"}:${pos?.line ?? 1}:${pos?.column ?? 1}`;
  const help = typeof data?.help === "string" && data.help !== "" ? ` (help: ${data.help})` : "";
  return printable(`${place}: ${WORD[level]} ${code} ${message}${help}`);
}
