import type { Database } from "bun:sqlite";
import type { FlowError } from "../trace/mod.ts";
import { canonicalStrict } from "../value/mod.ts";
import { wall } from "../world/mod.ts";
import { Backlog } from "./backlog.ts";
import { EngineQueries } from "./engine_queries.ts";
import type { FlowState } from "./flow_cache.ts";
import { type CommitOptions, GroupCommit } from "./group_commit.ts";
import { LightLog } from "./light_log.ts";
import { LogFlows } from "./log_flows.ts";
import { completionIdOf, invocationIdOf } from "./log_ids.ts";
import { LogReader } from "./log_reader.ts";
import { LOG_VERSION, type LogVersion, migrateLog } from "./log_schema.ts";
import {
  EVALUATED,
  EVALUATED_ROW,
  INSERT_COMPLETION,
  INSERT_EDGE,
  INSERT_FIRING,
  insertInvocation,
} from "./log_statements.ts";
import type { LoggedCompletion, LoggedInvocation, NewCompletion, NewFiring, NewInvocation } from "./rows.ts";
import { missingStateTables, type StateTable } from "./state_tables.ts";
import { Statements } from "./statements.ts";
import { guarded, StoreError, storeError } from "./store_error.ts";
import type { WriteObserver } from "./written_event.ts";

/** What is recorded with every invocation, and when it becomes durable. */
export interface StoreOptions extends Partial<CommitOptions> {
  /** The id of the spec set (scenarios §6); default: empty text. */
  readonly specHash?: string;
  /** plumb's version; default `test`. */
  readonly engineVersion?: string;
  readonly observer?: WriteObserver | undefined;
}

/** A database that was opened for writing, and how it is closed. */
export interface OpenedDatabase {
  readonly db: Database;
  /** As messages name it. */
  readonly path: string;
  readonly version: LogVersion;
  /** Nothing is in it yet, so nothing waits: reading that would cost a copy of a template half of its time. */
  readonly isNew?: boolean;
  /** Called once, behind the database. */
  readonly release?: () => void;
}

/**
 * The event log of one writer (scenarios §5, §6). Writes belong to units; outside of one, each is a unit and a commit of its
 * own. What waits for the engine is at hand as `unevaluated` and `pending`.
 *
 * ```ts
 * const store = openStore(":memory:");
 * store.migrate();
 * const id = store.writeInvocation({ flow_token: "f", action_uri: "Cart.addItem", args: {}, seq: 1 });
 * store.writeCompletion({ invocation_id: id, output_case: "Success", result: {}, seq: 2 });
 * store.close();
 * ```
 */
export class Store {
  /** The database itself: for the state tables, which live in it. */
  readonly db: Database;
  /** Its prepared statements, which live as long as it. */
  readonly statements: Statements;
  /** Completions that no sync has seen, and invocations without completion, of open flows. */
  readonly unevaluated = new Backlog<LoggedCompletion>();
  readonly pending = new Backlog<LoggedInvocation>();
  readonly #opened: OpenedDatabase;
  readonly #queries: EngineQueries;
  readonly #commit: GroupCommit;
  readonly #flows: LogFlows;
  readonly #insertInvocation: string;
  readonly #observer: WriteObserver | undefined;
  #lastCompletion: { readonly id: string; readonly rowid: number | bigint } | undefined;
  #version: LogVersion;
  readonly #light: LightLog | undefined;
  #closed = false;

  constructor(opened: OpenedDatabase, options: StoreOptions = {}) {
    const { specHash = "", engineVersion = "test", now = wall.monotonicMs } = options;
    this.db = opened.db;
    this.statements = new Statements(opened.db);
    this.#queries = new EngineQueries(opened.db);
    this.#opened = opened;
    this.#flows = new LogFlows(this, this.statements, opened.isNew === true);
    this.#commit = new GroupCommit(opened.db, { ...options, now });
    this.#version = opened.version;
    this.#light = opened.isNew === true ? new LightLog(opened.db) : undefined;
    this.#insertInvocation = insertInvocation(specHash, engineVersion);
    this.#observer = options.observer;
    if (this.#version === LOG_VERSION && opened.isNew !== true) this.#loadBacklog();
  }

  /** How many commits were made. */
  get commits(): number {
    return this.#commit.commits;
  }

  /** What the engine asks; the first question to a log in memory makes it slower to write. */
  get queries(): EngineQueries {
    this.#index();
    return this.#queries;
  }

  /** What readers of this moment would see, and what is written but not committed; as `queries`. */
  get reader(): LogReader {
    this.#index();
    return new LogReader(this.db, this.#version);
  }

  /** The largest `seq` in the log. */
  maxSeq(): number {
    return this.#queries.maxSeq();
  }

  #index(): void {
    const light = this.#light;
    if (light?.lacksIndexes) this.#guarded(() => light.index());
  }

  /**
   * T0 (scenarios §5): schema, migration and missing state tables in one commit; none when nothing is missing.
   * @throws StoreError E_STATE_SCHEMA
   */
  migrate(tables: readonly StateTable[] = []): void {
    const missing = this.#guarded(() => missingStateTables(this.db, tables, this.#opened.path));
    if (this.#version === LOG_VERSION && missing.length === 0) return;
    this.unit(() => {
      migrateLog(this.db, this.#version);
      for (const { create } of missing) this.db.run(create);
    });
    this.flush();
    if (this.#version !== LOG_VERSION) this.#loadBacklog();
    this.#version = LOG_VERSION;
  }

  /** Runs `work` as a unit: all or nothing (scenarios §5). What it throws undoes it, and is thrown on. */
  unit<T>(work: () => T): T {
    return this.#unit(true, work);
  }

  /**
   * A unit, a third cheaper, for work that has decided everything before it writes: T1, T3, T4, and a T2 without effects.
   * If it throws all the same, nothing of the group is kept and the log has to be opened again, as after a crash.
   */
  sureUnit<T>(work: () => T): T {
    return this.#unit(false, work);
  }

  #unit<T>(canUndo: boolean, work: () => T): T {
    this.begin(canUndo);
    let result: T;
    try {
      result = work();
    } catch (error) {
      if (canUndo) this.undo();
      else this.#commit.abandon();
      throw storeError(error, this.#opened.path);
    }
    this.end();
    return result;
  }

  /** What SQLite threw outside of a unit, as an error of the store; anything else comes back as it is. */
  errorOf(error: unknown): unknown {
    return storeError(error, this.#opened.path);
  }

  /** Begins a unit by hand: for one that waits for a promise. Follow it by `end` or `undo`. */
  begin(canUndo = true): void {
    try {
      this.#commit.begin(canUndo);
    } catch (error) {
      throw storeError(error, this.#opened.path);
    }
    this.unevaluated.mark(canUndo);
    this.pending.mark(canUndo);
    this.#flows.mark();
  }

  end(): void {
    try {
      this.#commit.end();
    } catch (error) {
      throw storeError(error, this.#opened.path);
    }
  }

  /** Undoes a unit, and nothing else. */
  undo(): void {
    this.unevaluated.undo();
    this.pending.undo();
    this.#flows.undone();
    this.#light?.undone();
    this.#guarded(() => this.#commit.undo());
  }

  /** Makes every unit so far durable: at quiescence, and before anybody is told of one. */
  flush(): void {
    this.#guarded(() => this.#commit.flush());
  }

  /** How a flow stands; undefined: nobody has used its token. */
  flow(token: string): FlowState | undefined {
    return this.#flows.get(token);
  }

  /**
   * Writes an invocation, and its flow if that is new. Returns its id. The args wait as they are given: values of the
   * strict profile are in NFC (`toStrict`).
   * @throws ValueError for args outside the strict profile
   * @throws StoreError E_FLOW_CLOSED; E_STORE_ID if `id` is given and wrong
   */
  writeInvocation(invocation: NewInvocation): string {
    const { seq, at_ms = 0, request_key = null } = invocation;
    const flow_token = invocation.flow_token.normalize("NFC");
    const action_uri = invocation.action_uri.normalize("NFC");
    const args = invocation.args_text ?? canonicalStrict(invocation.args);
    const id = invocationIdOf(flow_token, action_uri, args, seq);
    checkId(invocation.id, id, `the invocation ${action_uri} of flow ${flow_token}`);
    return this.#write(() => {
      const before = this.#flows.open(flow_token);
      this.statements.get(this.#insertInvocation).run(id, flow_token, action_uri, args, seq, at_ms, request_key);
      this.#flows.counted(flow_token, before + 1);
      this.pending.add({ id, flow_token, action_uri, args: invocation.args, seq, at_ms });
      this.#observer?.event({ kind: "invocation", id, seq, flow_token, action_uri, args });
      return id;
    });
  }

  /**
   * Writes the completion of an invocation. Returns its id.
   * @throws ValueError for a result outside the strict profile
   * @throws StoreError E_STORE_ID if `id` is given and wrong, or the invocation is unknown or has a completion
   */
  writeCompletion(completion: NewCompletion): string {
    const { invocation_id, seq, assumed = 0 } = completion;
    const output_case = completion.output_case.normalize("NFC");
    const result = completion.result_text ?? canonicalStrict(completion.result);
    const id = completionIdOf(invocation_id, output_case, result, seq);
    checkId(completion.id, id, `the completion ${output_case} of ${invocation_id}`);
    return this.#write(() => {
      const invocation = this.pending.get(invocation_id);
      if (invocation === undefined) throw this.#notPending(invocation_id);
      const { lastInsertRowid } = this.statements
        .get(INSERT_COMPLETION)
        .run(id, invocation_id, output_case, result, seq, assumed);
      this.#lastCompletion = { id, rowid: lastInsertRowid };
      this.pending.remove(invocation_id);
      this.unevaluated.add({ id, invocation, output_case, result: completion.result, seq, assumed });
      this.#observer?.event({ kind: "completion", id, seq, invocation_id, output_case, result, assumed });
      return id;
    });
  }

  /** Writes a firing, the invocation that it makes and the edge between them. Returns the invocation's id. */
  writeFiring({ completion_id, sync_id, bindings, invocation }: NewFiring): string {
    return this.#write(() => {
      const { lastInsertRowid } = this.statements
        .get(INSERT_FIRING)
        .run(completion_id, sync_id, bindings.hash, invocation.seq, bindings.text);
      const id = this.writeInvocation(invocation);
      this.statements.get(INSERT_EDGE).run(lastInsertRowid, id);
      this.#observer?.firing({ invocation_id: id, completion_id, sync_id, bindings: bindings.text });
      return id;
    });
  }

  /** All firings of a completion are written. */
  markEvaluated(completionId: string): void {
    this.#write(() => {
      // Mostly it is the one that was just written; its row number finds it without a search by text.
      if (this.#lastCompletion?.id === completionId) {
        const { rowid } = this.#lastCompletion;
        this.statements.get(EVALUATED_ROW).run(rowid, completionId);
      } else {
        this.statements.get(EVALUATED).run(completionId);
      }
      this.unevaluated.remove(completionId);
    });
  }

  /** T4: the flow is closed, and what of it waits is never executed. A flow without any event gets its row here. */
  failFlow(token: string, { code, message }: FlowError): void {
    const flow_token = token.normalize("NFC");
    const error = canonicalStrict({ code, message });
    this.#write(() => {
      this.#flows.fail(flow_token, error);
      this.pending.removeAll((invocation) => invocation.flow_token === flow_token);
      this.unevaluated.removeAll(({ invocation }) => invocation.flow_token === flow_token);
    });
  }

  /** The bytes of the log as a file of its own, with everything so far: what `plumb test --record` keeps. */
  serialize(): Uint8Array {
    return this.#guarded(() => {
      this.#commit.save();
      this.#light?.complete();
      return this.db.serialize();
    });
  }

  /** Commits what is complete and closes the log; a unit that is open is given up. */
  close(): void {
    this.#close(() => {
      if (this.#commit.isOpen) this.#commit.abandon();
      this.flush();
    });
  }

  /** Lets go of the log and leaves it as a kill would: what is not committed never was (scenarios §11, the watchdog). */
  abandon(): void {
    this.#close(() => this.#commit.abandon());
  }

  #close(settle: () => void): void {
    if (this.#closed) return;
    this.#closed = true;
    try {
      settle();
    } finally {
      this.statements.close();
      this.db.close();
      this.#opened.release?.();
    }
  }

  #notPending(invocationId: string): StoreError {
    const invocation = this.queries.invocation(invocationId);
    if (invocation === undefined) return new StoreError("E_STORE_ID", `there is no invocation ${invocationId}`);
    if (this.queries.completionOf(invocationId) !== undefined) {
      return new StoreError("E_STORE_ID", `invocation ${invocationId} has a completion already`);
    }
    return new StoreError("E_FLOW_CLOSED", `flow ${JSON.stringify(invocation.flow_token)} is closed; it takes no more`);
  }

  /** In the unit that is open, else in one of its own, committed at once: nobody would flush it. */
  #write<T>(work: () => T): T {
    if (this.#commit.isOpen) return work();
    const result = this.unit(work);
    this.flush();
    return result;
  }

  #loadBacklog(): void {
    this.#guarded(() => {
      for (const completion of this.queries.unevaluated()) this.unevaluated.add(completion);
      for (const invocation of this.queries.pending()) this.pending.add(invocation);
    });
    this.unevaluated.mark();
    this.pending.mark();
  }

  #guarded<T>(work: () => T): T {
    return guarded(this.#opened.path, work);
  }
}

function checkId(given: string | undefined, found: string, what: string): void {
  if (given === undefined || given === found) return;
  throw new StoreError("E_STORE_ID", `${what} has the id ${found}, not ${given}`);
}
