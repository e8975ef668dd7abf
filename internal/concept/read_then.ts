import { didYouMean } from "../diag/mod.ts";
import {
  keysOf,
  readEntries,
  readFields,
  readText,
  strictValue,
  type YamlEntry,
  YamlFindings,
  type YamlMap,
  type YamlNode,
} from "../yaml/mod.ts";
import type { Action, Field } from "./concept.ts";
import { findAction, literalNode, type SyncContext } from "./read_pattern.ts";
import { mayFit, misfits, type SpecType, typeName } from "./spec_type.ts";
import type { Template, Then } from "./sync.ts";
import { ThenSchema } from "./sync_schema.ts";
import { parseSteps, typeBelow } from "./value_path.ts";

/** One item of `then` (scenarios.md §4). */
export function readThen(
  node: YamlNode,
  syncId: string,
  context: SyncContext,
): (Then & { readonly start: number }) | undefined {
  const { findings } = context;
  const fields = readFields(node, "a then action", keysOf(ThenSchema), findings);
  const actionNode = fields?.get("action");
  if (fields === undefined || actionNode === undefined) return undefined;
  const uri = readText(actionNode, "action", findings);
  const action = uri && findAction(uri.value, uri.start, context);
  const argsNode = fields.get("args");
  const entries = argsNode === undefined ? [] : (readEntries(argsNode, "args", findings) ?? []);
  // The args as a whole: how deep they are, and their keys; a variable is a text like any other here.
  if (argsNode?.kind === "map") strictValue(withoutLiterals(argsNode), findings);
  const args = entries.flatMap((entry) => readArg(entry, action, context) ?? []);
  for (const { name, type } of action?.args ?? []) {
    if (entries.some(({ key }) => key === name)) continue;
    const message = `${action?.uri} needs the arg ${name} (${typeName(type)})`;
    findings.add("E_SYNC_ARG_MISSING", message, argsNode === undefined ? actionNode : fields.keyStart("args"));
  }
  if (uri === undefined) return undefined;
  const { start } = uri;
  return { syncId, action: uri.value, args, start, file: findings.file, pos: findings.source.position(start) };
}

/** `{literal: v}` is `v` (scenarios.md §4), also where depth is counted and paths are told. */
function withoutLiteral(node: YamlNode): YamlNode {
  const literal = literalNode(node);
  if (literal !== undefined) return literal;
  if (node.kind === "list") return { ...node, items: node.items.map(withoutLiteral) };
  return node.kind === "map" ? withoutLiterals(node) : node;
}

/** The same for what is in a mapping, which itself is none: an arg may be named `literal`. */
function withoutLiterals(node: YamlMap): YamlMap {
  return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: withoutLiteral(entry.value) })) };
}

function readArg(
  { key: name, keyStart, value }: YamlEntry,
  action: Action | undefined,
  context: SyncContext,
): Then["args"][number] | undefined {
  const declared = action?.args.find((arg) => arg.name === name);
  if (action !== undefined && declared === undefined) {
    const names = action.args.map((arg) => arg.name);
    context.findings.add("E_SYNC_ARG_UNKNOWN", `${action.uri} has no arg ${name}`, keyStart, {
      help: didYouMean(name, names),
    });
  }
  const made = readTemplate(value, context);
  if (made === undefined) return undefined;
  if (declared !== undefined) checkType(made, declared, value.start, context);
  return { name, value: made.template };
}

function checkType(
  { template, type }: Made,
  { name, type: wanted }: Field,
  start: number,
  { findings }: SyncContext,
): void {
  const isWrong =
    template.kind === "literal" ? misfits(wanted, template.value) : type !== "open" && !mayFit(type, wanted);
  if (!isWrong) return;
  const given = type === "open" ? "the literal" : `a ${typeName(type)}`;
  findings.add("E_SYNC_ARG_TYPE", `the arg ${name} is declared as ${typeName(wanted)}, ${given} does not fit`, start);
}

/** A template and the type of what it makes, as far as it is known. */
interface Made {
  readonly template: Template;
  readonly type: SpecType | "open";
}

const BOUND = /^(?:bound\.(?<bare>.+)|\$\{bound\.(?<braced>[^}]*)\})$/s;

function readTemplate(node: YamlNode, context: SyncContext): Made | undefined {
  const literal = literalNode(node);
  if (literal !== undefined) return literalOf(literal, context);
  if (node.kind === "scalar") return readScalar(node, context);
  if (node.kind === "list") {
    const items = node.items.map((item) => readTemplate(item, context));
    const whole = items.filter((item) => item !== undefined);
    if (whole.length < items.length) return undefined;
    return simplest({ kind: "array", items: whole.map(({ template }) => template) }, { kind: "array" });
  }
  const entries = node.entries.map((entry) => ({
    key: entry.key.normalize("NFC"),
    made: readTemplate(entry.value, context),
  }));
  const whole = entries.flatMap(({ key, made }) => (made === undefined ? [] : [{ key, value: made.template }]));
  if (whole.length < entries.length) return undefined;
  return simplest({ kind: "object", entries: whole }, { kind: "object" });
}

/** What holds no variable is a literal as a whole. */
function simplest(template: Template & { kind: "array" | "object" }, type: SpecType): Made {
  if (template.kind === "array") {
    const values = template.items.flatMap((item) => (item.kind === "literal" ? [item.value] : []));
    return { template: values.length === template.items.length ? { kind: "literal", value: values } : template, type };
  }
  const pairs = template.entries.flatMap(({ key, value }): [string, LiteralValue][] =>
    value.kind === "literal" ? [[key, value.value]] : [],
  );
  const isLiteral = pairs.length === template.entries.length;
  return { template: isLiteral ? { kind: "literal", value: Object.fromEntries(pairs) } : template, type };
}
type LiteralValue = Extract<Template, { kind: "literal" }>["value"];

/** What is wrong with it was told of the args as a whole. */
function literalOf(node: YamlNode, { findings: { file, source } }: SyncContext): Made | undefined {
  const value = strictValue(node, new YamlFindings(file, source));
  return value === undefined ? undefined : { template: { kind: "literal", value }, type: "open" };
}

function readScalar(node: YamlNode & { kind: "scalar" }, context: SyncContext): Made | undefined {
  const text = typeof node.value === "string" ? node.value : "";
  const { bare, braced } = BOUND.exec(text)?.groups ?? {};
  const steps = parseSteps(bare ?? braced ?? "");
  if (steps === undefined) {
    // Not `bound.` and a path: `bound. once` is a text like any other, `${bound.` never is.
    if (!text.includes("${bound.")) return literalOf(node, context);
    const message = "a variable in braces must be the whole text, it is not put into a longer one";
    context.findings.add("E_SYNC_TEMPLATE", message, node, { help: "bind what is needed as a variable of its own" });
    return undefined;
  }
  const [variable, ...deeper] = steps.map((step) => step);
  const of = context.variables.use(String(variable), node.start);
  if (of === "none") return undefined;
  const type = typeBelow(of === "open" ? undefined : of, deeper);
  if (type === "none") {
    context.findings.add(
      "E_SYNC_PATH_UNKNOWN",
      `${text} leads nowhere: ${variable} is ${of === "open" ? "unknown" : typeName(of)}`,
      node,
    );
    return undefined;
  }
  return { template: { kind: "bound", variable: String(variable), steps: deeper }, type };
}
