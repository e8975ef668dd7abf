import { statSync } from "node:fs";
import { resolve } from "node:path";
import { isSpecFile } from "../../concept/mod.ts";
import { isFolder } from "../../files/mod.ts";
import { readItems, readText, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";

/** Where files are looked for, and what findings call them. */
export interface Where {
  /** The working directory. */
  readonly cwd: string;
  /** What findings call a file or folder, from its absolute path. */
  readonly nameOf: (path: string) => string;
}

/** The entries of `specs` that lead to something, absolute. */
export interface SpecPaths {
  readonly paths: readonly string[];
  /** Whether an entry leads nowhere. */
  readonly isPartial: boolean;
}

/**
 * `specs`: files and folders, each relative to the file that lists it, else to the working directory (scenarios.md §7):
 * E_SCN_SPEC_NOT_FOUND, E_SPEC_FORMAT.
 */
export function readSpecPaths(node: YamlNode, folder: string, where: Where, findings: YamlFindings): SpecPaths {
  const items = readItems(node, "specs", findings) ?? [];
  const paths = items.flatMap((item) => {
    const text = readText(item, "an item of specs", findings);
    const path = text && findSpec(text.value, item, folder, where, findings);
    return path ?? [];
  });
  return { paths, isPartial: node.kind !== "list" || paths.length < items.length };
}

function findSpec(
  given: string,
  at: YamlNode,
  folder: string,
  { cwd, nameOf }: Where,
  findings: YamlFindings,
): string | undefined {
  const places = [...new Set([resolve(folder, given), resolve(cwd, given)])];
  const path = places.find(exists);
  if (path === undefined) {
    findings.add("E_SCN_SPEC_NOT_FOUND", `there is no ${given}: looked for ${places.map(nameOf).join(" and ")}`, at);
    return undefined;
  }
  if (isFolder(path) || isSpecFile(path)) return path;
  findings.add("E_SPEC_FORMAT", `a spec file is named *.concept.yaml or *.sync.yaml, found ${given}`, at);
  return undefined;
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
