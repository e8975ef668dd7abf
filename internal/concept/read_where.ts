import { didYouMean } from "../diag/mod.ts";
import {
  keysOf,
  readEntries,
  readFields,
  readOneOrMany,
  readText,
  type YamlFindings,
  type YamlNode,
} from "../yaml/mod.ts";
import { checkSnippet, type SqlText } from "./check_snippet.ts";
import type { Table } from "./concept.ts";
import type { SyncContext } from "./read_pattern.ts";
import type { SqlProbe } from "./sql_probe.ts";
import { sqlTokens } from "./sql_tokens.ts";
import type { Scope, WhereQuery } from "./sync.ts";
import { WhereSchema } from "./sync_schema.ts";
import { quoted } from "./table_ddl.ts";

/** One query of `where` (scenarios.md §4), compiled to one parameterised SELECT. `probe` has all state tables. */
export function readWhere(node: YamlNode, scope: Scope, probe: SqlProbe, context: SyncContext): WhereQuery | undefined {
  const { findings, catalog, variables } = context;
  const fields = readFields(node, "a where query", keysOf(WhereSchema), findings);
  const fromNode = fields?.get("from");
  if (fields === undefined || fromNode === undefined) return undefined;
  const from = readText(fromNode, "from", findings);
  const table = from && catalog.table(from.value);
  if (from !== undefined && table === undefined && !catalog.isPartial) {
    const help = didYouMean(from.value, catalog.tableNames);
    findings.add("E_SYNC_TABLE_UNKNOWN", `no loaded concept has the table ${from.value}`, from, { help });
  }
  if (table !== undefined) checkScope(scope, table, fromNode.start, findings);
  // The filter knows what was bound before, not what this query binds.
  const filter = readFilter(fields.get("filter"), table, probe, context);
  const binds = readBinds(fields.get("bind"), table, context);
  const order = readOrder(fields.get("order_by"), table, findings);
  if (from === undefined || table === undefined || filter === undefined) return undefined;
  const seen = scopeFilter(scope, table);
  const conditions = [...seen.map(({ sql }) => sql), ...(filter.sql === "" ? [] : [filter.sql])];
  const columns = [...binds.map(({ column }) => quoted(column)), "1"].join(", ");
  const sql = [
    `SELECT ${columns} FROM ${quoted(table.name)}`,
    ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join(" AND ")}`]),
    `ORDER BY ${[...order, ...table.order].join(", ")}`,
  ].join(" ");
  const params = [...new Set([...seen.map(({ param }) => param), ...filter.params])];
  for (const param of params) if (variables.has(param)) variables.use(param, from.start);
  return { from: table.name, sql, params, binds, file: findings.file, pos: findings.source.position(from.start) };
}

/** The rows that a scope sees. */
function scopeFilter(scope: Scope, { columns }: Table): readonly { readonly sql: string; readonly param: string }[] {
  const param = scope.kind === "flow" ? "flow_token" : scope.kind === "keyed" ? scope.variable : undefined;
  // Columns compare without case (§2): as SQL takes this one for the other, a filter of the user would.
  const isFlow = scope.kind === "flow";
  const column = columns.find(({ name }) => (isFlow ? name.toLowerCase() : name) === param)?.name;
  return param === undefined || column === undefined ? [] : [{ sql: `${quoted(column)} = :${param}`, param }];
}

function checkScope(scope: Scope, { name, columns }: Table, start: number, findings: YamlFindings): void {
  if (scope.kind !== "keyed" || columns.some((column) => column.name === scope.variable)) return;
  const message = `the scope is keyed(${scope.variable}), but ${name} has no column ${scope.variable}`;
  findings.add("E_SYNC_SCOPE", message, start);
}

/** The filter in brackets, empty if there is none; undefined, with findings, if it cannot be used. */
function readFilter(
  node: YamlNode | undefined,
  table: Table | undefined,
  probe: SqlProbe,
  context: SyncContext,
): { readonly sql: string; readonly params: readonly string[] } | undefined {
  const { variables, findings } = context;
  if (node === undefined) return { sql: "", params: [] };
  const text = readText(node, "filter", findings);
  if (text === undefined) return undefined;
  const snippet = table && checkFilter(text, table, probe, context);
  if (snippet !== undefined) return snippet;
  // What it names is used, even where something else is wrong.
  for (const name of variables.names) if (new RegExp(`\\b${name}\\b`).test(text.value)) variables.use(name, text.start);
  return undefined;
}

function checkFilter(
  text: SqlText["node"],
  table: Table,
  probe: SqlProbe,
  { variables, findings }: SyncContext,
): { readonly sql: string; readonly params: readonly string[] } | undefined {
  const params = new Set([...variables.names, "flow_token"]);
  const before = `SELECT 1 FROM ${quoted(table.name)} WHERE (\n`;
  const scope = { probe, params, unknownParam: "E_SYNC_VAR_UNBOUND", before } as const;
  const snippet = checkSnippet({ kind: "expression", node: text }, scope, findings, boundDots(text.value));
  if (snippet === undefined) return undefined;
  return { sql: `(\n${snippet.sql.slice(before.length)}`, params: snippet.params };
}

/** `bound.x` outside strings is `:x`. The text keeps its length, so that places in it stay what they are. */
function boundDots(text: string): string {
  const tokens = sqlTokens(text);
  let rewritten = text;
  for (const [at, token] of tokens.entries()) {
    const [dot, name] = [tokens[at + 1], tokens[at + 2]];
    const isBound = token.quote === "" && token.text === "bound" && tokens[at - 1]?.text !== ".";
    if (!isBound || dot?.text !== "." || name?.kind !== "name") continue;
    const end = name.start + name.text.length;
    rewritten = rewritten.slice(0, token.start) + `:${name.name}`.padEnd(end - token.start) + rewritten.slice(end);
  }
  return rewritten;
}

function readBinds(
  node: YamlNode | undefined,
  table: Table | undefined,
  { variables, findings }: SyncContext,
): WhereQuery["binds"] {
  const entries = node === undefined ? [] : (readEntries(node, "bind", findings) ?? []);
  return entries.flatMap(({ key: variable, keyStart, value }): WhereQuery["binds"] => {
    const text = readText(value, `the column of ${variable}`, findings);
    const column = text && table && findColumn(text.value, text.start, table, findings);
    const isKey = column !== undefined && (table?.key.includes(column.name) ?? false);
    const isBound = variables.bind(variable, column?.type, keyStart, isKey);
    return column !== undefined && isBound ? [{ variable, column: column.name, type: column.type }] : [];
  });
}

function readOrder(node: YamlNode | undefined, table: Table | undefined, findings: YamlFindings): readonly string[] {
  if (node === undefined) return [];
  return readOneOrMany(node).flatMap((item): readonly string[] => {
    const text = readText(item, "order_by", findings);
    if (text === undefined) return [];
    const [, name = "", direction = ""] = /^\s*(\S+)(?:\s+(asc|desc))?\s*$/i.exec(text.value) ?? [];
    if (name === "") {
      findings.add(
        "E_KEY_TYPE",
        `order_by must be a column, or a column and desc, found ${JSON.stringify(text.value)}`,
        text,
      );
      return [];
    }
    const column = table && findColumn(name, text.start, table, findings);
    return column === undefined
      ? []
      : [`${quoted(column.name)}${direction === "" ? "" : ` ${direction.toUpperCase()}`}`];
  });
}

function findColumn(
  name: string,
  start: number,
  table: Table,
  findings: YamlFindings,
): Table["columns"][number] | undefined {
  const column = table.columns.find((own) => own.name === name);
  if (column === undefined) {
    const names = table.columns.map((own) => own.name);
    const help = didYouMean(name, names);
    findings.add("E_SYNC_COLUMN_UNKNOWN", `${table.name} has no column ${name}; it has ${names.join(", ")}`, start, {
      help,
    });
  }
  return column;
}
