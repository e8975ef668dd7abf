import { readBool, readInt, shownNode, type YamlMap, type YamlNode } from "../../yaml/mod.ts";
import { STATE_KEYS } from "./assertion_keys.ts";
import { checkType } from "./check_args.ts";
import { checkFields } from "./check_fields.ts";
import { isLate } from "./late_scalar.ts";
import { isKnown, type ReadContext, readName } from "./read_context.ts";
import { readLate } from "./read_late.ts";
import { readLateMap } from "./read_map.ts";
import type { AssertionFields } from "./read_matching.ts";
import type { Assertion, At } from "./scenario_spec.ts";

type FinalState = Extract<Assertion, { type: "final_state" }>;

/** Looks at the columns of a row. */
type CheckRow = (row: YamlMap) => void;

/** `final_state` (scenarios.md §8): a table, and one of expect, rows, absent. */
export function readFinalState(fields: AssertionFields, at: At, context: ReadContext): Assertion | undefined {
  const { findings, names } = context;
  const tableNode = fields.get("table");
  const table = tableNode && readName(tableNode, "table", context);
  const columns = table && names.table(table, findings);
  const check = (row: YamlMap) => checkFields(row, columns, `the table ${table?.value}`, findings, "column");
  const types = table && names.columnTypes(table.value);
  const where = readLateMap(fields.get("where"), "where", context, (row) => {
    check(row);
    // No row could have such a value, so that `absent` and `rows: 0` would always hold.
    for (const { key: column, value } of row.entries) {
      const type = types?.get(column);
      const what = { code: "E_KEY_TYPE", what: `the column ${column} of ${table?.value}` };
      if (type !== undefined) checkType(value, type, what, findings);
    }
  });
  const [key, ...others] = STATE_KEYS.filter((known) => fields.get(known) !== undefined);
  if (key === undefined) {
    findings.add("E_KEY_MISSING", `final_state must have one of the keys ${STATE_KEYS.join(", ")}`, fields);
  }
  for (const other of others) {
    const message = `final_state has one of the keys ${STATE_KEYS.join(", ")}, and this one has ${key} already`;
    findings.add("E_KEY_UNKNOWN", message, fields.keyStart(other));
  }
  const node = key && fields.get(key);
  const is = node && readIs(key, node, check, context);
  return table && is && { type: "final_state", table: table.value, where, is, ...at };
}

function readIs(
  key: (typeof STATE_KEYS)[number],
  node: YamlNode,
  check: CheckRow,
  context: ReadContext,
): FinalState["is"] | undefined {
  if (key === "expect") {
    const row = readLateMap(node, "expect", context, check);
    return row && { kind: "expect", row };
  }
  if (key === "rows") return readRows(node, check, context);
  if (!isKnown(node, context)) return undefined;
  const absent = readBool(node, "absent", context.findings);
  if (absent === false)
    context.findings.add("E_KEY_TYPE", "absent can be true only; rows: says how many there are", node);
  return absent === true ? { kind: "absent" } : undefined;
}

/** How many, or which. */
function readRows(node: YamlNode, check: CheckRow, context: ReadContext): FinalState["is"] | undefined {
  const { findings } = context;
  if (!isKnown(node, context)) return undefined;
  if (node.kind === "scalar") {
    if (typeof node.value !== "bigint") {
      findings.add("E_KEY_TYPE", `rows must be an int of at least 0 or a list of rows, found ${shownNode(node)}`, node);
      return undefined;
    }
    const count = readInt(node, "rows", 0, findings);
    return count === undefined ? undefined : { kind: "count", count };
  }
  if (node.kind === "map") {
    findings.add("E_KEY_TYPE", "rows must be an int of at least 0 or a list of rows, found a mapping", node);
    return undefined;
  }
  for (const row of node.items) {
    if (row.kind === "map") check(row);
    else if (!isLate(row)) findings.add("E_KEY_TYPE", `a row must be a mapping, found ${shownNode(row)}`, row);
  }
  const rows = readLate(node, findings);
  return rows && { kind: "rows", rows };
}
