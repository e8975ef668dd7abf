import { expect, test } from "bun:test";
import { comparable, EXCLUSIONS, type TraceEvent } from "../trace/mod.ts";
import { openTemplate, storeTemplate } from "./open_store.ts";

/** Where a compared column is seen in a trace. */
const COMPARED: Record<string, string> = {
  "invocations.id": "invocation.id",
  "invocations.flow_token": "the flow it stands in",
  "invocations.action_uri": "invocation.action_uri",
  "invocations.args": "invocation.args",
  "invocations.seq": "invocation.seq",
  "completions.id": "completion.id",
  "completions.invocation_id": "completion.invocation",
  "completions.output_case": "completion.output_case",
  "completions.result": "completion.result",
  "completions.seq": "completion.seq",
  "completions.assumed": "completion.assumed",
  "sync_firings.completion_id": "invocation.cause.completion",
  "sync_firings.sync_id": "invocation.cause.sync",
  "sync_firings.bindings": "invocation.cause.bindings",
  "provenance_edges.invocation_id": "the invocation with that cause",
  "flows.flow_token": "the flow itself",
  "flows.status": "the flow's status",
  "flows.error": "the code of the flow's error",
};

test("every column of the log is compared, or is in the table of exclusions; those of imported flows are in both", () => {
  const { db } = openTemplate(storeTemplate());
  const columns = db
    .query<{ name: string }, []>(
      "SELECT s.name || '.' || c.name AS name FROM sqlite_schema s JOIN pragma_table_info(s.name) c WHERE s.type = 'table'",
    )
    .all()
    .map(({ name }) => name);
  const always = EXCLUSIONS.filter((exclusion) => exclusion.of === undefined).map(({ column }) => column);
  expect([...Object.keys(COMPARED), ...always].sort()).toEqual(columns.sort());
  const imported = EXCLUSIONS.filter((exclusion) => exclusion.of === "imported").map(({ column }) => column);
  expect(imported.every((column) => column in COMPARED)).toBe(true);
  expect(new Set(EXCLUSIONS.map(({ column }) => column)).size).toBe(EXCLUSIONS.length);
});

test("every exclusion has its reason", () => {
  for (const { column, reason } of EXCLUSIONS) expect([column, reason.length > 20]).toEqual([column, true]);
});

test("the bindings of causes are left out for imported flows, and for no others", () => {
  const event: TraceEvent = {
    action_uri: "A.b",
    args: {},
    cause: { bindings: { n: 1 }, completion: "c".repeat(64), sync: "s" },
    id: "a".repeat(64),
    seq: 3,
    type: "invocation",
  };
  expect(comparable(event, "open")).toBe(event);
  expect(comparable(event, "failed")).toBe(event);
  expect(comparable(event, "imported")).toEqual({ ...event, cause: { completion: "c".repeat(64), sync: "s" } });
});
