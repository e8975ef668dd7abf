import { basename, resolve } from "node:path";
import { UsageError } from "../../internal/cli/mod.ts";
import { type Diagnostic, diagnostic } from "../../internal/diag/mod.ts";
import { type DslKind, dslKind } from "../../internal/dsl/mod.ts";
import { isFolder, Walk } from "../../internal/files/mod.ts";
import { lookAt } from "./look_at.ts";

/** A file that a command is to read. */
export interface DslPath {
  /** Absolute. */
  readonly path: string;
  /** From the working directory, `/`-separated. */
  readonly file: string;
  /** By its suffix; undefined: it was given by name and has another one. */
  readonly kind: DslKind | undefined;
}

/** What PATHs lead to. */
export interface DslPaths {
  /** Each once, by UTF-16 code unit of its name. */
  readonly files: readonly DslPath[];
  /** Folders below that cannot be looked into. */
  readonly findings: readonly Diagnostic[];
}

/**
 * The files that PATHs lead to (flows §8): those named, whatever their suffix, and the .wdl and .pdl files in folders.
 *
 * @throws UsageError for a path that does not exist or cannot be looked at
 */
export function dslPaths(paths: readonly string[], cwd: string): DslPaths {
  const walk = new Walk({ root: cwd, wanted: (name) => dslKind(name) !== undefined });
  const given = new Map(paths.map((path) => [resolve(cwd, path), path]));
  for (const [path, shown] of given) {
    if (lookAt(path, shown).isDirectory()) walk.addFolder(path);
    else walk.addFile(path);
  }
  const findings = walk.unreadable().map(({ path, file, reason }) => {
    const shown = given.get(path);
    if (shown !== undefined) throw new UsageError("E_USAGE_ARGUMENT", `${shown} cannot be read: ${reason}`);
    return diagnostic({ code: "E_FILE_READ", message: `folder ${file} cannot be read: ${reason}`, file });
  });
  const files = walk.files().map(({ path, file }) => ({ path, file, kind: dslKind(basename(path)) }));
  return { files, findings };
}

/** The warning about a file that a command leaves out. */
export function skipped({ file }: DslPath): Diagnostic {
  const message = `${file} is skipped: its suffix is not .wdl or .pdl`;
  return diagnostic({ code: "W_DSL_SKIPPED", message, level: "warn", file });
}

/** The error of a command that has nothing to do. */
export function noFiles(paths: readonly string[], cwd: string, wanted = ".wdl or .pdl"): Diagnostic {
  const where = paths.every((path) => isFolder(resolve(cwd, path)))
    ? `below ${paths.join(", ")}`
    : "among the files named";
  return diagnostic({ code: "E_DSL_NO_FILES", message: `there is no ${wanted} file ${where}` });
}
