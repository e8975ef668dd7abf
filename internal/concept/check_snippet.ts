import { placeInScalar, type YamlFindings, type YamlScalar } from "../yaml/mod.ts";
import { examineSql, type SqlScope } from "./examine_sql.ts";
import type { Snippet } from "./snippet.ts";

/** A piece of SQL in a spec, before it is checked. */
export interface SqlText {
  readonly kind: "effect" | "expression";
  readonly node: YamlScalar & { readonly value: string };
}

/** The parameters that every snippet of an action has (scenarios.md §3). */
export const ENGINE_PARAMS: readonly string[] = ["flow_token", "invocation_id", "seq"];

/**
 * Checks a snippet by all rules of scenarios.md §3 and makes it ready to run; undefined, with findings, if it breaks one.
 *
 * @param text what is checked in place of the written text, of the same length
 */
export function checkSnippet(
  { kind, node }: SqlText,
  scope: SqlScope,
  findings: YamlFindings,
  text = node.value,
): Snippet | undefined {
  const { faults, sql, params } = examineSql(kind, text, scope);
  for (const { code, message, index, help } of faults) {
    findings.add(code, message, placeInScalar(findings.source.text, node, index), { help });
  }
  if (faults.length > 0) return undefined;
  return { text: node.value, sql, params, file: findings.file, pos: findings.source.position(node.start) };
}
