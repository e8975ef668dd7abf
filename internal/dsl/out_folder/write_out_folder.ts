import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type FileChange, realPath, replaceFiles } from "../../files/mod.ts";
import { type OutRecord, RECORD_FILE, readOutRecord, recordText, sha256Hex } from "./out_record.ts";

/** A file of the out directory. */
export interface OutFile {
  /** From the out directory, `/`-separated. */
  readonly path: string;
  readonly text: string;
}

export interface OutOptions {
  /** Whether files that are not as plumb left them may be overwritten. */
  readonly force: boolean;
  /** What is removed first: nothing, what plumb wrote there before, or the whole folder. */
  readonly clean: "nothing" | "written" | "everything";
}

/** Files of the user, or that the user has changed, stand where a compile would write. */
export class OutputExists extends Error {
  override readonly name = "OutputExists";
  readonly code = "E_OUTPUT_EXISTS";

  constructor(
    /** From the out directory. */
    readonly paths: readonly string[],
  ) {
    super(`not as plumb left them: ${paths.join(", ")}`);
  }
}

/**
 * Writes the files of a compile into its out directory, all or none (flows §8). The last file given is written last; one that
 * is there already, byte for byte, is left alone.
 *
 * @param folder absolute
 * @throws OutputExists if a target is there and is not byte for byte what plumb wrote last; what the file system throws
 */
export function writeOutFolder(folder: string, files: readonly OutFile[], options: OutOptions): void {
  const out = realPath(folder);
  const { force, clean } = options;
  const written = clean === "everything" ? new Map<string, string>() : readOutRecord(out);
  const targets = new Set(files.map(({ path }) => path));
  const removed = clean === "written" ? [...written.keys()].filter((path) => !targets.has(path)) : [];
  if (!force && clean !== "everything") refuseChanged(out, targets, written, clean === "written");

  const record = new Map(clean === "written" ? [] : written);
  for (const { path, text } of files) record.set(path, sha256Hex(text));
  // The record stands before the last file, the manifest: who sees a new manifest sees everything else that belongs to it.
  const all = [...files.slice(0, -1), { path: RECORD_FILE, text: recordText(record) }, ...files.slice(-1)];
  const fresh = all.filter(({ path, text }) => clean === "everything" || !holds(join(out, path), text));
  const changes: FileChange[] = [
    ...removed.map((path) => ({ path: join(out, path), text: undefined })),
    ...fresh.map(({ path, text }) => ({ path: join(out, path), text })),
  ];
  replaceFiles(changes, clean === "everything" ? out : undefined);
}

function refuseChanged(out: string, targets: ReadonlySet<string>, written: OutRecord, cleans: boolean): void {
  const changed = [...targets].filter((path) => {
    const recorded = written.get(path);
    if (cleans && recorded !== undefined) return false;
    const present = bytesOf(join(out, path));
    return present !== undefined && (present === "no file" || sha256Hex(present) !== recorded);
  });
  if (changed.length > 0) throw new OutputExists(changed);
}

function holds(path: string, text: string): boolean {
  const present = bytesOf(path);
  return present !== undefined && present !== "no file" && Buffer.from(text).equals(present);
}

function bytesOf(path: string): Uint8Array | "no file" | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ENOENT" || code === "ENOTDIR" ? undefined : "no file";
  }
}
