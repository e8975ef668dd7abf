import { type Action, misfits, noBody, typeName } from "../concept/mod.ts";
import { type Diagnostic, diagnostic, didYouMean } from "../diag/mod.ts";
import type { StrictObject } from "../store/mod.ts";
import { canonicalStrict, isObject, type Strict, toStrict, ValueError } from "../value/mod.ts";
import { kindOf } from "./kind_of.ts";
import type { Refused, Root } from "./outcome.ts";
import type { Program } from "./program.ts";

/** A root that may be recorded, as far as the specs say. */
export interface CheckedRoot {
  readonly kind: "checked";
  readonly action: Action;
  /** In the strict profile, text in NFC. */
  readonly args: StrictObject;
  /** In NFC. */
  readonly flowToken: string;
}

/** What a user did who named a folder without specs. */
const NO_SPECS = "there is no concept at all; do the paths of --specs lead to *.concept.yaml files?";

/**
 * Holds a root against the specs (scenarios.md §3, Invoking), without a log: E_ACTION_UNKNOWN, E_VALUE_*, E_ARG_*. All that is
 * wrong with the args is found.
 */
export function readRoot(program: Program, { action: uri, args, flowToken }: Root): CheckedRoot | Refused {
  const action = program.actions.get(uri);
  if (action === undefined) {
    const help = program.actions.size === 0 ? NO_SPECS : didYouMean(uri, program.actions.keys());
    return refused([finding("E_ACTION_UNKNOWN", `no loaded concept has the action ${uri}`, help)]);
  }
  const findings: Diagnostic[] = [];
  const token = strictOr(() => toStrict(flowToken), findings, "the flow token: ");
  const values = strictArgs(args, findings);
  if (values !== undefined) findings.push(...argFindings(action, values, args));
  if (findings.length > 0 || values === undefined) return refused(findings);
  return { kind: "checked", action, args: values, flowToken: String(token) };
}

/** All that the specs have against a root, before any log is opened: `readRoot`, and E_ACTION_UNIMPLEMENTED. */
export function checkRoot(program: Program, root: Root): Refused | undefined {
  const read = readRoot(program, root);
  return read.kind === "refused" ? read : unimplemented(read.action);
}

/** E_ACTION_UNIMPLEMENTED of an action that nothing runs; undefined: it has a body. */
export function unimplemented(action: Action): Refused | undefined {
  return action.body === "none" ? refused([finding("E_ACTION_UNIMPLEMENTED", noBody(action))]) : undefined;
}

export function refused(findings: readonly Diagnostic[]): Refused {
  const [first] = findings;
  return { kind: "refused", code: first?.code ?? "", message: first?.message ?? "", findings };
}

export function finding(code: string, message: string, help?: string): Diagnostic {
  return diagnostic({ code, message, data: help === undefined ? undefined : { help } });
}

/** The args as strict values; of those that are none, a finding each. undefined: they are no object. */
function strictArgs(args: unknown, findings: Diagnostic[]): StrictObject | undefined {
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    findings.push(finding("E_ARG_TYPE", `the args must be an object of args by name, found ${kindOf(args)}`));
    return undefined;
  }
  const whole = strictOr(() => toStrict(args), []);
  if (whole !== undefined && isObject(whole)) return whole as StrictObject;
  const found: StrictObject = {};
  for (const [name, value] of Object.entries(args)) {
    // One at a time, so that the path of each begins with its name.
    const one = strictOr(() => toStrict({ [name]: value }), findings);
    if (one !== undefined) Object.assign(found, one);
  }
  // Each is right, but two of them have one name in NFC, or it is no plain object.
  if (findings.length === 0) strictOr(() => toStrict(args), findings);
  return found;
}

function strictOr(make: () => Strict, findings: Diagnostic[], what = ""): Strict | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    findings.push(finding(error.code, `${what}${error.message}`, error.help));
    return undefined;
  }
}

/** What is wrong with args that are strict values. `given` tells which were given but are none. */
function argFindings(action: Action, args: StrictObject, given: unknown): readonly Diagnostic[] {
  const names = action.args.map(({ name }) => name);
  const findings: Diagnostic[] = [];
  for (const name of Object.keys(args)) {
    if (names.includes(name)) continue;
    const known = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
    findings.push(finding("E_ARG_UNKNOWN", `${action.uri} has no arg ${name}; ${known}`, didYouMean(name, names)));
  }
  for (const { name, type } of action.args) {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    if (value === undefined) {
      const isGiven = typeof given === "object" && given !== null && Object.hasOwn(given, name);
      if (!isGiven) findings.push(finding("E_ARG_MISSING", `${action.uri} needs the arg ${name} (${typeName(type)})`));
    } else if (misfits(type, value)) {
      const message = `the arg ${name} of ${action.uri} is declared as ${typeName(type)}, got ${canonicalStrict(value)}`;
      findings.push(finding("E_ARG_TYPE", message));
    }
  }
  return findings;
}
