import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Diagnostic, diagnostic, LineIndex } from "../../diag/mod.ts";
import { YamlFindings } from "../../yaml/mod.ts";
import { readCases } from "./read_cases.ts";
import { readDocument } from "./read_document.ts";
import { goldenOf, readGolden } from "./read_golden.ts";
import { scenarioStem } from "./scenario_name.ts";

const SUFFIX = ".golden.jsonl";

/**
 * W_GOLDEN_ORPHAN: the files `golden/*.golden.jsonl` that no case of the scenarios beside that folder would use, whichever
 * of them are run (scenarios.md §10).
 *
 * @param folders absolute, those that scenarios lie in
 */
export async function goldenOrphans(
  folders: Iterable<string>,
  nameOf: (path: string) => string,
): Promise<readonly Diagnostic[]> {
  const orphans: Diagnostic[] = [];
  for (const folder of [...new Set(folders)].sort()) orphans.push(...(await orphansIn(folder, nameOf)));
  return orphans;
}

/**
 * The same for one folder at a time, each read once however often it is asked for: all scenarios of a folder and all its golden
 * files have the same answer.
 */
export function rememberedOrphans(
  nameOf: (path: string) => string,
): (folder: string) => Promise<readonly Diagnostic[]> {
  const known = new Map<string, Promise<readonly Diagnostic[]>>();
  return (folder) => {
    const orphans = known.get(folder) ?? orphansIn(folder, nameOf);
    known.set(folder, orphans);
    return orphans;
  };
}

async function orphansIn(folder: string, nameOf: (path: string) => string): Promise<readonly Diagnostic[]> {
  const files = namesIn(join(folder, "golden")).filter((name) => name.endsWith(SUFFIX));
  const uses = files.length === 0 ? [] : await usesOf(folder);
  return files.flatMap((name) => {
    const path = join(folder, "golden", name);
    if (uses.some((isUsed) => isUsed(path))) return [];
    const message = `no case of the scenarios beside its folder uses the golden file ${name}`;
    return [diagnostic({ code: "W_GOLDEN_ORPHAN", level: "warn", message, file: nameOf(path) })];
  });
}

type IsUsed = (path: string) => boolean;

async function usesOf(folder: string): Promise<readonly IsUsed[]> {
  const scenarios = namesIn(folder).filter((name) => name.endsWith(".scenario.yaml"));
  return Promise.all(scenarios.map((name) => usesOfScenario(join(folder, name))));
}

/** The golden files of a scenario's cases. What else is wrong with it is told when it is loaded. */
async function usesOfScenario(path: string): Promise<IsUsed> {
  const stem = scenarioStem(path);
  const document = await readDocument(path, "");
  const node = document.kind === "document" ? document.node : undefined;
  if (node?.kind !== "map") {
    // Nothing is known of it: all files that are named after it may be its own.
    return (golden) => basename(golden).startsWith(`${stem}.`);
  }
  const unheard = new YamlFindings("", new LineIndex(""));
  const value = (wanted: string) => node.entries.find(({ key }) => key === wanted)?.value;
  const choice = readGolden(value("golden"), value("cases") !== undefined, unheard);
  if (choice.mode === "never") return () => false;
  const cases = readCases(value("cases"), unheard) ?? [undefined];
  const paths = new Set(cases.map((one) => goldenOf(choice, dirname(path), stem, one?.name).path));
  return (golden) => paths.has(golden);
}

/** Sorted; none of a folder that is not there or cannot be read. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
