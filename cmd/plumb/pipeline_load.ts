import { resolve } from "node:path";
import { type AmiPackage, type AmiUnit, PackageLoader, type WorkerModules } from "../../internal/ami/mod.ts";
import { UsageError } from "../../internal/cli/mod.ts";
import { nameFromRoot } from "../../internal/files/mod.ts";
import { findingLine } from "./check_lines.ts";
import type { Terminal } from "./command.ts";
import { lookAt } from "./look_at.ts";

/** A file that was named on the command line, with its package. */
export interface LoadedFile {
  readonly package: AmiPackage;
  readonly unit: AmiUnit;
}

/** Reads packages; their findings call files by their path from the working directory. */
export function packageLoader(cwd: string, modules: WorkerModules): PackageLoader {
  return new PackageLoader({ nameOf: (path) => nameFromRoot(path, cwd), modules });
}

/**
 * Loads FILE with its package, for commands that need it to be sound (cli.md, `plumb pipeline`): what speaks against it is
 * told on stderr as `plumb check` tells it, and then there is nothing to run. Warnings are told with `--verbose` only: stderr
 * belongs to the records of the run.
 *
 * @throws UsageError if there is no such file, or nothing can be known of it
 */
export function loadFile(
  file: string,
  modules: WorkerModules,
  { cwd, err }: Pick<Terminal, "cwd" | "err">,
  verbose: boolean,
): LoadedFile | undefined {
  const path = resolve(cwd, file);
  const stat = lookAt(path, file);
  if (stat.isDirectory() || !path.endsWith(".ami")) {
    throw new UsageError(
      "E_USAGE_ARGUMENT",
      `${file} is ${stat.isDirectory() ? "a folder" : "no .ami file"}; a .ami file is expected`,
    );
  }
  const found = packageLoader(cwd, modules).load(path);
  const broken = found.findings.some(({ level }) => level === "error");
  if (broken || verbose) for (const finding of found.findings) err.write(`${findingLine(finding)}\n`);
  const unit = found.units.find((candidate) => candidate.path === path);
  return broken || unit === undefined ? undefined : { package: found, unit };
}
