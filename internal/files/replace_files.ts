import {
  closeSync,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { realPath } from "./real_path.ts";

/** A file that is to be written, or removed where it has no text. */
export interface FileChange {
  /** Absolute. */
  readonly path: string;
  readonly text: string | undefined;
}

/**
 * Writes and removes files, all or none: each text is written beside its target and flushed; only then, in the order given,
 * each takes the place of what is there. If anything fails, whatever was there is there again, and no new folder is left.
 * Folders that are missing are made, links are followed, the mode of a file is kept. SIGINT and SIGTERM end nothing meanwhile.
 *
 * @param replacedFolder a folder that makes way first, with all that is in it
 * @throws what the file system throws
 */
export function replaceFiles(changes: readonly FileChange[], replacedFolder?: string): void {
  withoutSignals(() => {
    const change = new Replacement();
    try {
      if (replacedFolder !== undefined) change.moveAway(replacedFolder);
      const prepared = changes.map(({ path, text }) => change.prepare(realPath(path), text));
      for (const { path, temporary } of prepared) change.take(path, temporary);
    } catch (error) {
      change.undo();
      throw error;
    }
    change.finish();
  });
}

/** Who has a handler for a signal is not ended by it, and no handler runs while this thread is busy: what was begun is finished. */
function withoutSignals(work: () => void): void {
  const wait = (): void => undefined;
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, wait);
  try {
    work();
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, wait);
  }
}

interface Prepared {
  readonly path: string;
  /** Undefined: it is to be removed. */
  readonly temporary: string | undefined;
}

/** What was done, so that it can be undone. */
class Replacement {
  readonly #undo: (() => void)[] = [];
  /** What is kept until all is done. */
  readonly #kept: string[] = [];

  moveAway(folder: string): void {
    if (lookAt(folder) === undefined) return;
    const kept = `${folder}.${process.pid}.old`;
    renameSync(folder, kept);
    this.#kept.push(kept);
    this.#undo.push(() => renameSync(kept, folder));
  }

  prepare(path: string, text: string | undefined): Prepared {
    if (text === undefined) return { path, temporary: undefined };
    this.#makeFolder(dirname(path));
    const temporary = `${path}.${process.pid}.tmp`;
    this.#undo.push(() => rmSync(temporary, { force: true }));
    writeFlushed(temporary, text, lookAt(path));
    return { path, temporary };
  }

  take(path: string, temporary: string | undefined): void {
    const present = lookAt(path);
    if (present?.isDirectory() === true) throw new Error(`${path} is a folder`);
    if (present !== undefined) this.#keep(path);
    else if (temporary !== undefined) this.#undo.push(() => rmSync(path, { force: true }));
    if (temporary !== undefined) renameSync(temporary, path);
    else if (present !== undefined) rmSync(path);
  }

  finish(): void {
    for (const kept of this.#kept) rmSync(kept, { recursive: true, force: true });
  }

  undo(): void {
    // As far as it goes: what cannot be undone must not keep the rest from it, nor hide the error that led here.
    for (const step of this.#undo.reverse()) quietly(step);
    for (const kept of this.#kept)
      if (lookAt(kept)?.isDirectory() === false) quietly(() => rmSync(kept, { force: true }));
  }

  /** A second name for what is there, so that its own name is never without a file. */
  #keep(path: string): void {
    const kept = `${path}.${process.pid}.old`;
    rmSync(kept, { force: true });
    try {
      linkSync(path, kept);
    } catch {
      // Some file systems have no links.
      copyFileSync(path, kept);
    }
    this.#kept.push(kept);
    this.#undo.push(() => renameSync(kept, path));
  }

  #makeFolder(folder: string): void {
    const first = mkdirSync(folder, { recursive: true });
    if (first === undefined) return;
    const made: string[] = [];
    for (let path = folder; ; path = dirname(path)) {
      made.push(path);
      if (path === first || path === dirname(path)) break;
    }
    // Undoing runs backwards, and the deepest is to go first.
    for (const path of made.reverse()) this.#undo.push(() => rmdirSync(path));
  }
}

function writeFlushed(path: string, text: string, present: Stats | undefined): void {
  const fd = openSync(path, "w");
  try {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
    if (present?.isFile() === true) fchmodSync(fd, present.mode);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function lookAt(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function quietly(step: () => void): void {
  try {
    step();
  } catch {
    // See undo.
  }
}
