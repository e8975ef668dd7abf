import type { Database } from "bun:sqlite";
import {
  COMPLETION_COLUMNS,
  type CompletionColumns,
  completionOf,
  INVOCATION_COLUMNS,
  type InvocationColumns,
  invocationOf,
  readSeq,
} from "./decode.ts";
import { syncName } from "./log_reader.ts";
import type { LoggedCompletion, LoggedInvocation } from "./rows.ts";

/** A root with the key that made it safe to retry, if it had one. */
export interface LoggedRoot extends LoggedInvocation {
  readonly request_key: string | undefined;
}

/** An invocation that a sync made. */
export interface FiredInvocation {
  readonly sync: string;
  readonly invocation: LoggedInvocation;
}

/** A firing among the causes of a completion. */
export interface AncestorFiring {
  readonly sync_id: string;
  readonly binding_hash: string;
  readonly bindings: string | undefined;
  /** The completion that triggered it. */
  readonly trigger: string;
  /** The id of the invocation that it made. */
  readonly invocation: string;
}

interface RootColumns extends InvocationColumns {
  readonly request_key: string | null;
}

/** What the engine asks a log of version 2. Every list has one order: by `seq`, and for foreign logs then by id. */
export class EngineQueries {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The largest `seq` in the log, 0 for a new one: where the logical clock goes on (scenarios §5). */
  maxSeq(): number {
    const sql =
      "SELECT max(ifnull((SELECT max(seq) FROM invocations), 0), ifnull((SELECT max(seq) FROM completions), 0)) AS seq";
    return readSeq(this.#db.query<{ seq: bigint }, []>(sql).get()?.seq ?? 0n, "the log");
  }

  invocation(id: string): LoggedInvocation | undefined {
    return this.#invocations(`SELECT ${INVOCATION_COLUMNS} FROM invocations i WHERE i.id = ?`, id)[0];
  }

  /** The completion of an invocation; undefined: it is pending. */
  completionOf(invocationId: string): LoggedCompletion | undefined {
    return this.#completions("WHERE c.invocation_id = ?", invocationId)[0];
  }

  completion(id: string): LoggedCompletion | undefined {
    return this.#completions("WHERE c.id = ?", id)[0];
  }

  /** Finished invocations of an action, of one flow or of the whole log, by the `seq` of their completions. */
  finished(actionUri: string, flowToken?: string): LoggedCompletion[] {
    return flowToken === undefined
      ? this.#completions("WHERE i.action_uri = ? ORDER BY c.seq, c.id", actionUri)
      : this.#completions("WHERE i.action_uri = ? AND i.flow_token = ? ORDER BY c.seq, c.id", actionUri, flowToken);
  }

  /** How many invocations a flow holds, pending ones included: what the quota counts (scenarios §4). */
  invocationsOf(flowToken: string): number {
    const sql = "SELECT count(*) AS n FROM invocations WHERE flow_token = ?";
    return Number(this.#db.query<{ n: bigint }, [string]>(sql).get(flowToken)?.n ?? 0);
  }

  /** Completions of open flows that no sync has seen yet. Reads the whole log: for opening it. */
  unevaluated(): LoggedCompletion[] {
    return this.#completions(
      "JOIN flows f ON f.flow_token = i.flow_token WHERE f.status = 'open' AND c.evaluated = 0 ORDER BY c.seq, c.id",
    );
  }

  /** Invocations of open flows without completion. Reads the whole log where there are some: for opening it. */
  pending(): LoggedInvocation[] {
    if (!this.#hasPending()) return [];
    return this.#invocations(
      `SELECT ${INVOCATION_COLUMNS} FROM invocations i JOIN flows f ON f.flow_token = i.flow_token
       WHERE f.status = 'open' AND NOT EXISTS (SELECT 1 FROM completions c WHERE c.invocation_id = i.id) ORDER BY i.seq, i.id`,
    );
  }

  /**
   * False: every invocation has its completion, but for those of closed flows. Counting them takes a hundredth of the time
   * that looking for each takes; a log whose flows have no rows is looked through.
   */
  #hasPending(): boolean {
    // CROSS JOIN keeps the order: few flows are closed.
    const sql = `SELECT (SELECT count(*) FROM invocations) - (SELECT count(*) FROM completions) - (
        SELECT count(*) FROM flows f CROSS JOIN invocations i ON i.flow_token = f.flow_token WHERE f.status <> 'open'
        AND NOT EXISTS (SELECT 1 FROM completions c WHERE c.invocation_id = i.id)) AS n`;
    return this.#db.query<{ n: bigint }, []>(sql).get()?.n !== 0n;
  }

  /** The root that was recorded under a key. */
  rootByKey(key: string): LoggedRoot | undefined {
    const sql = `SELECT ${INVOCATION_COLUMNS}, i.request_key FROM invocations i WHERE i.request_key = ?`;
    const row = this.#db.query<RootColumns, [string]>(sql).get(key);
    return row === null ? undefined : rootOf(row);
  }

  /** Everything that an invocation caused, however far, in `seq` order (scenarios §11, `fired`). */
  firedBy(invocationId: string): FiredInvocation[] {
    return this.#db
      .query<InvocationColumns & { sync_id: string }, [string]>(
        `WITH RECURSIVE chain(id, sync_id) AS (
           SELECT ?1, ''
           UNION
           SELECT e.invocation_id, f.sync_id FROM chain h JOIN completions c ON c.invocation_id = h.id
           JOIN sync_firings f ON f.completion_id = c.id JOIN provenance_edges e ON e.sync_firing_id = f.id)
         SELECT ${INVOCATION_COLUMNS}, h.sync_id FROM chain h JOIN invocations i ON i.id = h.id WHERE h.sync_id <> ''
         ORDER BY i.seq, i.id`,
      )
      .all(invocationId)
      .map((row) => ({ sync: syncName(row.sync_id), invocation: invocationOf(row) }));
  }

  /** Whether everything that an invocation caused, however far, is completed and evaluated: nothing will come of it any more. */
  isSettled(invocationId: string): boolean {
    const sql = `WITH RECURSIVE chain(id) AS (
        SELECT ?1
        UNION
        SELECT e.invocation_id FROM chain h JOIN completions c ON c.invocation_id = h.id
        JOIN sync_firings f ON f.completion_id = c.id JOIN provenance_edges e ON e.sync_firing_id = f.id)
      SELECT 1 FROM chain h LEFT JOIN completions c ON c.invocation_id = h.id WHERE c.evaluated IS NOT 1 LIMIT 1`;
    return this.#db.query(sql).get(invocationId) === null;
  }

  /** The firings that led to a completion, the nearest first (scenarios §4, cycle). */
  *ancestors(completionId: string): Generator<AncestorFiring> {
    // By hand and not recursive in SQL: a search for a cycle mostly ends after a step or two.
    const query = this.#db.query<
      { sync_id: string; binding_hash: string; bindings: string | null; trigger: string; invocation: string },
      [string]
    >(
      `SELECT f.sync_id, f.binding_hash, f.bindings, f.completion_id AS trigger, c.invocation_id AS invocation FROM completions c
       JOIN provenance_edges e ON e.invocation_id = c.invocation_id JOIN sync_firings f ON f.id = e.sync_firing_id
       WHERE c.id = ? ORDER BY e.id LIMIT 1`,
    );
    for (let row = query.get(completionId); row !== null; row = query.get(row.trigger)) {
      yield { ...row, bindings: row.bindings ?? undefined };
    }
  }

  /** Whether a firing is in the log already (scenarios §4, idempotency). */
  hasFired(completionId: string, syncId: string, bindingHash: string): boolean {
    const sql = "SELECT 1 FROM sync_firings WHERE completion_id = ? AND sync_id = ? AND binding_hash = ?";
    return this.#db.query(sql).get(completionId, syncId, bindingHash) !== null;
  }

  #invocations(sql: string, ...params: string[]): LoggedInvocation[] {
    return this.#db
      .query<InvocationColumns, string[]>(sql)
      .all(...params)
      .map(invocationOf);
  }

  #completions(rest: string, ...params: string[]): LoggedCompletion[] {
    return this.#db
      .query<CompletionColumns, string[]>(
        `SELECT ${COMPLETION_COLUMNS} FROM completions c JOIN invocations i ON i.id = c.invocation_id ${rest}`,
      )
      .all(...params)
      .map(completionOf);
  }
}

function rootOf(row: RootColumns): LoggedRoot {
  return { ...invocationOf(row), request_key: row.request_key ?? undefined };
}
