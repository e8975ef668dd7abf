import { closeSync, constants, fstatSync, openSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { WorkerFault } from "../../internal/ami/mod.ts";
import { Output } from "../../internal/cli/mod.ts";
import { errorText } from "../../internal/diag/mod.ts";
import { lastLineIsOpen, readTextFile } from "../../internal/files/mod.ts";
import type { IoFiles } from "../../internal/pipeline/mod.ts";

/** Text that is gathered before a write. */
const BUFFER = 32 * 1024;

/**
 * For appending. A link that leads nowhere yet is not followed: what it would make could lie anywhere. Without O_NONBLOCK,
 * opening a named pipe would wait for a reader.
 */
const APPEND =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const DENIED = new WorkerFault("E_SANDBOX_DENIED", "sandbox denied capability: fs");

/**
 * What io steps reach outside of tests: the files inside the folder of the `.ami` file, symbolic links resolved (pipelines
 * §12). What io.Write appends is out after `flush`.
 */
export class FolderFiles implements IoFiles {
  readonly #folder: string;
  /** By path as written, and by real path: two steps may name one file in two ways. */
  readonly #byPath = new Map<string, Output>();
  readonly #byFile = new Map<string, Output>();

  /** `folder` is absolute. */
  constructor(folder: string) {
    this.#folder = realpathSync(folder);
  }

  read(path: string): string | WorkerFault {
    return this.#reach(path, "E_IO_READ", readTextFile);
  }

  prepare(path: string): WorkerFault | undefined {
    const output = this.#reach(path, "E_IO_WRITE", (file) => {
      const opened = this.#byFile.get(file);
      if (opened !== undefined) return opened;
      const isOpen = lastLineIsOpen(file);
      const output = new Output(openToAppend(file), { buffer: BUFFER });
      if (isOpen) output.write("\n");
      return output;
    });
    if (output instanceof WorkerFault) return output;
    this.#byPath.set(path, output);
    this.#byFile.set(this.#realPath(path), output);
    return undefined;
  }

  append(path: string, line: string): WorkerFault | undefined {
    const output = this.#byPath.get(path);
    if (output === undefined) return DENIED;
    output.write(`${line}\n`);
    return undefined;
  }

  flush(): void {
    for (const output of this.#byFile.values()) output.flush();
  }

  /** Does something with a file that lies inside the folder. */
  #reach<T>(path: string, code: string, use: (file: string) => T): T | WorkerFault {
    try {
      const file = this.#realPath(path);
      return isInside(this.#folder, file) ? use(file) : DENIED;
    } catch (error) {
      return new WorkerFault(code, `${path}: ${errorText(error)}`);
    }
  }

  /** Of a file that does not exist yet: its place in the real folder. */
  #realPath(path: string): string {
    const file = resolve(this.#folder, path);
    try {
      return realpathSync(file);
    } catch {
      return join(realpathSync(dirname(file)), basename(file));
    }
  }
}

/** Of a regular file, made if it is missing. Throws for anything else. */
function openToAppend(file: string): number {
  let fd: number | undefined;
  try {
    fd = openSync(file, APPEND, 0o666);
    if (fstatSync(fd).isFile()) return fd;
  } catch (error) {
    // A pipe that nobody reads, or a socket.
    if (!(error instanceof Error && "code" in error && error.code === "ENXIO")) throw error;
  }
  if (fd !== undefined) closeSync(fd);
  throw new Error("it is not a regular file");
}

function isInside(folder: string, file: string): boolean {
  const below = relative(folder, file);
  return below !== "" && below !== ".." && !below.startsWith(`..${sep}`);
}
