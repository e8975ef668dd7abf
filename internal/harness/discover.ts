import { lstatSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { type FoundFile, isFolder, nameFromRoot, type UnreadableFolder, Walk } from "../files/mod.ts";
import { isScenarioFile } from "./scenario/mod.ts";

export { type FoundFile, nameFromRoot, type UnreadableFolder };

/** A PATH that is no folder and no test file: exit 2 (cli.md, `plumb test`). */
export class PathError extends Error {}

const PRAGMA_SUFFIX = "_test.ami";
const CONCEPT_SUFFIX = ".concept.yaml";
const GOLDEN_SUFFIX = ".golden.jsonl";

/** What PATHs name. Each list is sorted by UTF-16 code unit of the names from the root. */
export interface Discovered {
  /** Test files and scenarios, each once. */
  readonly files: readonly FoundFile[];
  /** Concept files that were given by name: the scenarios of their principles are to run. */
  readonly concepts: readonly FoundFile[];
  /** Absolute paths of walked folders that have golden files in a folder of theirs. */
  readonly goldenBeside: readonly string[];
  readonly unreadable: readonly UnreadableFolder[];
}

/**
 * The test files of `paths`. Folders are walked without hidden ones, `node_modules`, `build`, `out` and `dist`; links to
 * folders are not followed, so no walk is endless. Throws {@link PathError} for a path that does not exist or a file of
 * another kind.
 */
export function discover(paths: readonly string[], cwd: string, root: string): Discovered {
  const walk = new Walk({ root, wanted: (name) => isTestFile(name) || name.endsWith(GOLDEN_SUFFIX) });
  const concepts = new Walk({ root, wanted: () => false });
  for (const given of paths) {
    const path = resolve(cwd, given);
    if (given === "") throw new PathError("an empty path names nothing");
    // A file that is there but cannot be looked at, a dangling link too, is reported when it is read.
    if (isMissing(path)) throw new PathError(`${given} does not exist`);
    if (isFolder(path)) walk.addFolder(path);
    else if (isTestFile(path)) walk.addFile(path);
    else if (path.endsWith(CONCEPT_SUFFIX)) concepts.addFile(path);
    else throw new PathError(`${given} is not a test file; a file given by name ends in ${ENDINGS}`);
  }
  const [files, golden] = partition(walk.files());
  const folders = golden.map(({ path }) => dirname(path)).filter((folder) => basename(folder) === "golden");
  return {
    files,
    concepts: concepts.files(),
    goldenBeside: [...new Set(folders.map((folder) => dirname(folder)))],
    unreadable: walk.unreadable(),
  };
}

const ENDINGS = `${PRAGMA_SUFFIX}, .scenario.yaml or ${CONCEPT_SUFFIX}`;

/** `files` and the scenarios at these absolute paths, each once, sorted as before. */
export function withScenarios(
  files: readonly FoundFile[],
  paths: Iterable<string>,
  root: string,
): readonly FoundFile[] {
  const walk = new Walk({ root, wanted: () => false });
  for (const { path } of files) walk.addFile(path);
  for (const path of paths) walk.addFile(path);
  return walk.files();
}

function partition(found: readonly FoundFile[]): [tests: FoundFile[], golden: FoundFile[]] {
  const isGolden = ({ file }: FoundFile): boolean => file.endsWith(GOLDEN_SUFFIX);
  return [found.filter((file) => !isGolden(file)), found.filter(isGolden)];
}

function isTestFile(name: string): boolean {
  return name.endsWith(PRAGMA_SUFFIX) || isScenarioFile(name);
}

function isMissing(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false; // the folder above may not be looked into
  }
}
