import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { scanSource } from "../ami/mod.ts";
import { type Diagnostic, diagnostic, LineIndex, type Position } from "../diag/mod.ts";
import type { FoundFile } from "./discover.ts";
import type { CaseSpec } from "./pragma/mod.ts";
import { readTestFile } from "./pragma/mod.ts";

/** The largest test file that is read, in bytes. */
export const MAX_TEST_FILE_BYTES = 64 * 1024 * 1024;

/** What the cases of a test file have in common; plain data, posted to worker threads. */
export interface CaseFile extends FoundFile {
  /** The package of its cases (ami-tests §3). */
  readonly package: string;
  /** The namespaces that its cases share (`share=file`). */
  readonly shared: ReadonlySet<string>;
  /** It holds `.ami` source itself. */
  readonly hasSource: boolean;
  /** `.ami` source that its cases depend on stands in it or in its folder. */
  readonly needsSource: boolean;
}

/** A test file that was read. */
export interface LoadedFile {
  readonly caseFile: CaseFile;
  readonly cases: readonly CaseSpec[];
}

/** A file that could not be read: a load error of the run (cli.md, test.v1). */
export class LoadError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(code: string, message: string, file: string, pos?: Position) {
    super(message);
    this.diagnostic = diagnostic({ code, message, file, pos });
  }
}

/** Reads test files; remembers what it has seen of their folders. */
export class FileLoader {
  readonly #folderPackages = new Map<string, string | undefined>();

  /** Reads one file. Throws a {@link LoadError}. */
  load({ path, file }: FoundFile): LoadedFile {
    const bytes = readBytes(path, file);
    const text = decodeUtf8(bytes);
    if (text === undefined) throw new LoadError("E_FILE_UTF8", `${file} is not UTF-8 text`, file, firstBadByte(bytes));
    const { cases, hasSource, package: ownPackage } = readTestFile(file, text);
    const folderPackage = this.#packageOfFolder(dirname(path));
    const caseFile = {
      path,
      file,
      package: hasSource ? ownPackage : (folderPackage ?? "main"),
      shared: sharedNamespaces(cases),
      hasSource,
      needsSource: hasSource || folderPackage !== undefined,
    };
    return { caseFile, cases };
  }

  /** The package of a folder's first `.ami` file by path that is no test; undefined if there is no such file. */
  #packageOfFolder(folder: string): string | undefined {
    if (!this.#folderPackages.has(folder)) this.#folderPackages.set(folder, readFolderPackage(folder));
    return this.#folderPackages.get(folder);
  }
}

function sharedNamespaces(cases: readonly CaseSpec[]): ReadonlySet<string> {
  // Cases share their lists of lines, so each list is looked at once.
  const lists = new Set(cases.map(({ kv }) => kv));
  return new Set([...lists].flatMap((lines) => lines.filter(({ share }) => share === "file").map(({ ns }) => ns)));
}

function readFolderPackage(folder: string): string | undefined {
  const sources = readdirSync(folder).filter((name) => name.endsWith(".ami") && !name.endsWith("_test.ami"));
  const [first] = sources.sort();
  if (first === undefined) return undefined;
  const path = join(folder, first);
  if (!(statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)) return "main";
  return scanSource(readFileSync(path, "utf8")).packageName ?? "main";
}

function readBytes(path: string, file: string): Uint8Array {
  try {
    const stat = statSync(path);
    // Opening a named pipe would block for ever.
    if (!stat.isFile()) throw new LoadError("E_FILE_READ", `${file} is not a regular file`, file);
    if (stat.size > MAX_TEST_FILE_BYTES) {
      const message = `${file} has ${stat.size} bytes; a test file has at most ${MAX_TEST_FILE_BYTES}`;
      throw new LoadError("E_FILE_SIZE", message, file);
    }
    return readFileSync(path);
  } catch (error) {
    if (error instanceof LoadError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new LoadError("E_FILE_READ", `${file} cannot be read: ${reason}`, file);
  }
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    // ignoreBOM keeps an initial byte-order mark, so that offsets count its bytes.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Where the text stops being UTF-8: the longest prefix that decodes, found by bisection over a lenient decoding. */
function firstBadByte(bytes: Uint8Array): Position {
  let good = 0;
  let bad = bytes.length;
  while (good < bad - 1) {
    const middle = (good + bad) >> 1;
    if (startsAsUtf8(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  // With stream, an unfinished character at the end is left out.
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, good), { stream: true });
  return new LineIndex(before).position(before.length);
}

function startsAsUtf8(bytes: Uint8Array): boolean {
  try {
    // With stream, an incomplete character at the end is no error.
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
