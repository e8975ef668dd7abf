import { keysOf, readFields, readOneOrMany, readText, type YamlFindings, type YamlNode } from "../yaml/mod.ts";
import type { Catalog } from "./catalog.ts";
import { checkName } from "./names.ts";
import { readPattern, type SyncContext } from "./read_pattern.ts";
import { readThen } from "./read_then.ts";
import { readWhere } from "./read_where.ts";
import type { SqlProbe } from "./sql_probe.ts";
import type { Scope, Sync } from "./sync.ts";
import { SyncSchema } from "./sync_schema.ts";
import { SyncVariables } from "./sync_variables.ts";

/** A document with the key `sync` (scenarios.md §4), compiled. `probe` has all state tables. */
export function readSync(node: YamlNode, catalog: Catalog, probe: SqlProbe, findings: YamlFindings): Sync | undefined {
  const fields = readFields(node, "a sync", keysOf(SyncSchema), findings);
  const nameNode = fields?.get("sync");
  if (fields === undefined || nameNode === undefined) return undefined;
  const text = readText(nameNode, "sync", findings);
  const isNamed = text !== undefined && checkName(text.value, "sync", text.start, findings);
  const name = text?.value ?? "";
  const variables = new SyncVariables(name, findings);
  const context: SyncContext = { catalog, variables, findings };
  const scope = readScope(fields.get("scope"), findings);

  const when = some(fields.get("when"), "when", findings).flatMap((item) => readPattern(item, context) ?? []);
  checkKeyed(scope, when, findings, fields.keyStart("scope"));
  if (scope.kind === "keyed" && variables.has(scope.variable)) variables.use(scope.variable, nameNode.start);
  const where = some(fields.get("where"), "where", findings).flatMap(
    (item) => readWhere(item, scope, probe, context) ?? [],
  );
  const invokes = some(fields.get("then"), "then", findings).flatMap((item, index) => {
    const syncId = index === 0 ? name : `${name}#${index + 1}`;
    return readThen(item, syncId, context) ?? [];
  });
  variables.warnUnused();
  if (!isNamed) return undefined;
  const place = { file: findings.file, pos: findings.source.position(nameNode.start) };
  return { name, scope, when, where, invokes, variables: variables.names, ...place };
}

/** One thing or a list of at least one. */
function some(node: YamlNode | undefined, what: string, findings: YamlFindings): readonly YamlNode[] {
  if (node === undefined) return [];
  const items = readOneOrMany(node);
  if (items.length === 0) findings.add("E_KEY_TYPE", `${what} must not be an empty list`, node);
  return items;
}

function readScope(node: YamlNode | undefined, findings: YamlFindings): Scope {
  const text = node && readText(node, "scope", findings);
  if (text === undefined || text.value === "flow") return { kind: "flow" };
  if (text.value === "global") return { kind: "global" };
  const keyed = /^keyed\(\s*(?:"([^"]*)"|([^"\s]*))\s*\)$/.exec(text.value);
  const variable = keyed?.[1] ?? keyed?.[2];
  if (variable === undefined || variable === "") {
    const message = `scope must be flow, global or keyed(variable), found ${JSON.stringify(text.value)}`;
    findings.add("E_SYNC_SCOPE", message, text);
    return { kind: "flow" };
  }
  return { kind: "keyed", variable };
}

function checkKeyed(
  scope: Scope,
  when: readonly { action: string; binds: ReadonlySet<string> }[],
  findings: YamlFindings,
  start: number,
): void {
  if (scope.kind !== "keyed") return;
  for (const { action } of when.filter(({ binds }) => !binds.has(scope.variable))) {
    const message = `the scope is keyed(${scope.variable}), but the pattern of ${action} does not bind ${scope.variable}`;
    findings.add("E_SYNC_SCOPE", message, start);
  }
}
