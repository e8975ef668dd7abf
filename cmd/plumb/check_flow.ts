import { dirname, resolve } from "node:path";
import type { Diagnostic } from "../../internal/diag/mod.ts";
import { loadMocks } from "../../internal/engine/mod.ts";
import { nameFromRoot } from "../../internal/files/mod.ts";
import { checkIr, FlowInputError, loadManifest, mismatchesOf, placed, readJsonFile } from "../../internal/flow/mod.ts";
import type { CheckedFile } from "./check_kind.ts";

/** The findings of a *.ir.json: its schema, and the rules beyond it (flows §9). */
export function checkIrFile({ path, file }: CheckedFile): readonly Diagnostic[] {
  return findingsOf(() => {
    const document = readJsonFile(path, file, "E_IR_READ");
    return placed(checkIr(document.value).problems, document);
  });
}

/** The findings of a manifest.json, and where it says something else than the IR that it names. What is wrong with an IR is its own. */
export function checkManifestFile({ path }: CheckedFile, cwd: string): readonly Diagnostic[] {
  const nameOf = (other: string) => nameFromRoot(other, cwd);
  return findingsOf(() => {
    const loaded = loadManifest(path, nameOf);
    return loaded.manifest.flatMap((entry) =>
      findingsOf(() => {
        const irPath = resolve(dirname(path), entry.ir_path);
        const { ir } = checkIr(readJsonFile(irPath, nameOf(irPath), "E_IR_READ").value);
        return ir === undefined ? [] : mismatchesOf(loaded, entry, ir);
      }),
    );
  });
}

/** The findings of a mocks file (flows §11). Which of its keys a flow uses is for a run to say. */
export async function checkMocksFile({ path, file }: CheckedFile): Promise<readonly Diagnostic[]> {
  try {
    await loadMocks(path, file);
    return [];
  } catch (error) {
    if (error instanceof FlowInputError) return error.diagnostics;
    throw error;
  }
}

/** Mocks by name (cli.md, `plumb check`). */
export function isMocksFile(name: string): boolean {
  return /^mocks.*\.(?:yaml|json)$|\.mocks\.(?:yaml|json)$/.test(name);
}

function findingsOf(find: () => readonly Diagnostic[]): readonly Diagnostic[] {
  try {
    return find();
  } catch (error) {
    if (error instanceof FlowInputError) return error.diagnostics;
    throw error;
  }
}
