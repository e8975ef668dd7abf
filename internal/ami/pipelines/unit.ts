import { basename, dirname } from "node:path";
import { LineIndex } from "../../diag/mod.ts";
import {
  type FilePragmas,
  parseSource,
  readFilePragmas,
  type SourceFile,
  type SyntaxFinding,
  scanSource,
} from "../syntax/mod.ts";

const SOURCE_SUFFIX = ".ami";
const TEST_SUFFIX = "_test.ami";

/** What a package is called whose files name none. */
export const DEFAULT_PACKAGE = "main";

/** A `.ami` file, read and parsed. */
export interface Unit {
  /** Absolute. */
  readonly path: string;
  /** Absolute. */
  readonly folder: string;
  /** What findings call it. */
  readonly file: string;
  /** Its name without `.ami`, as the artifacts call it. */
  readonly name: string;
  /** Undefined: it names none. */
  readonly package: string | undefined;
  readonly isTest: boolean;
  /** Whether any token stands outside of comments and pragma lines. */
  readonly hasSource: boolean;
  readonly lines: LineIndex;
  readonly tree: SourceFile;
  readonly pragmas: FilePragmas;
  /** Of its syntax and its pragmas. */
  readonly findings: readonly SyntaxFinding[];
  /** Declarations are missing from the tree, because they hold syntax errors. */
  readonly incomplete: boolean;
}

/** Reads the text of a file; whatever it is, there is a unit. */
export function readUnit(path: string, file: string, text: string): Unit {
  const { tree, findings } = parseSource(text);
  const isTest = isTestPath(path);
  const pragmas = readFilePragmas(tree, text, { isTestFile: isTest });
  return {
    path,
    folder: dirname(path),
    file,
    name: basename(path, SOURCE_SUFFIX),
    package: tree.package?.text,
    isTest,
    hasSource: scanSource(text).hasSource,
    lines: new LineIndex(text),
    tree,
    pragmas: pragmas.pragmas,
    findings: [...findings, ...pragmas.findings],
    incomplete: findings.some(({ code }) => code === "E_PARSE"),
  };
}

export function isTestPath(path: string): boolean {
  return path.endsWith(TEST_SUFFIX);
}

export function isSourcePath(path: string): boolean {
  return path.endsWith(SOURCE_SUFFIX);
}
