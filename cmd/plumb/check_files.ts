import { basename, resolve } from "node:path";
import { UsageError } from "../../internal/cli/mod.ts";
import { type Diagnostic, diagnostic } from "../../internal/diag/mod.ts";
import { Walk } from "../../internal/files/mod.ts";
import type { CheckedFile, Kind } from "./check_kind.ts";
import { KINDS, kindOf } from "./check_kinds.ts";
import { lookAt } from "./look_at.ts";

/** What PATHs lead to. */
export interface FilesToCheck {
  /** Each once, sorted by name: a file of a known kind, or the files of known kinds below a folder. */
  readonly files: readonly CheckedFile[];
  /** About the folders below that cannot be looked into. */
  readonly findings: readonly Diagnostic[];
}

/**
 * What PATHs lead to.
 *
 * @throws UsageError for a path given by name that does not exist, cannot be looked at or is a file of another kind
 */
export function filesToCheck(paths: readonly string[], cwd: string): FilesToCheck {
  const walk = new Walk({ root: cwd, wanted: (name) => kindOf(name) !== undefined });
  const given = new Map(paths.map((path) => [resolve(cwd, path), path]));
  for (const [path, shown] of given) {
    if (lookAt(path, shown).isDirectory()) walk.addFolder(path);
    else if (isCheckable(kindOf(basename(path)))) walk.addFile(path);
    else {
      const kinds = KINDS.filter(isCheckable)
        .map(({ pattern }) => pattern)
        .join(", ");
      throw new UsageError("E_USAGE_ARGUMENT", `${shown} is of no kind that can be checked: ${kinds}`);
    }
  }
  const findings = walk.unreadable().map(({ path, file, reason }) => {
    const shown = given.get(path);
    if (shown !== undefined) throw new UsageError("E_USAGE_ARGUMENT", `${shown} cannot be read: ${reason}`);
    return diagnostic({ code: "E_FILE_READ", message: `folder ${file} cannot be read: ${reason}`, file });
  });
  return { files: walk.files(), findings };
}

/** Whether a file of the kind can be given by name. */
function isCheckable(kind: Kind | undefined): kind is Kind {
  return kind !== undefined && kind.isOnlyFound !== true;
}
