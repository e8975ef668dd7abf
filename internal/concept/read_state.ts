import { didYouMean } from "../diag/mod.ts";
import {
  keysOf,
  readEntries,
  readFields,
  readOneOrMany,
  readText,
  type YamlEntry,
  type YamlFindings,
  type YamlNode,
} from "../yaml/mod.ts";
import type { Field, Table } from "./concept.ts";
import { TableSchema } from "./concept_schema.ts";
import { checkName } from "./names.ts";
import { readTypes } from "./read_fields.ts";
import { rowOrder, tableDdl } from "./table_ddl.ts";

/** SQLite takes no more than twice as many. */
const MOST_COLUMNS = 1_000;

/** The tables of `state:` (scenarios.md §3), long or short form. */
export function readState(node: YamlNode | undefined, concept: string, findings: YamlFindings): readonly Table[] {
  const entries = node === undefined ? [] : (readEntries(node, "state", findings) ?? []);
  return entries.flatMap((entry) => readTable(entry, concept, findings) ?? []);
}

function readTable(
  { key: name, keyStart, value }: YamlEntry,
  concept: string,
  findings: YamlFindings,
): Table | undefined {
  const isNamed = checkName(name, "table", keyStart, findings);
  const isLong =
    value.kind === "map" && value.entries.some((entry) => entry.key === "fields" && entry.value.kind === "map");
  const what = `the table ${name}`;
  const fields = isLong ? readFields(value, what, keysOf(TableSchema), findings) : undefined;
  const columnsNode = isLong ? fields?.get("fields") : value;
  const columns = distinct(readTypes(columnsNode, `the columns of ${name}`, "column", findings), columnsNode, findings);
  const hasColumns = columnsNode?.kind !== "map" || columnsNode.entries.length > 0;
  if (!hasColumns) findings.add("E_KEY_TYPE", `${what} must have at least one column`, value);
  if (columns.length > MOST_COLUMNS) {
    findings.add("E_KEY_TYPE", `${what} must have at most ${MOST_COLUMNS} columns, found ${columns.length}`, value);
    return undefined;
  }
  const keyNode = fields?.get("key");
  const key = keyNode === undefined ? [] : readKey(keyNode, name, columns, findings);
  if (!isNamed || columns.length === 0) return undefined;
  const pos = findings.source.position(keyStart);
  const [order, ddl] = [rowOrder(columns, key), tableDdl(name, columns, key)];
  return { name, concept, columns, key, order, ddl, file: findings.file, pos };
}

/** SQL compares the names of columns without case. */
function distinct(columns: readonly Field[], node: YamlNode | undefined, findings: YamlFindings): readonly Field[] {
  const seen = new Map<string, string>();
  return columns.filter(({ name }) => {
    const first = seen.get(name.toLowerCase());
    if (first === undefined) {
      seen.set(name.toLowerCase(), name);
      return true;
    }
    const entry = node?.kind === "map" ? node.entries.find(({ key }) => key === name) : undefined;
    findings.add("E_SPEC_DUPLICATE", `the column ${name} is there already as ${first}`, entry?.keyStart ?? 0);
    return false;
  });
}

function readKey(node: YamlNode, table: string, columns: readonly Field[], findings: YamlFindings): readonly string[] {
  const names = columns.map(({ name }) => name);
  const key = new Set<string>();
  const items = readOneOrMany(node);
  if (items.length === 0) findings.add("E_KEY_TYPE", `the key of ${table} must name at least one column`, node);
  for (const item of items) {
    const text = readText(item, `a key column of ${table}`, findings);
    if (text === undefined) continue;
    const { value: name } = text;
    if (!names.includes(name)) {
      const help = didYouMean(name, names);
      findings.add("E_SPEC_SQL_COLUMN", `the key of ${table} names ${name}, which is none of its columns`, item, {
        help,
      });
    } else if (key.has(name)) findings.add("E_SPEC_DUPLICATE", `the key of ${table} names ${name} twice`, item);
    else key.add(name);
  }
  return [...key];
}
