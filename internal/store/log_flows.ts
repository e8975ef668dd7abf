import type { EngineQueries } from "./engine_queries.ts";
import { FlowCache, type FlowState } from "./flow_cache.ts";
import type { LogReader } from "./log_reader.ts";
import { INSERT_FLOW } from "./log_statements.ts";
import type { Statements } from "./statements.ts";
import { StoreError } from "./store_error.ts";

/** Where flows are read that were not met lately. */
interface FlowSource {
  readonly reader: LogReader;
  readonly queries: EngineQueries;
}

/** The flows of a log that is written, with how each stands. */
export class LogFlows {
  readonly #source: FlowSource;
  readonly #statements: Statements;
  readonly #known: FlowCache;
  /** A token that nobody has used: a new one is asked for several times. */
  #unused: string | undefined;
  /** What was known, before the unit that is open, of the flows that it changed. */
  readonly #before = new Map<string, FlowState | undefined>();

  constructor(source: FlowSource, statements: Statements, isNew: boolean) {
    this.#source = source;
    this.#statements = statements;
    this.#known = new FlowCache(isNew);
  }

  /** undefined: nobody has used the token. */
  get(token: string): FlowState | undefined {
    const known = this.#known.get(token);
    if (known !== undefined || this.#known.isComplete || token === this.#unused) return known;
    const { reader, queries } = this.#source;
    const logged = reader.flow(token);
    if (logged === undefined) {
      this.#unused = token;
      return undefined;
    }
    const state = { status: logged.status, invocations: queries.invocationsOf(token) };
    this.#known.set(token, state);
    return state;
  }

  /**
   * The number of invocations of an open flow, with its row made if it is new.
   * @throws StoreError E_FLOW_CLOSED
   */
  open(token: string): number {
    const state = this.get(token);
    if (state === undefined) {
      this.#statements.get(INSERT_FLOW).run(token);
      this.#unused = undefined;
      return 0;
    }
    if (state.status === "open") return state.invocations;
    throw new StoreError("E_FLOW_CLOSED", `flow ${JSON.stringify(token)} is ${state.status}; it takes no more`);
  }

  /** An open flow holds so many invocations now. */
  counted(token: string, invocations: number): void {
    this.#change(token, { status: "open", invocations });
  }

  /** @param error `{code, message}` as canonical JSON */
  fail(token: string, error: string): void {
    const invocations = this.open(token);
    this.#statements.get("UPDATE flows SET status = 'failed', error = ? WHERE flow_token = ?").run(error, token);
    this.#change(token, { status: "failed", invocations });
  }

  /** A unit begins. */
  mark(): void {
    if (this.#before.size > 0) this.#before.clear();
  }

  /** The unit was undone. */
  undone(): void {
    for (const [token, state] of this.#before) {
      if (state === undefined) this.#known.delete(token);
      else this.#known.set(token, state);
    }
    this.#before.clear();
  }

  #change(token: string, state: FlowState): void {
    if (!this.#before.has(token)) this.#before.set(token, this.#known.get(token));
    this.#known.set(token, state);
  }
}
