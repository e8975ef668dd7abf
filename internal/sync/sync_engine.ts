import type { Concept, Sync } from "../concept/mod.ts";
import { completionEvent, type Store, type StrictObject } from "../store/mod.ts";
import type { Completion } from "../trace/mod.ts";
import type { FlowTokens, SeqClock } from "../world/mod.ts";
import { Engine } from "./engine.ts";
import { FlowFailure } from "./flow_failure.ts";
import type { Handlers } from "./handlers.ts";
import { InvocationRefused } from "./invocation_refused.ts";
import { NO_HANDLERS } from "./no_handlers.ts";
import type { Failed } from "./outcome.ts";
import { Program } from "./program.ts";

/** A root to record; what is left out is made. An invocation event of a trace is one. */
export interface EnqueuedInvocation {
  readonly action_uri: string;
  readonly args: StrictObject;
  /** Default: the next of the engine's flow tokens. */
  readonly flow_token?: string;
  /** Default: the next tick of the clock. One that is given has been taken from it. */
  readonly seq?: number;
  /** Follows from the rest; one that is given is checked. */
  readonly id?: string;
}

export interface SyncEngineOptions {
  readonly clock: SeqClock;
  readonly flow: FlowTokens;
  /** Default: none, so that a body in a handler module fails. */
  readonly handlers?: Handlers;
}

/**
 * The engine for contributors' tests (scenarios.md §9), over a store and loaded specs.
 *
 * ```ts
 * const engine = new SyncEngine(openStore(":memory:"), specs.concepts, specs.syncs, { clock, flow });
 * const id = engine.enqueue({ action_uri: "Cart.addItem", args: { item_id: "widget", quantity: 3 } });
 * const { output_case } = await engine.waitForCompletion(id);
 * ```
 */
export class SyncEngine {
  readonly #store: Store;
  readonly #flow: FlowTokens;
  readonly #engine: Engine;

  constructor(store: Store, specs: readonly Concept[], syncs: readonly Sync[], options: SyncEngineOptions) {
    const { clock, flow, handlers = NO_HANDLERS } = options;
    const program = new Program({ concepts: specs, syncs, files: [] });
    store.migrate(program.stateTables);
    this.#store = store;
    this.#flow = flow;
    this.#engine = new Engine({ store, program, handlers, clock });
  }

  /**
   * Records an invocation; nothing runs yet. Returns its id.
   * @throws InvocationRefused; FlowFailure for a flow at its quota; StoreError E_STORE_ID for an id that is not its own
   */
  enqueue(invocation: EnqueuedInvocation): string {
    const { action_uri: action, args, flow_token: flowToken = this.#flow.generate(), seq, id } = invocation;
    const enqueued = this.#engine.enqueue({ action, args, flowToken, id }, seq);
    if (enqueued.kind === "refused") throw new InvocationRefused(enqueued);
    if (enqueued.kind === "failed") throw failureOf(enqueued);
    return enqueued.invocationId;
  }

  /**
   * Runs to quiescence, and gives the completion of an invocation. Rejects with a FlowFailure if its flow failed, even where it
   * was completed before.
   */
  async waitForCompletion(invocationId: string): Promise<Completion> {
    this.#engine.settle();
    const { queries, reader } = this.#store;
    const invocation = queries.invocation(invocationId);
    if (invocation === undefined) throw new Error(`there is no invocation ${invocationId}`);
    const error = reader.flow(invocation.flow_token)?.error;
    if (error !== undefined) throw new FlowFailure(error.code, error.message);
    const completion = queries.completionOf(invocationId);
    if (completion === undefined)
      throw new Error(`the invocation ${invocationId} was recorded by someone else, and is closed`);
    return completionEvent(completion);
  }
}

function failureOf({ error, at }: Failed): FlowFailure {
  return new FlowFailure(error.code, error.message, at);
}
