import { INVOCATION_COLUMNS, type InvocationColumns, invocationOf, readObject, readSeq } from "./decode.ts";
import type { OpenedReader } from "./open_store.ts";
import type { Assumed, LoggedInvocation, StrictObject } from "./rows.ts";
import type { WrittenCompletion, WrittenEvent, WrittenFiring, WrittenInvocation } from "./written_event.ts";

/** A completion that no body made. */
export interface TakenAnswer {
  readonly case: string;
  readonly result: StrictObject;
  readonly assumed: Assumed;
}

interface TakenColumns {
  readonly invocation_id: string;
  readonly output_case: string;
  readonly result: string;
  readonly assumed: bigint;
}

const PAGE = 500;
const BEFORE_ALL = -(2n ** 63n);

/** What replay reads of the log that it executes again (scenarios.md §11), of either version. */
export class ReplaySource {
  readonly #opened: OpenedReader;

  constructor(opened: OpenedReader) {
    this.#opened = opened;
  }

  /** All events by `seq`, one at a time, without causes; those with one number by id, invocations first. */
  *events(): Generator<WrittenEvent> {
    const completions = this.#completions();
    let next = completions.next();
    for (const invocation of this.#invocations()) {
      for (; next.value !== undefined && next.value.seq < invocation.seq; next = completions.next()) yield next.value;
      yield invocation;
    }
    for (; next.value !== undefined; next = completions.next()) yield next.value;
  }

  /** All firings in the order in which they were written, one at a time. */
  *firings(): Generator<WrittenFiring, undefined> {
    const bindings = this.#opened.version === 1 ? "NULL" : "f.bindings";
    const sql = `SELECT e.id, e.invocation_id, f.completion_id, f.sync_id, ${bindings} FROM provenance_edges e
      JOIN sync_firings f ON f.id = e.sync_firing_id WHERE e.id > ? ORDER BY e.id LIMIT ${PAGE}`;
    for (const [, invocation_id, completion_id, sync_id, text] of this.#pages(sql, 1)) {
      yield {
        invocation_id: String(invocation_id),
        completion_id: String(completion_id),
        sync_id: String(sync_id),
        bindings: text === null ? null : String(text),
      };
    }
    return undefined;
  }

  /** An invocation that no edge points to; undefined: a sync made it. */
  root(id: string): LoggedInvocation | undefined {
    const at_ms = this.#opened.version === 1 ? "0" : "i.at_ms";
    const sql = `SELECT ${INVOCATION_COLUMNS.replace("i.at_ms", `${at_ms} AS at_ms`)} FROM invocations i
      WHERE i.id = ? AND NOT EXISTS (SELECT 1 FROM provenance_edges e WHERE e.invocation_id = i.id)`;
    const row = this.#opened.db.query<InvocationColumns, [string]>(sql).get(id);
    return row === null ? undefined : invocationOf(row);
  }

  *#invocations(): Generator<WrittenInvocation> {
    const sql = `SELECT seq, id, flow_token, action_uri, args FROM invocations
      WHERE (seq, id) > (?, ?) ORDER BY seq, id LIMIT ${PAGE}`;
    for (const [number, id, flow_token, action_uri, args] of this.#pages(sql, 2)) {
      yield {
        kind: "invocation",
        seq: seqOf(number, id),
        id: String(id),
        flow_token: String(flow_token),
        action_uri: String(action_uri),
        args: String(args),
      };
    }
  }

  *#completions(): Generator<WrittenCompletion, undefined> {
    const assumed = this.#opened.version === 1 ? "0" : "assumed";
    const sql = `SELECT seq, id, invocation_id, output_case, result, ${assumed} FROM completions
      WHERE (seq, id) > (?, ?) ORDER BY seq, id LIMIT ${PAGE}`;
    for (const [number, id, invocation_id, output_case, result, mark] of this.#pages(sql, 2)) {
      yield {
        kind: "completion",
        seq: seqOf(number, id),
        id: String(id),
        invocation_id: String(invocation_id),
        output_case: String(output_case),
        result: String(result),
        assumed: Number(mark),
      };
    }
    return undefined;
  }

  /** Rows page by page: a log may be larger than memory. The first columns are the key, of which the next page is behind. */
  *#pages(sql: string, keys: 1 | 2): Generator<readonly unknown[]> {
    const statement = this.#opened.db.prepare<unknown, (bigint | string)[]>(sql);
    try {
      for (let key: (bigint | string)[] = keys === 1 ? [BEFORE_ALL] : [BEFORE_ALL, ""]; ; ) {
        const rows: readonly (readonly unknown[])[] = statement.values(...key);
        yield* rows;
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) return;
        key = last.slice(0, keys).map((value) => (typeof value === "bigint" ? value : String(value)));
      }
    } finally {
      statement.finalize();
    }
  }

  /** What assumptions and stubs answered, by invocation. */
  takenAnswers(): ReadonlyMap<string, TakenAnswer> {
    if (this.#opened.version === 1) return new Map();
    const sql = "SELECT invocation_id, output_case, result, assumed FROM completions WHERE assumed <> 0";
    return new Map(
      this.#opened.db
        .query<TakenColumns, []>(sql)
        .all()
        .map(({ invocation_id, output_case, result, assumed }) => [
          invocation_id,
          {
            case: output_case,
            result: readObject(result, "result", invocation_id),
            assumed: assumed === 1n ? 1 : 2,
          },
        ]),
    );
  }

  /** What a crash left undone, by id: invocations to their flows, and completions. A failed flow left nothing: it has ended. */
  unfinished(): { readonly invocations: ReadonlyMap<string, string>; readonly completions: ReadonlySet<string> } {
    const { db, version } = this.#opened;
    const pendingCount = "SELECT (SELECT count(*) FROM invocations) - (SELECT count(*) FROM completions) AS n";
    const hasPending = db.query<{ n: bigint }, []>(pendingCount).get()?.n !== 0n;
    const open =
      version === 1
        ? "1"
        : "NOT EXISTS (SELECT 1 FROM flows f WHERE f.flow_token = i.flow_token AND f.status = 'failed')";
    const pending = !hasPending
      ? []
      : db
          .query<{ id: string; flow_token: string }, []>(
            `SELECT i.id, i.flow_token FROM invocations i
         WHERE ${open} AND NOT EXISTS (SELECT 1 FROM completions c WHERE c.invocation_id = i.id)`,
          )
          .all();
    const unevaluated =
      version === 1
        ? []
        : db
            .query<{ id: string }, []>(
              `SELECT c.id FROM completions c JOIN invocations i ON i.id = c.invocation_id WHERE c.evaluated = 0 AND ${open}`,
            )
            .all();
    return {
      invocations: new Map(pending.map(({ id, flow_token }) => [id, flow_token])),
      completions: new Set(unevaluated.map(({ id }) => id)),
    };
  }

  /** The ids of the spec sets that the log was written under, imported flows apart: those had other ids. */
  specHashes(): readonly string[] {
    if (this.#opened.version === 1) return [];
    return this.#opened.db
      .query<{ hash: string }, []>(
        `SELECT DISTINCT i.spec_hash AS hash FROM invocations i JOIN flows f ON f.flow_token = i.flow_token
         WHERE f.status <> 'imported' ORDER BY i.spec_hash`,
      )
      .all()
      .map(({ hash }) => hash);
  }
}

function seqOf(seq: unknown, id: unknown): number {
  return readSeq(typeof seq === "bigint" ? seq : 0n, String(id));
}
