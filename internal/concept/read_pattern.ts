import { didYouMean } from "../diag/mod.ts";
import {
  keysOf,
  readEntries,
  readFields,
  readText,
  strictValue,
  type YamlEntry,
  type YamlFindings,
  type YamlNode,
} from "../yaml/mod.ts";
import type { Catalog } from "./catalog.ts";
import type { Action } from "./concept.ts";
import { type PatternTarget, resolvePath } from "./pattern_path.ts";
import { misfits, typeName } from "./spec_type.ts";
import type { Pattern, Term } from "./sync.ts";
import { PatternSchema } from "./sync_schema.ts";
import type { SyncVariables } from "./sync_variables.ts";

/** What readers of the parts of a sync share. */
export interface SyncContext {
  readonly catalog: Catalog;
  readonly variables: SyncVariables;
  readonly findings: YamlFindings;
}

/** One pattern of `when` (scenarios.md §4), and the variables that it binds. */
export function readPattern(
  node: YamlNode,
  context: SyncContext,
): (Pattern & { readonly binds: ReadonlySet<string> }) | undefined {
  const { findings } = context;
  const fields = readFields(node, "a pattern", keysOf(PatternSchema), findings);
  const actionNode = fields?.get("action");
  if (fields === undefined || actionNode === undefined) return undefined;
  const uri = readText(actionNode, "action", findings);
  const action = uri && findAction(uri.value, uri.start, context);
  const event = readEvent(fields.get("event"), findings);
  const caseNode = fields.get("case");
  const caseName = caseNode && readText(caseNode, "case", findings);
  if (caseNode !== undefined && event === "invoked") {
    findings.add("E_KEY_UNKNOWN", "a pattern with event: invoked takes no case", fields.keyStart("case"));
  } else if (caseName !== undefined && action !== undefined)
    checkCase(caseName.value, caseName.start, action, findings);

  const target = { uri: uri?.value ?? "", action, event, case: caseName?.value };
  const match = fields.get("match");
  const bind = fields.get("bind");
  const matched = (match === undefined ? [] : (readEntries(match, "match", findings) ?? [])).flatMap(
    (entry) => readMatch(entry, target, context) ?? [],
  );
  const bound = (bind === undefined ? [] : (readEntries(bind, "bind", findings) ?? [])).flatMap(
    (entry) => readBind(entry, target, context) ?? [],
  );
  if (uri === undefined) return undefined;
  const terms = [...matched, ...bound];
  const binds = new Set(terms.flatMap(({ is }) => (is.kind === "variable" ? [is.name] : [])));
  const pos = findings.source.position(uri.start);
  return { action: uri.value, event, case: caseName?.value, terms, binds, file: findings.file, pos };
}

/** An action by its URI: E_SYNC_ACTION_UNKNOWN. */
export function findAction(uri: string, start: number, { catalog, findings }: SyncContext): Action | undefined {
  const action = catalog.action(uri);
  if (action === undefined && !catalog.isPartial) {
    const help = didYouMean(uri, catalog.actionNames);
    findings.add("E_SYNC_ACTION_UNKNOWN", `no loaded concept has the action ${uri}`, start, { help });
  }
  return action;
}

function checkCase(name: string, start: number, action: Action, findings: YamlFindings): void {
  const cases = action.outputs.map((output) => output.case);
  if (cases.includes(name)) return;
  const message = `${action.uri} has no case ${name}; it has ${cases.join(", ")}`;
  findings.add("E_SYNC_CASE_UNKNOWN", message, start, { help: didYouMean(name, cases) });
}

function readEvent(node: YamlNode | undefined, findings: YamlFindings): Pattern["event"] {
  const text = node && readText(node, "event", findings);
  if (text === undefined || text.value === "completed" || text.value === "invoked") {
    return text?.value === "invoked" ? "invoked" : "completed";
  }
  const help = didYouMean(text.value, ["completed", "invoked"]);
  findings.add("E_KEY_TYPE", `event must be completed or invoked, found ${JSON.stringify(text.value)}`, text, { help });
  return "completed";
}

/** `path: literal` or `path: "?var"`. */
function readMatch({ key, keyStart, value }: YamlEntry, target: PatternTarget, context: SyncContext): Term | undefined {
  const resolved = resolvePath(key, keyStart, target, context.findings);
  if (value.kind === "scalar" && typeof value.value === "string" && value.value.startsWith("?")) {
    const name = value.value.slice(1);
    const isBound = context.variables.bind(name, resolved?.type, value.start);
    return resolved && isBound ? { path: resolved.path, is: { kind: "variable", name } } : undefined;
  }
  const literal = strictValue(literalNode(value) ?? value, context.findings, `$.${key}`);
  if (resolved?.type !== undefined && literal !== undefined && misfits(resolved.type, literal)) {
    const message = `${key} is declared as ${typeName(resolved.type)}, so it is never equal to this value`;
    context.findings.add("W_SYNC_MATCH_NEVER", message, value, { level: "warn" });
  }
  return resolved && literal !== undefined
    ? { path: resolved.path, is: { kind: "literal", value: literal } }
    : undefined;
}

function readBind(
  { key: name, keyStart, value }: YamlEntry,
  target: PatternTarget,
  context: SyncContext,
): Term | undefined {
  const text = readText(value, `the path of ${name}`, context.findings);
  const resolved = text && resolvePath(text.value, text.start, target, context.findings);
  // Bound in any case, so that a wrong path is not told again wherever the variable is used.
  const isBound = context.variables.bind(name, resolved?.type, keyStart);
  return resolved && isBound ? { path: resolved.path, is: { kind: "variable", name } } : undefined;
}

/** What `{literal: v}` holds. */
export function literalNode(node: YamlNode): YamlNode | undefined {
  const [first, second] = node.kind === "map" ? node.entries : [];
  return first?.key === "literal" && second === undefined ? first.value : undefined;
}
