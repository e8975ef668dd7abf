import type { Action } from "../concept/mod.ts";
import { type Diagnostic, diagnostic } from "../diag/mod.ts";
import { type LoggedCompletion, type LoggedInvocation, type Store, StoreError } from "../store/mod.ts";
import type { FlowError } from "../trace/mod.ts";
import { invocationId } from "../value/mod.ts";
import type { SeqClock } from "../world/mod.ts";
import { Causes } from "./causes.ts";
import { type CheckedRoot, finding, readRoot, refused, unimplemented } from "./check_root.ts";
import { Completer } from "./completer.ts";
import { FinishedEvents } from "./finished_events.ts";
import { FlowFailure } from "./flow_failure.ts";
import type { Handlers } from "./handlers.ts";
import { LogTicks } from "./log_ticks.ts";
import type { EngineObserver, Failed, GivenAnswer, Outcome, Recovered, Refused, Root } from "./outcome.ts";
import { type Plan, type Planning, planFirings, quotaExceeded } from "./plan_firings.ts";
import type { Program } from "./program.ts";

export interface EngineOptions {
  /** Migrated, with the state tables of the program. Nothing else writes to it. */
  readonly store: Store;
  readonly program: Program;
  readonly handlers: Handlers;
  /** Default: one that stands at the largest `seq` of the log. */
  readonly clock?: SeqClock | undefined;
  /** Default 1000: invocations that a flow may hold. */
  readonly maxSteps?: number | undefined;
  /** Default 10000: real ms of a handler call. */
  readonly timeoutMs?: number | undefined;
  /** Ms that are recorded with a root; default 0. */
  readonly atMs?: (() => number) | undefined;
  /** What answers an invocation in place of a body; asked once an invocation. */
  readonly answer?: ((invocation: LoggedInvocation) => GivenAnswer | undefined) | undefined;
  readonly observer?: EngineObserver | undefined;
  /** Leaves an invocation or a completion undone, by its id: what the log that replay compares with has not done either. */
  readonly isHeld?: ((id: string) => boolean) | undefined;
}

/** A root that is recorded and waits for `settle`. */
export interface Enqueued {
  readonly kind: "enqueued";
  readonly invocationId: string;
}

/**
 * The engine of concepts and syncs (scenarios.md §5): a loop that reads only the log, so that going on and recovering are the
 * same. Synchronous throughout; a handler blocks in `handlers`.
 *
 * ```ts
 * const engine = new Engine({ store: openTemplate(program.template()), program, handlers });
 * const outcome = engine.invoke({ action: "Cart.addItem", args: { item_id: "a", quantity: 1 }, flowToken: "f" });
 * ```
 */
export class Engine {
  readonly #store: Store;
  readonly #program: Program;
  readonly #options: EngineOptions;
  readonly #clock: SeqClock;
  readonly #maxSteps: number;
  readonly #completer: Completer;
  readonly #finished: FinishedEvents;
  readonly #causes: Causes;
  readonly #planning: Planning;
  /** Completions that were in the log before, until they are evaluated. */
  readonly #old: Set<string>;
  /** Flows that failed since it began to settle. */
  readonly #failures = new Map<string, FlowFailure>();
  /** What answers roots, asked for before they were recorded, by their ids. */
  readonly #given = new Map<string, GivenAnswer>();
  /** A root whose completion is waited for. */
  #watched: { readonly id: string; completion: LoggedCompletion | undefined } | undefined;
  #counts = { completions: 0, invocations: 0 };

  constructor(options: EngineOptions) {
    const { store, program, handlers, clock, maxSteps = 1000, timeoutMs = 10_000 } = options;
    this.#store = store;
    this.#program = program;
    this.#options = options;
    this.#clock = clock ?? new LogTicks(store.maxSeq());
    this.#maxSteps = maxSteps;
    this.#completer = new Completer({ store, program, handlers, clock: this.#clock, timeoutMs });
    this.#finished = new FinishedEvents(store);
    this.#causes = new Causes(store);
    this.#planning = { program, store, finished: this.#finished, causes: this.#causes, maxSteps };
    this.#old = new Set([...store.unevaluated].map(({ id }) => id));
  }

  /**
   * Records a root and runs until nothing is left to do: T1, then the loop. What an earlier crash left is done before.
   * @throws HandlerHang; StoreError for a log that cannot be written
   */
  invoke(root: Root): Outcome {
    const checked = readRoot(this.#program, root);
    if (checked.kind === "refused") return checked;
    this.recover();
    const enqueued = this.#enqueue(checked, root);
    if (enqueued.kind !== "enqueued") {
      this.#store.flush();
      return enqueued;
    }
    const { invocationId: id } = enqueued;
    const watched: { readonly id: string; completion: LoggedCompletion | undefined } = { id, completion: undefined };
    this.#watched = watched;
    this.settle();
    this.#watched = undefined;
    return this.#outcome(checked.flowToken, id, watched.completion);
  }

  /**
   * T1 alone: records a root, which is executed when the engine settles; or refuses it, or fails its flow for the quota.
   *
   * @param seq a tick of the clock that the caller has taken for it; default: the next one
   */
  enqueue(root: Root, seq?: number): Enqueued | Refused | Failed {
    const checked = readRoot(this.#program, root);
    return checked.kind === "refused" ? checked : this.#enqueue(checked, root, seq);
  }

  /**
   * The loop (scenarios.md §5), until it is quiescent; nobody is told of anything before it is on disk. Gives the flows that
   * failed.
   */
  settle(): ReadonlyMap<string, FlowFailure> {
    const { unevaluated, pending } = this.#store;
    this.#failures.clear();
    for (;;) {
      const completion = unevaluated.first();
      const invocation = completion === undefined ? pending.first() : completion.invocation;
      if (invocation === undefined) break;
      try {
        if (completion === undefined) this.#execute(invocation);
        else this.#evaluate(completion);
      } catch (error) {
        // A flow failure is T4; nothing else is caught.
        if (!(error instanceof FlowFailure)) throw this.#store.errorOf(error);
        this.#fail(invocation.flow_token, error);
      }
    }
    this.#causes.clear();
    this.#old.clear();
    this.#given.clear();
    this.#store.flush();
    return this.#failures;
  }

  /** Does what is left to do in open flows of the log: what a crash left (scenarios.md §5, Crash). */
  recover(): Recovered {
    this.#counts = { completions: 0, invocations: 0 };
    if (this.#store.unevaluated.first() === undefined && this.#store.pending.first() === undefined) {
      return { ...this.#counts, failedFlows: [] };
    }
    this.settle();
    const failedFlows = [...this.#failures].map(([flowToken, { code, message }]) => {
      this.#warnFailed(flowToken, { code, message });
      return { flowToken, error: { code, message } };
    });
    return { ...this.#counts, failedFlows };
  }

  #enqueue(checked: CheckedRoot, root: Root, taken?: number): Enqueued | Refused | Failed {
    const { flowToken: flow_token, action, args } = checked;
    const at_ms = root.atMs ?? this.#options.atMs?.() ?? 0;
    const seq = taken ?? this.#clock.current() + 1;
    const invocation = { flow_token, action_uri: action.uri, args, seq, at_ms };
    const against = this.#closed(flow_token) ?? this.#unanswered(action, invocation);
    if (against !== undefined) return against;
    if ((this.#store.flow(flow_token)?.invocations ?? 0) >= this.#maxSteps) {
      // T4 alone.
      const { code, message, at } = this.#fail(flow_token, quotaExceeded(flow_token, this.#maxSteps));
      const error = { code, message };
      return { kind: "failed", flowToken: flow_token, invocationId: undefined, completion: undefined, error, at };
    }
    checkId(root.id, invocation);
    const request_key = root.requestKey;
    if (request_key !== undefined && this.#store.queries.rootByKey(request_key) !== undefined) {
      throw new StoreError("E_STORE_ID", `there is a root with the key ${JSON.stringify(request_key)} already`);
    }
    const invocationId = this.#store.sureUnit(() =>
      this.#store.writeInvocation({ ...invocation, seq: taken ?? this.#clock.next(), request_key }),
    );
    return { kind: "enqueued", invocationId };
  }

  /** T2. */
  #execute(invocation: LoggedInvocation): void {
    if (this.#options.isHeld?.(invocation.id)) {
      this.#store.pending.remove(invocation.id);
      return;
    }
    const given = this.#given.get(invocation.id) ?? this.#options.answer?.(invocation);
    const completion = this.#completer.complete(invocation, given);
    this.#counts.completions += 1;
    this.#finished.add(completion);
    if (this.#watched?.id === invocation.id) this.#watched.completion = completion;
    this.#options.observer?.completed?.(completion);
  }

  /** T3. Everything is decided before anything is written. */
  #evaluate(trigger: LoggedCompletion): void {
    if (this.#options.isHeld?.(trigger.id)) {
      this.#store.unevaluated.remove(trigger.id);
      return;
    }
    const plan = planFirings(trigger, this.#planning, this.#old.size > 0 && this.#old.has(trigger.id));
    const ids = this.#store.sureUnit(() => this.#fire(trigger, plan));
    this.#causes.remove(trigger.invocation.id);
    this.#counts.invocations += ids.length;
    const { observer } = this.#options;
    if (observer === undefined) return;
    for (const [index, { sync, bindings }] of plan.firings.entries()) {
      observer.fired?.(sync.sync.name, trigger.id, ids[index] ?? "", bindings);
    }
    for (const warning of plan.warnings) observer.warned?.(warning);
  }

  #fire(trigger: LoggedCompletion, { firings, cause, fired }: Plan): readonly string[] {
    const { flow_token, at_ms } = trigger.invocation;
    const ids: string[] = [];
    for (const { sync, then, bindings, filled } of firings) {
      const { args, text: args_text } = filled;
      const seq = this.#clock.next();
      const invocation = { flow_token, action_uri: then.action, args, args_text, seq, at_ms };
      const id = this.#store.writeFiring({ completion_id: trigger.id, sync_id: then.syncId, bindings, invocation });
      const { name } = sync.sync;
      this.#causes.add(id, { sync: name, bindings, trigger, seq, action: then.action, before: cause, fired });
      ids.push(id);
    }
    this.#store.markEvaluated(trigger.id);
    return ids;
  }

  /** T4. */
  #fail(flowToken: string, failure: FlowFailure): FlowFailure {
    const { code, message } = failure;
    this.#store.sureUnit(() => this.#store.failFlow(flowToken, { code, message }));
    this.#failures.set(flowToken, failure);
    return failure;
  }

  #closed(flowToken: string): Refused | undefined {
    const status = this.#store.flow(flowToken)?.status ?? "open";
    if (status === "open") return undefined;
    return refused([finding("E_FLOW_CLOSED", `flow ${JSON.stringify(flowToken)} is ${status}; it takes no more`)]);
  }

  /** An action without body is refused, unless something else answers; what does is kept for its time. */
  #unanswered(action: Action, invocation: Omit<LoggedInvocation, "id">): Refused | undefined {
    const { answer } = this.#options;
    const refusal = unimplemented(action);
    if (refusal === undefined || answer === undefined) return refusal;
    const id = idOf(invocation);
    const given = answer({ ...invocation, id });
    if (given === undefined) return refusal;
    this.#given.set(id, given);
    return undefined;
  }

  #outcome(flowToken: string, id: string, completion: LoggedCompletion | undefined): Outcome {
    const failure = this.#failures.get(flowToken);
    if (failure !== undefined) {
      const { code, message, at } = failure;
      return { kind: "failed", flowToken, invocationId: id, completion, error: { code, message }, at };
    }
    if (completion === undefined) throw new Error(`the root ${id} has no completion, though its flow has not failed`);
    return { kind: "completed", completion };
  }

  #warnFailed(flowToken: string, { code, message }: FlowError): void {
    const says = `flow ${JSON.stringify(flowToken)} failed during recovery: ${code}: ${message}`;
    const data = { code, flow_token: flowToken };
    const warning: Diagnostic = diagnostic({ code: "W_RECOVERY_FLOW_FAILED", level: "warn", message: says, data });
    this.#options.observer?.warned?.(warning);
  }
}

function idOf({ flow_token, action_uri, args, seq }: Omit<LoggedInvocation, "id">): string {
  return invocationId(flow_token, action_uri, args, seq);
}

function checkId(given: string | undefined, invocation: Omit<LoggedInvocation, "id">): void {
  if (given === undefined || given === idOf(invocation)) return;
  const { action_uri, seq } = invocation;
  throw new StoreError(
    "E_STORE_ID",
    `the invocation ${action_uri} with seq ${seq} has the id ${idOf(invocation)}, not ${given}`,
  );
}
