import { type InvocationColumns, invocationOf, readObject, readSeq } from "./decode.ts";
import type { OpenedReader } from "./open_store.ts";
import type { Assumed, LoggedInvocation, StrictObject } from "./rows.ts";
import type { WrittenCompletion, WrittenEvent } from "./written_event.ts";

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

interface CausedColumns extends InvocationColumns {
  readonly completion_id: string | null;
  readonly sync_id: string | null;
  readonly bindings: string | null;
}

type CompletionRow = Omit<WrittenCompletion, "kind" | "seq" | "assumed"> & {
  readonly seq: bigint;
  readonly assumed: bigint;
};

/** An event of a log. */
export interface LoggedEvent {
  readonly written: WrittenEvent;
  /** An invocation that no edge points to. */
  readonly root: LoggedInvocation | undefined;
}

/** What replay reads of the log that it executes again (scenarios.md §11), of either version. */
export class ReplaySource {
  readonly #opened: OpenedReader;

  constructor(opened: OpenedReader) {
    this.#opened = opened;
  }

  /** All events by `seq`, one at a time; a root with what it was invoked with. */
  *events(): Generator<LoggedEvent> {
    const completions = this.#completions();
    let next = completions.next();
    for (const event of this.#invocations()) {
      for (; next.value !== undefined && next.value.seq < event.written.seq; next = completions.next()) {
        yield { written: next.value, root: undefined };
      }
      yield event;
    }
    for (; next.value !== undefined; next = completions.next()) yield { written: next.value, root: undefined };
  }

  *#invocations(): Generator<LoggedEvent> {
    const { db, version } = this.#opened;
    const [at_ms, bindings] = version === 1 ? ["0", "NULL"] : ["i.at_ms", "f.bindings"];
    const sql = `SELECT i.id, i.seq, i.flow_token, i.action_uri, i.args, f.completion_id, f.sync_id, ${bindings} AS bindings, ${at_ms} AS at_ms
      FROM invocations i LEFT JOIN provenance_edges e ON e.invocation_id = i.id LEFT JOIN sync_firings f ON f.id = e.sync_firing_id
      ORDER BY i.seq, i.id, e.id`;
    let before = "";
    for (const row of db.query<CausedColumns, []>(sql).iterate()) {
      const { id, flow_token, action_uri, args, completion_id, sync_id, bindings } = row;
      // One edge an invocation is what plumb writes; of more, which the schema lets pass, the first counts.
      if (id === before) continue;
      before = id;
      const cause = completion_id === null || sync_id === null ? undefined : { completion_id, sync_id, bindings };
      const written = {
        kind: "invocation",
        id,
        seq: readSeq(row.seq, id),
        flow_token,
        action_uri,
        args,
        cause,
      } as const;
      yield { written, root: cause === undefined ? invocationOf(row) : undefined };
    }
  }

  *#completions(): Generator<WrittenCompletion, undefined> {
    const { db, version } = this.#opened;
    const assumed = version === 1 ? "0" : "assumed";
    const sql = `SELECT id, seq, invocation_id, output_case, result, ${assumed} AS assumed FROM completions ORDER BY seq, id`;
    for (const row of db.query<CompletionRow, []>(sql).iterate()) {
      yield { kind: "completion", ...row, seq: readSeq(row.seq, row.id), assumed: Number(row.assumed) };
    }
    return undefined;
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
