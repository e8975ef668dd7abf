import { INVOCATION_COLUMNS, type InvocationColumns, invocationOf, readObject } from "./decode.ts";
import type { OpenedReader } from "./open_store.ts";
import type { Assumed, LoggedInvocation, StrictObject } from "./rows.ts";

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

/** What replay reads of the log that it executes again (scenarios.md §11), of either version. */
export class ReplaySource {
  readonly #opened: OpenedReader;

  constructor(opened: OpenedReader) {
    this.#opened = opened;
  }

  /** Invocations that no edge points to, by `seq`, one at a time. */
  *roots(): Generator<LoggedInvocation> {
    const { db, version } = this.#opened;
    const columns = version === 1 ? INVOCATION_COLUMNS.replace("i.at_ms", "0 AS at_ms") : INVOCATION_COLUMNS;
    const sql = `SELECT ${columns} FROM invocations i
      WHERE NOT EXISTS (SELECT 1 FROM provenance_edges e WHERE e.invocation_id = i.id) ORDER BY i.seq, i.id`;
    for (const row of db.query<InvocationColumns, []>(sql).iterate()) yield invocationOf(row);
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
    const open =
      version === 1
        ? "1"
        : "NOT EXISTS (SELECT 1 FROM flows f WHERE f.flow_token = i.flow_token AND f.status = 'failed')";
    const pending = db
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
