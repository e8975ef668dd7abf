import { type Diagnostic, diagnostic } from "../diag/mod.ts";
import type { LoggedCompletion, LoggedInvocation, Store } from "../store/mod.ts";
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
import type { EngineObserver, GivenAnswer, Outcome, Recovered, Refused, Root } from "./outcome.ts";
import { type Plan, planFirings, quotaExceeded } from "./plan_firings.ts";
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
  /** Completions that were in the log before, until they are evaluated. */
  readonly #old: Set<string>;
  /** Flows that failed since the last root or recovery began. */
  readonly #failures = new Map<string, FlowFailure>();
  /** What answers a root, asked for before it was recorded. */
  #given: { readonly id: string; readonly answer: GivenAnswer } | undefined;
  #root: { readonly id: string; completion: LoggedCompletion | undefined } | undefined;
  #counts = { completions: 0, invocations: 0 };

  constructor(options: EngineOptions) {
    const { store, program, handlers, clock, maxSteps = 1000, timeoutMs = 10_000 } = options;
    this.#store = store;
    this.#program = program;
    this.#options = options;
    this.#clock = clock ?? new LogTicks(store.queries.maxSeq());
    this.#maxSteps = maxSteps;
    this.#completer = new Completer({ store, program, handlers, clock: this.#clock, timeoutMs });
    this.#finished = new FinishedEvents(store);
    this.#causes = new Causes(store);
    this.#old = new Set([...store.unevaluated].map(({ id }) => id));
  }

  /**
   * What stands against a root, without recording anything; undefined: nothing. With an `answer`, whether something answers an
   * action without body is only known when it is invoked.
   */
  check(root: Root): Refused | undefined {
    const checked = readRoot(this.#program, root);
    if (checked.kind === "refused") return checked;
    return (
      this.#closed(checked.flowToken) ??
      (this.#options.answer === undefined ? unimplemented(checked.action) : undefined)
    );
  }

  /**
   * Records a root and runs until nothing is left to do: T1, then the loop. What an earlier crash left is done before.
   * @throws HandlerHang; StoreError for a log that cannot be written
   */
  invoke(root: Root): Outcome {
    const checked = readRoot(this.#program, root);
    if (checked.kind === "refused") return checked;
    this.recover();
    const { flowToken } = checked;
    const against = this.#closed(flowToken) ?? this.#unanswered(checked, root);
    if (against !== undefined) return against;
    this.#failures.clear();
    const id = this.#record(checked, root);
    this.#root = id === undefined ? undefined : { id, completion: undefined };
    this.#run();
    const completion = this.#root?.completion;
    this.#root = undefined;
    return this.#outcome(flowToken, id, completion);
  }

  /** Does what is left to do in open flows of the log: what a crash left (scenarios.md §5, Crash). */
  recover(): Recovered {
    this.#counts = { completions: 0, invocations: 0 };
    if (this.#store.unevaluated.first() === undefined && this.#store.pending.first() === undefined) {
      return { ...this.#counts, failedFlows: [] };
    }
    this.#failures.clear();
    this.#run();
    const failedFlows = [...this.#failures].map(([flowToken, { code, message }]) => {
      this.#warnFailed(flowToken, { code, message });
      return { flowToken, error: { code, message } };
    });
    return { ...this.#counts, failedFlows };
  }

  /** The loop, until it is quiescent; nobody is told of anything before it is on disk. */
  #run(): void {
    const { unevaluated, pending } = this.#store;
    for (;;) {
      const completion = unevaluated.first();
      const invocation = completion === undefined ? pending.first() : undefined;
      if (completion !== undefined) this.#orFail(completion.invocation.flow_token, () => this.#evaluate(completion));
      else if (invocation !== undefined) this.#orFail(invocation.flow_token, () => this.#execute(invocation));
      else break;
    }
    this.#causes.clear();
    this.#old.clear();
    this.#store.flush();
  }

  /** T1; undefined: the root is beyond the quota, which is T4 alone. */
  #record(checked: CheckedRoot, root: Root): string | undefined {
    const { flowToken: flow_token, action, args } = checked;
    if ((this.#store.flow(flow_token)?.invocations ?? 0) >= this.#maxSteps) {
      this.#fail(flow_token, quotaExceeded(flow_token, this.#maxSteps));
      return undefined;
    }
    const { requestKey: request_key } = root;
    const at_ms = this.#atMs(root);
    return this.#store.sureUnit(() =>
      this.#store.writeInvocation({
        flow_token,
        action_uri: action.uri,
        args,
        seq: this.#clock.next(),
        at_ms,
        request_key,
      }),
    );
  }

  /** T2. */
  #execute(invocation: LoggedInvocation): void {
    const given = this.#given?.id === invocation.id ? this.#given.answer : this.#options.answer?.(invocation);
    this.#given = undefined;
    const completion = this.#completer.complete(invocation, given);
    this.#counts.completions += 1;
    this.#finished.add(completion);
    if (this.#root?.id === invocation.id) this.#root.completion = completion;
    this.#options.observer?.completed?.(completion);
  }

  /** T3. Everything is decided before anything is written. */
  #evaluate(trigger: LoggedCompletion): void {
    const [store, program, finished, causes, maxSteps] = [
      this.#store,
      this.#program,
      this.#finished,
      this.#causes,
      this.#maxSteps,
    ];
    const isOld = this.#old.has(trigger.id);
    const plan = planFirings(trigger, { store, program, finished, causes, maxSteps, isOld });
    const ids = store.sureUnit(() => this.#fire(trigger, plan));
    causes.remove(trigger.invocation.id);
    this.#counts.invocations += ids.length;
    const { observer } = this.#options;
    for (const [index, { sync }] of plan.firings.entries()) {
      observer?.fired?.(sync.sync.name, trigger.id, ids[index] ?? "");
    }
    for (const warning of plan.warnings) observer?.warned?.(warning);
  }

  #fire(trigger: LoggedCompletion, { firings, cause, fired }: Plan): readonly string[] {
    const { flow_token, at_ms } = trigger.invocation;
    const ids = firings.map(({ sync, then, bindings, args }) => {
      const seq = this.#clock.next();
      const invocation = { flow_token, action_uri: then.action, args, seq, at_ms };
      const id = this.#store.writeFiring({ completion_id: trigger.id, sync_id: then.syncId, bindings, invocation });
      const { name } = sync.sync;
      this.#causes.add(id, { sync: name, bindings, trigger, seq, action: then.action, before: cause, fired });
      return id;
    });
    this.#store.markEvaluated(trigger.id);
    return ids;
  }

  /** A flow failure is T4; nothing else is caught. */
  #orFail(flowToken: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof FlowFailure)) throw error;
      this.#fail(flowToken, error);
    }
  }

  /** T4. */
  #fail(flowToken: string, failure: FlowFailure): void {
    const { code, message } = failure;
    this.#store.sureUnit(() => this.#store.failFlow(flowToken, { code, message }));
    this.#failures.set(flowToken, failure);
  }

  #closed(flowToken: string): Refused | undefined {
    const status = this.#store.flow(flowToken)?.status ?? "open";
    if (status === "open") return undefined;
    return refused([finding("E_FLOW_CLOSED", `flow ${JSON.stringify(flowToken)} is ${status}; it takes no more`)]);
  }

  /** An action without body is refused, unless something else answers; what does is kept for its time. */
  #unanswered(checked: CheckedRoot, root: Root): Refused | undefined {
    const { answer } = this.#options;
    const refusal = unimplemented(checked.action);
    if (refusal === undefined || answer === undefined) return refusal;
    const { flowToken: flow_token, args } = checked;
    const action_uri = checked.action.uri;
    const seq = this.#clock.current() + 1;
    const id = invocationId(flow_token, action_uri, args, seq);
    const given = answer({ id, flow_token, action_uri, args, seq, at_ms: this.#atMs(root) });
    if (given === undefined) return refusal;
    this.#given = { id, answer: given };
    return undefined;
  }

  #atMs(root: Root): number {
    return root.atMs ?? this.#options.atMs?.() ?? 0;
  }

  #outcome(flowToken: string, id: string | undefined, completion: LoggedCompletion | undefined): Outcome {
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
