import { type Action, misfits, type SpecType, typeName } from "../../concept/mod.ts";
import { didYouMean } from "../../diag/mod.ts";
import { shownNode, strictValue, YamlFindings, type YamlMap, type YamlNode } from "../../yaml/mod.ts";
import { isLate } from "./late_scalar.ts";

/**
 * Holds literal args against those that an action declares (scenarios.md §3, Invoking): E_ARG_UNKNOWN, E_ARG_TYPE; where the
 * action is invoked with them also E_ARG_MISSING.
 *
 * @param invokedAt where it is invoked; undefined: the args are a subset that others are compared with
 */
export function checkArgs(
  args: YamlMap | undefined,
  action: Action | undefined,
  findings: YamlFindings,
  invokedAt?: YamlNode,
): void {
  if (action === undefined) return;
  const names = action.args.map(({ name }) => name);
  for (const { key: name, keyStart, value } of args?.entries ?? []) {
    const type = action.args.find((declared) => declared.name === name)?.type;
    if (type === undefined) {
      const has = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
      findings.add("E_ARG_UNKNOWN", `${action.uri} has no arg ${name}; ${has}`, keyStart, {
        help: didYouMean(name, names),
      });
    } else {
      checkType(value, type, { code: "E_ARG_TYPE", what: `the arg ${name} of ${action.uri}` }, findings);
    }
  }
  if (invokedAt === undefined) return;
  for (const { name, type } of action.args) {
    if (args?.entries.some(({ key }) => key === name)) continue;
    findings.add("E_ARG_MISSING", `${action.uri} needs the arg ${name} (${typeName(type)})`, args ?? invokedAt);
  }
}

/** A value, or one inside it, that is not of a declared type is a finding. */
export function checkType(
  value: YamlNode,
  type: SpecType,
  { code, what }: { readonly code: string; readonly what: string },
  findings: YamlFindings,
): void {
  const wrong = misfitIn(value, type, "", findings);
  if (wrong === undefined) return;
  const { node, path } = wrong;
  const found = path === "" ? shownNode(node) : `${shownNode(node)} at ${path}`;
  const help = corrected(node, wrong.type);
  findings.add(code, `${what} is declared as ${typeName(type)}, found ${found}`, node, { help });
}

interface Misfit {
  readonly node: YamlNode;
  readonly type: SpecType;
  /** Of the items that lead to it. */
  readonly path: string;
}

/** The first that is not of its type. What is not even in the strict profile is told elsewhere. */
function misfitIn(node: YamlNode, type: SpecType, path: string, findings: YamlFindings): Misfit | undefined {
  const wrong = { node, type, path };
  // A variable alone may be anything, inside a longer text it makes a text.
  if (isLate(node)) {
    return node.late === "unknown" || node.late.length === 1 || type.kind === "string" ? undefined : wrong;
  }
  if (node.kind === "map") return type.kind === "object" ? undefined : wrong;
  if (node.kind === "list") {
    if (type.kind !== "list") return type.kind === "array" ? undefined : wrong;
    for (const [index, item] of node.items.entries()) {
      const inside = misfitIn(item, type.of, `${path}[${index}]`, findings);
      if (inside !== undefined) return inside;
    }
    return undefined;
  }
  const value = strictValue(node, new YamlFindings(findings.file, findings.source));
  return value === undefined || !misfits(type, value) ? undefined : wrong;
}

/** What was likely meant: a number or a bool that was quoted, or a text that was not. */
function corrected(node: YamlNode, { kind }: SpecType): string | undefined {
  if (node.kind !== "scalar" || node.value === null || node.from !== undefined) return undefined;
  if (kind === "string" && typeof node.value !== "string") return JSON.stringify(node.literal || String(node.value));
  const pattern = kind === "int" ? /^-?\d+$/ : kind === "bool" ? /^(?:true|false)$/ : undefined;
  return typeof node.value === "string" && pattern?.test(node.value) ? node.value : undefined;
}
