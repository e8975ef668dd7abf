import { dirname } from "node:path";
import { type Diagnostic, diagnostic } from "../../diag/mod.ts";
import type { FileError } from "../../files/mod.ts";
import { inOrder } from "./in_order.ts";
import { readDocument } from "./read_document.ts";
import { type ReadScenario, readScenario, type ScenarioOptions } from "./read_scenario.ts";
import { scenarioStem } from "./scenario_name.ts";

/** A scenario file, loaded. */
export interface ScenarioFile extends ReadScenario {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly file: string;
  /** As messages name its folder. */
  readonly package: string;
}

/** Loads a scenario file with its fragments and specs (scenarios.md §7). `path`: absolute. */
export async function loadScenario(path: string, options: ScenarioOptions): Promise<ScenarioFile> {
  const file = options.nameOf(path);
  const about = { path, file, package: options.nameOf(dirname(path)) };
  const document = await readDocument(path, file);
  if (document.kind === "document" && document.node !== undefined) {
    const { node, findings } = document;
    return { ...about, ...(await readScenario({ node, path, stem: scenarioStem(path), findings }, options)) };
  }
  return {
    ...about,
    cases: [],
    fragments: [],
    specs: await options.specSets.load([]),
    findings: document.kind === "document" ? inOrder(document.findings.all) : [unreadable(file, document.error)],
  };
}

function unreadable(file: string, { code, message, pos }: FileError): Diagnostic {
  return diagnostic({ code, message: `${file} cannot be read: ${message}`, file, pos });
}
