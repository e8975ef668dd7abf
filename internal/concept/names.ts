import { LOG_NAMES } from "../store/mod.ts";
import type { YamlFindings } from "../yaml/mod.ts";

/** The names of specs (scenarios.md §2). */
const RULES = {
  concept: /^[A-Z][A-Za-z0-9]*$/,
  case: /^[A-Z][A-Za-z0-9]*$/,
  action: /^[a-z][A-Za-z0-9_]*$/,
  sync: /^[A-Za-z][A-Za-z0-9_-]*$/,
  arg: /^[A-Za-z_][A-Za-z0-9_]*$/,
  field: /^[A-Za-z_][A-Za-z0-9_]*$/,
  table: /^[A-Za-z_][A-Za-z0-9_]*$/,
  column: /^[A-Za-z_][A-Za-z0-9_]*$/,
  variable: /^[A-Za-z_][A-Za-z0-9_]*$/,
} as const;

type Named = keyof typeof RULES;

const ENGINE_NAMES: ReadonlySet<string> = new Set(["flow_token", "invocation_id", "seq"]);

/** Whether a name can be used; findings: E_SPEC_NAME, E_SPEC_RESERVED. */
export function checkName(name: string, named: Named, at: number, findings: YamlFindings): boolean {
  if (!RULES[named].test(name)) {
    const message = `${JSON.stringify(name)} is no name of ${named === "arg" || named === "action" ? "an" : "a"} ${named}; it must match ${RULES[named].source.slice(1, -1)}`;
    findings.add("E_SPEC_NAME", message, at);
    return false;
  }
  const lower = name.toLowerCase();
  if (named === "table" && (LOG_NAMES.has(lower) || lower.startsWith("sqlite_"))) {
    const whose = LOG_NAMES.has(lower) ? "the event log" : "SQLite";
    findings.add("E_SPEC_RESERVED", `the table ${name} has a name of ${whose}`, at, { help: `state_${lower}` });
    return false;
  }
  if ((named === "arg" || named === "variable") && ENGINE_NAMES.has(name)) {
    findings.add("E_SPEC_RESERVED", `${name} is given by the engine; choose another name for the ${named}`, at);
    return false;
  }
  return true;
}
