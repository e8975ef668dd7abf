import type { Database } from "bun:sqlite";
import type { Cause, Completion, FlowError, FlowStatus, FlowTrace, Invocation, TraceEvent } from "../trace/mod.ts";
import { readFlowError, readObject, readSeq } from "./decode.ts";
import type { LogVersion } from "./log_schema.ts";

/** A flow as the log has it. */
export interface LoggedFlow {
  readonly flow_token: string;
  readonly status: FlowStatus;
  readonly error?: FlowError;
}

/** Where an event is found. */
export interface FoundEvent {
  readonly id: string;
  readonly flow_token: string;
}

interface FlowColumns {
  readonly flow_token: string;
  readonly status: FlowStatus | null;
  readonly error: string | null;
}

interface CausedInvocation {
  readonly id: string;
  readonly action_uri: string;
  readonly args: string;
  readonly seq: bigint;
  readonly sync_id: string | null;
  readonly completion_id: string | null;
  readonly bindings: string | null;
}

interface PlainCompletion {
  readonly id: string;
  readonly invocation_id: string;
  readonly action_uri: string;
  readonly output_case: string;
  readonly result: string;
  readonly seq: bigint;
  readonly assumed: bigint;
}

/** Reads traces out of a log of either version. Every list has one order, whatever the file looks like inside. */
export class LogReader {
  readonly #db: Database;
  readonly #version: LogVersion;

  constructor(db: Database, version: LogVersion) {
    this.#db = db;
    this.#version = version;
  }

  /** All flows, by their first `seq`; those without an event after the rest, by token. */
  flows(): LoggedFlow[] {
    const used = this.#db
      .query<FlowColumns, []>(
        this.#version === 1
          ? "SELECT flow_token, NULL AS status, NULL AS error FROM invocations GROUP BY flow_token ORDER BY min(seq), flow_token"
          : `SELECT i.flow_token, f.status, f.error FROM (SELECT flow_token, min(seq) AS first FROM invocations GROUP BY flow_token) i
             LEFT JOIN flows f ON f.flow_token = i.flow_token ORDER BY i.first, i.flow_token`,
      )
      .all();
    return [...used, ...this.#flowsWithoutEvents()].map(flowOf);
  }

  flow(token: string): LoggedFlow | undefined {
    const row =
      this.#version === 1
        ? undefined
        : this.#db
            .query<FlowColumns, [string]>("SELECT flow_token, status, error FROM flows WHERE flow_token = ?")
            .get(token);
    if (row) return flowOf(row);
    const used = this.#db.query("SELECT 1 FROM invocations WHERE flow_token = ? LIMIT 1").get(token);
    return used === null ? undefined : { flow_token: token, status: "imported" };
  }

  /** The events of a flow in `seq` order. */
  trace(flow: LoggedFlow): FlowTrace {
    const invocations = this.#invocations(flow.flow_token);
    const completions = this.#completions(flow.flow_token);
    return { ...flow, events: merged(invocations, completions), pending: invocations.length - completions.length };
  }

  /** Up to `limit` events whose id begins with `prefix`, by id. */
  findEvents(prefix: string, limit: number): FoundEvent[] {
    const sql = (table: string, join: string) =>
      `SELECT e.id AS id, i.flow_token AS flow_token FROM ${table} e JOIN invocations i ON i.id = ${join} WHERE e.id >= ?1 AND e.id < ?2`;
    const query = `${sql("invocations", "e.id")} UNION ALL ${sql("completions", "e.invocation_id")} ORDER BY id LIMIT ?3`;
    // No hex digit is beyond "f".
    return this.#db.query<FoundEvent, [string, string, number]>(query).all(prefix, `${prefix}g`, limit);
  }

  /** How many invocations and completions the log holds. */
  events(): number {
    const sql = "SELECT (SELECT count(*) FROM invocations) + (SELECT count(*) FROM completions) AS n";
    return Number(this.#db.query<{ n: bigint }, []>(sql).get()?.n ?? 0);
  }

  #flowsWithoutEvents(): FlowColumns[] {
    if (this.#version === 1) return [];
    return this.#db
      .query<FlowColumns, []>(
        "SELECT flow_token, status, error FROM flows WHERE flow_token NOT IN (SELECT flow_token FROM invocations) ORDER BY flow_token",
      )
      .all();
  }

  #invocations(token: string): Invocation[] {
    const bindings = this.#version === 1 ? "NULL" : "f.bindings";
    const rows = this.#db
      .query<CausedInvocation, [string]>(
        `SELECT i.id, i.action_uri, i.args, i.seq, f.sync_id, f.completion_id, ${bindings} AS bindings FROM invocations i
         LEFT JOIN provenance_edges e ON e.invocation_id = i.id LEFT JOIN sync_firings f ON f.id = e.sync_firing_id
         WHERE i.flow_token = ? ORDER BY i.seq, i.id, e.id`,
      )
      .all(token);
    // One edge an invocation is what plumb writes; of more, which the schema lets pass, the first counts.
    return rows.filter(({ id }, index) => rows[index - 1]?.id !== id).map(invocationEvent);
  }

  #completions(token: string): Completion[] {
    const assumed = this.#version === 1 ? "0" : "c.assumed";
    return this.#db
      .query<PlainCompletion, [string]>(
        `SELECT c.id, c.invocation_id, i.action_uri, c.output_case, c.result, c.seq, ${assumed} AS assumed
         FROM invocations i JOIN completions c ON c.invocation_id = i.id WHERE i.flow_token = ? ORDER BY c.seq, c.id`,
      )
      .all(token)
      .map(completionEvent);
  }
}

function flowOf({ flow_token, status, error }: FlowColumns): LoggedFlow {
  // A token without a row was written by someone else: it is closed as imported ones are (scenarios §6).
  const flow = { flow_token, status: status ?? "imported" };
  return error === null ? flow : { ...flow, error: readFlowError(error, flow_token) };
}

function invocationEvent(row: CausedInvocation): Invocation {
  const { id, action_uri, seq } = row;
  const args = readObject(row.args, "args", id);
  const cause = causeOf(row);
  const event = { action_uri, args, id, seq: readSeq(seq, id), type: "invocation" } as const;
  return cause === undefined ? event : { ...event, cause };
}

function causeOf({ id, sync_id, completion_id, bindings }: CausedInvocation): Cause | undefined {
  if (sync_id === null || completion_id === null) return undefined;
  const cause = { completion: completion_id, sync: syncName(sync_id) };
  return bindings === null ? cause : { ...cause, bindings: readObject(bindings, "bindings of the cause", id) };
}

/** The name of a sync without the `#k` that tells the firings of its `then` items apart (scenarios §4). */
export function syncName(syncId: string): string {
  return syncId.replace(/#\d+$/, "");
}

function completionEvent(row: PlainCompletion): Completion {
  const { id, action_uri, output_case } = row;
  const event = {
    action_uri,
    id,
    invocation: row.invocation_id,
    output_case,
    result: readObject(row.result, "result", id),
    seq: readSeq(row.seq, id),
    type: "completion",
  } as const;
  return row.assumed === 1n ? { ...event, assumed: true } : event;
}

/** Two lists in `seq` order as one; with equal numbers, which only a foreign log has, the invocation comes first. */
function merged(invocations: readonly Invocation[], completions: readonly Completion[]): TraceEvent[] {
  const events: TraceEvent[] = [];
  let next = 0;
  for (const invocation of invocations) {
    for (let completion = completions[next]; completion !== undefined && completion.seq < invocation.seq; ) {
      events.push(completion);
      completion = completions[++next];
    }
    events.push(invocation);
  }
  for (; next < completions.length; next++) {
    const completion = completions[next];
    if (completion !== undefined) events.push(completion);
  }
  return events;
}
