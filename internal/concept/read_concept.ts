import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { keysOf, readEntries, readFields, readItems, readText, type YamlFindings, type YamlNode } from "../yaml/mod.ts";
import type { Principle, Table } from "./concept.ts";
import { ConceptSchema, PrincipleSchema } from "./concept_schema.ts";
import { checkName } from "./names.ts";
import { type ActionText, readAction } from "./read_action.ts";
import { readState } from "./read_state.ts";

const SCENARIO_SUFFIX = ".scenario.yaml";

/** A concept as it is written, its SQL and handlers not yet checked. */
export interface ConceptText {
  readonly name: string;
  readonly nameStart: number;
  readonly purpose: string;
  readonly tables: readonly Table[];
  readonly actions: readonly ActionText[];
  readonly handlers: { readonly path: string; readonly start: number } | undefined;
  readonly principles: readonly Principle[];
  readonly findings: YamlFindings;
}

/** A document with the key `concept` (scenarios.md §3). `path`: absolute, of its file. */
export function readConcept(node: YamlNode, path: string, findings: YamlFindings): ConceptText | undefined {
  const fields = readFields(withoutReserved(node, findings), "a concept", keysOf(ConceptSchema), findings);
  const nameNode = fields?.get("concept");
  if (fields === undefined || nameNode === undefined) return undefined;
  const name = readText(nameNode, "concept", findings);
  const isNamed = name !== undefined && checkName(name.value, "concept", name.start, findings);
  const purpose = fields.get("purpose");
  const actions = fields.get("actions");
  const entries = actions === undefined ? [] : (readEntries(actions, "actions", findings) ?? []);
  if (actions?.kind === "map" && entries.length === 0) {
    findings.add("E_KEY_TYPE", "actions must hold at least one action", actions);
  }
  const handlersNode = fields.get("handlers");
  const handlers = handlersNode && readText(handlersNode, "handlers", findings);
  const concept: ConceptText = {
    name: name?.value ?? "",
    nameStart: nameNode.start,
    purpose: (purpose && readText(purpose, "purpose", findings)?.value) ?? "",
    tables: readState(fields.get("state"), name?.value ?? "", findings),
    actions: entries.flatMap((entry) => readAction(entry, findings) ?? []),
    handlers: handlers && { path: resolve(dirname(path), handlers.value), start: handlers.start },
    principles: readPrinciples(fields.get("principles"), path, findings),
    findings,
  };
  return isNamed ? concept : undefined;
}

/** `executor` is kept for later (scenarios.md §3, Handlers). */
function withoutReserved(node: YamlNode, findings: YamlFindings): YamlNode {
  if (node.kind !== "map") return node;
  const reserved = node.entries.find(({ key }) => key === "executor");
  if (reserved === undefined) return node;
  findings.add("E_SPEC_RESERVED", "the key executor is reserved and cannot be used yet", reserved.keyStart);
  return { ...node, entries: node.entries.filter((entry) => entry !== reserved) };
}

function readPrinciples(node: YamlNode | undefined, path: string, findings: YamlFindings): readonly Principle[] {
  const items = node === undefined ? [] : (readItems(node, "principles", findings) ?? []);
  return items.flatMap((item) => readPrinciple(item, path, findings) ?? []);
}

function readPrinciple(node: YamlNode, path: string, findings: YamlFindings): Principle | undefined {
  const isText = node.kind === "scalar";
  const fields = isText ? undefined : readFields(node, "a principle", keysOf(PrincipleSchema), findings);
  const textNode = isText ? node : fields?.get("text");
  const text = textNode && readText(textNode, "a principle", findings);
  const scenarioNode = fields?.get("scenario");
  const scenario = scenarioNode && readText(scenarioNode, "scenario", findings);
  const file = scenario && resolve(dirname(path), scenario.value);
  const flaw = file && flawOfScenario(file);
  if (scenario !== undefined && flaw !== undefined) {
    findings.add("E_SPEC_PRINCIPLE", `the scenario ${scenario.value} ${flaw}`, scenario);
  }
  if (text === undefined) return undefined;
  if (scenarioNode === undefined) {
    findings.add("W_SPEC_PRINCIPLE_UNTESTED", "no scenario tests this principle", text, { level: "warn" });
  }
  return { text: text.value, scenario: file, file: findings.file, pos: findings.source.position(text.start) };
}

/** Why a file cannot be the scenario of a principle, by its name and kind; what it holds is read when it is run. */
function flawOfScenario(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return "does not exist";
  if (!stat.isFile()) return "is no file";
  return file.endsWith(SCENARIO_SUFFIX) ? undefined : `is no scenario: its name does not end in ${SCENARIO_SUFFIX}`;
}
