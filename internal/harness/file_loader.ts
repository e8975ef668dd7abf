import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { scanSource } from "../ami/mod.ts";
import { type Diagnostic, diagnostic } from "../diag/mod.ts";
import { FileError, readTextFile } from "../files/mod.ts";
import type { FoundFile } from "./discover.ts";
import { type CaseSpec, readTestFile } from "./pragma/mod.ts";

/** What the cases of a test file have in common; plain data, posted to worker threads. */
export interface CaseFile extends FoundFile {
  /** The package of its cases (ami-tests §3). */
  readonly package: string;
  /** The namespaces that its cases share (`share=file`). */
  readonly shared: ReadonlySet<string>;
  /** It holds `.ami` source itself. */
  readonly hasSource: boolean;
  /** There is something to check: source in it or in its folder, or pragmas that are no test's. */
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

  constructor(file: string, { code, message, pos }: FileError) {
    super(message);
    this.diagnostic = diagnostic({ code, message: `${file} cannot be read: ${message}`, file, pos });
  }
}

/** Reads test files; remembers what it has seen of their folders. */
export class FileLoader {
  readonly #folderPackages = new Map<string, string | undefined>();

  /** Reads one file. Throws a {@link LoadError}. */
  load({ path, file }: FoundFile): LoadedFile {
    const { cases, hasSource, hasFilePragmas, package: ownPackage } = readTestFile(file, readOrFail(path, file));
    const folderPackage = this.#packageOfFolder(dirname(path));
    const caseFile = {
      path,
      file,
      package: hasSource ? ownPackage : (folderPackage ?? "main"),
      shared: sharedNamespaces(cases),
      hasSource,
      needsSource: hasSource || hasFilePragmas || folderPackage !== undefined,
    };
    return { caseFile, cases };
  }

  /** The package of a folder's first file by path that holds source and is no test; undefined if there is none. */
  #packageOfFolder(folder: string): string | undefined {
    if (!this.#folderPackages.has(folder)) this.#folderPackages.set(folder, readFolderPackage(folder));
    return this.#folderPackages.get(folder);
  }
}

function readOrFail(path: string, file: string): string {
  try {
    return readTextFile(path);
  } catch (error) {
    throw error instanceof FileError ? new LoadError(file, error) : error;
  }
}

function sharedNamespaces(cases: readonly CaseSpec[]): ReadonlySet<string> {
  // Cases share their lists of lines, so each list is looked at once.
  const lists = new Set(cases.map(({ kv }) => kv));
  return new Set([...lists].flatMap((lines) => lines.filter(({ share }) => share === "file").map(({ ns }) => ns)));
}

function readFolderPackage(folder: string): string | undefined {
  for (const name of sourceNames(folder)) {
    const source = scanOrSkip(join(folder, name));
    if (source?.hasSource === true) return source.packageName ?? "main";
  }
  return undefined;
}

function sourceNames(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".ami") && !name.endsWith("_test.ami"));
    return names.sort();
  } catch {
    return []; // A folder that may be entered but not listed: its test file was named.
  }
}

function scanOrSkip(path: string): ReturnType<typeof scanSource> | undefined {
  try {
    return scanSource(readTextFile(path));
  } catch (error) {
    if (error instanceof FileError) return undefined; // A folder of that name, or what cannot be read: no source.
    throw error;
  }
}
