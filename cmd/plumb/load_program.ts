import { loadSpecs } from "../../internal/concept/mod.ts";
import { nameFromRoot } from "../../internal/files/mod.ts";
import { type HandlerThreads, handlerModules } from "../../internal/handlers/mod.ts";
import { Program } from "../../internal/sync/mod.ts";
import { findingLine } from "./check_lines.ts";
import type { Terminal } from "./command.ts";

/**
 * The specs of `--specs`, ready to run. What is found in them is told on stderr as `plumb check` tells it; undefined: it holds
 * an error, and nothing can be run. Handler modules may import whatever they like (scenarios.md §3).
 *
 * @param handlers what will run the handlers: that their modules load is seen here, before anything is recorded
 * @param quiet tell of errors only
 */
export async function loadProgram(
  paths: readonly string[],
  { cwd, err }: Pick<Terminal, "cwd" | "err">,
  handlers: HandlerThreads,
  quiet: boolean,
): Promise<Program | undefined> {
  const nameOf = (path: string): string => nameFromRoot(path, cwd);
  const modules = handlerModules({ open: true, threads: handlers });
  const specs = await loadSpecs(paths, { baseDir: cwd, nameOf, modules });
  const broken = specs.findings.some(({ level }) => level === "error");
  for (const finding of specs.findings) {
    if (!quiet || finding.level === "error") err.write(`${findingLine(finding)}\n`);
  }
  return broken ? undefined : new Program(specs);
}
