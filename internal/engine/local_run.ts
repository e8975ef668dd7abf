import {
  GraphWalk,
  isStepFailure,
  type LogLevel,
  RUN_CODE,
  type RunError,
  type RunResult,
  type StepError,
  type ValueObject,
} from "../flow/mod.ts";
import { setKey } from "../value/mod.ts";
import { Agenda } from "../world/mod.ts";
import { Attempt, type AttemptOwner } from "./attempt.ts";
import { controlStep } from "./control_step.ts";
import type { RunRequest } from "./engine.ts";
import { EventLog } from "./event_log.ts";
import type { PreparedFlow, PreparedNode } from "./prepared_flow.ts";
import { type RunLimit, runErrorOf, runLimit } from "./run_limits.ts";
import type { RunTime } from "./run_time.ts";
import { type Performer, type StepAnswer, type StepFailure, stepFailure } from "./step_provider.ts";

/** So many steps are done before the event loop gets a turn. */
const TURNS = 4096;

const NEVER = Number.POSITIVE_INFINITY;

/** What a run is made of. */
export interface LocalRunParts {
  readonly flow: PreparedFlow;
  readonly time: RunTime;
  /** By node; none for control nodes. */
  readonly performers: readonly (Performer | undefined)[];
}

/**
 * One run of engine `local`: one node at a time, as flows §10 and §11 have it. What answers at once is settled at once; the run
 * waits only for time and for steps that take some.
 */
export class LocalRun implements AttemptOwner {
  readonly #request: RunRequest;
  readonly #flow: PreparedFlow;
  readonly #time: RunTime;
  readonly #performers: LocalRunParts["performers"];
  readonly #walk: GraphWalk;
  readonly #log: EventLog;
  readonly #start: number;
  readonly #limit: RunLimit | undefined;
  readonly #limitAt: number;
  readonly #steps: ValueObject = {};
  readonly #state: { readonly inputs: ValueObject; readonly steps: ValueObject };
  readonly #sleepers = new Agenda<() => void>();
  #outputs: ValueObject = {};
  #attempts = 0;
  /** The node that is at work, -1: none, and how many attempts of it have begun. */
  #at = -1;
  #number = 0;
  /** The attempt that began last: what fails fails in it, also between two attempts. */
  #tried = { step_id: "", attempt: 0 };
  /** The attempt that is performed; undefined between two of them. */
  #attempt: Attempt | undefined;
  /** Its answer, once there is one, and when that is due. */
  #answer: StepAnswer | undefined;
  #answerAt = NEVER;
  /** The attempt works elsewhere, and had no chance yet to answer in the moment in which it began. */
  #isFresh = false;
  /** When the attempt is over, or the next one begins. */
  #nextAt = NEVER;
  #end: { readonly status: RunResult["status"]; readonly error?: RunError } | undefined;

  constructor(request: RunRequest, { flow, time, performers }: LocalRunParts) {
    this.#request = request;
    this.#flow = flow;
    this.#time = time;
    this.#performers = performers;
    this.#walk = new GraphWalk(flow.graph);
    this.#log = new EventLog(time, request.onEvent);
    this.#start = time.now();
    this.#limit = runLimit(this.#start, request.ir.flow.timeout_ms, request.timeoutMs);
    this.#limitAt = this.#limit?.at ?? NEVER;
    this.#state = { inputs: request.inputs, steps: this.#steps };
  }

  async run(): Promise<RunResult> {
    const { signal } = this.#request;
    const ring = () => this.#time.ring();
    signal?.addEventListener("abort", ring);
    this.#log.log("info", "run started");
    try {
      for (this.#advance(); this.#end === undefined; this.#advance()) await this.#pause();
    } finally {
      signal?.removeEventListener("abort", ring);
    }
    return this.#result(this.#end);
  }

  /** The same without a promise: in virtual time, where no step gives one. */
  runAtOnce(pass: (ms: number) => void): RunResult {
    this.#log.log("info", "run started");
    for (this.#advance(); this.#end === undefined; this.#advance()) {
      const due = this.#due();
      if (due === NEVER || this.#isFresh) throw new Error("a step gave a promise where none can be waited for");
      pass(Math.max(0, due - this.#time.now()));
    }
    return this.#result(this.#end);
  }

  log(attempt: Attempt, level: LogLevel, message: string): void {
    if (attempt === this.#attempt) this.#log.log(level, message, attempt.stepId);
  }

  /** Never resolves for an attempt that is over: the run does not wait for it. */
  sleep(attempt: Attempt, ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (attempt !== this.#attempt) return;
      this.#sleepers.insert(this.#time.now() + Math.max(0, ms), 0, resolve);
      this.#time.ring();
    });
  }

  /** Goes on until there is something to wait for, the run has ended, or others should have a turn. */
  #advance(): void {
    for (let turn = 0; turn < TURNS; turn += 1) {
      if (this.#request.signal?.aborted === true) this.#cancel();
      if (this.#end !== undefined || !this.#step()) return;
    }
  }

  /** Does the next thing; false: nothing can be done before time passes or an answer comes. */
  #step(): boolean {
    const now = this.#time.now();
    if (this.#at < 0) {
      this.#next(now);
      return true;
    }
    if (this.#isFresh) return false;
    // What is due first counts: at the same moment an answer before a time limit, both before the end of the run.
    const due = this.#due();
    if (now < due) return false;
    if (this.#answer !== undefined && this.#answerAt === due) this.#settle(this.#answer, now);
    else if (this.#nextAt === due && this.#attempt === undefined) this.#begin(now);
    else if (this.#nextAt === due) this.#timeOut(now);
    else this.#stop();
    return true;
  }

  #next(now: number): void {
    const next = this.#walk.next();
    if (next === undefined) {
      this.#log.log("info", "run completed");
      this.#end = { status: "completed" };
      return;
    }
    this.#at = next;
    this.#number = 0;
    this.#begin(now);
  }

  /** Starts an attempt, unless the run is over. The first of all always starts, so that every end has an attempt to tell of. */
  #begin(now: number): void {
    if (now > this.#limitAt && this.#attempts > 0) {
      this.#stop();
      return;
    }
    const prepared = this.#node;
    const { node } = prepared;
    this.#attempts += 1;
    this.#number += 1;
    this.#tried = { step_id: node.id, attempt: this.#number };
    if (prepared.isControl) {
      this.#control(prepared, now);
      return;
    }
    // `with` is a mapping, and so is what comes of it.
    const args = prepared.args(this.#state) as ValueObject;
    this.#log.started(now, node.id, node.type, this.#number, args);
    const attempt = new Attempt(this, node, this.#number, args, now);
    this.#attempt = attempt;
    this.#nextAt = node.timeout_ms === 0 ? NEVER : now + node.timeout_ms;
    const answer = this.#performers[this.#at]?.(attempt);
    if (answer === undefined) throw new Error(`nobody performs ${node.type}`);
    if ("ok" in answer) {
      this.#settle(answer, this.#time.now());
    } else if ("afterMs" in answer) {
      this.#answer = answer.answer;
      this.#answerAt = now + answer.afterMs;
    } else {
      this.#isFresh = true;
      answer.then((come) => this.#come(attempt, come));
    }
  }

  /** One that comes too late is dropped (flows §11). */
  #come(attempt: Attempt, answer: StepAnswer): void {
    if (attempt !== this.#attempt) return;
    this.#answer = answer;
    this.#answerAt = 0;
    this.#time.ring();
  }

  #control(prepared: PreparedNode, now: number): void {
    const { node } = prepared;
    const step = controlStep(prepared, this.#at, this.#flow.graph, this.#state);
    this.#log.started(now, node.id, node.type, this.#number, step.args);
    if (!step.answer.ok) {
      this.#failed(step.answer.failure, now, now);
      return;
    }
    if (node.type === "dsl.emit") this.#outputs = step.answer.result;
    this.#log.succeeded(now, now, node.id, node.type, this.#number, step.answer.result);
    this.#walk.succeed(this.#at, step.chosen, step.target);
    this.#at = -1;
  }

  #timeOut(now: number): void {
    const { id, timeout_ms } = this.#node.node;
    this.#attempt?.abort();
    this.#settle(stepFailure(`${id} took longer than ${timeout_ms} ms`, { cause: "Timeout" }), now);
  }

  /** The attempt has its answer. */
  #settle(answer: StepAnswer, now: number): void {
    const since = this.#attempt?.since ?? now;
    this.#forget();
    if (!answer.ok) {
      this.#failed(answer.failure, now, since);
      return;
    }
    const { id, type } = this.#node.node;
    this.#log.succeeded(now, since, id, type, this.#number, answer.result);
    setKey(this.#steps, id, answer.result);
    this.#walk.succeed(this.#at);
    this.#at = -1;
  }

  #failed(failure: StepFailure, now: number, since: number): void {
    const { node } = this.#node;
    const retries = this.#number <= node.retry.max && failure.retriable && isStepFailure(failure.code);
    const error = this.#errorOf(failure);
    this.#log.failed(now, since, node.type, error, retries);
    if (retries) {
      this.#nextAt = now + node.retry.backoff_ms;
    } else if (!this.#giveUp(error)) {
      this.#fail(runErrorOf(error.code, error.message, { ...error.data }));
    }
  }

  /** The node has failed for good; false: nobody handles it. */
  #giveUp(error: StepError, runIsOver = false): boolean {
    const { node, isControl } = this.#node;
    if (!isControl) setKey(this.#steps, node.id, { error: { ...error } });
    const isHandled = this.#walk.fail(this.#at, runIsOver);
    this.#at = -1;
    return isHandled;
  }

  /** The limit of the whole run is over. */
  #stop(): void {
    const limit = this.#limit;
    if (limit === undefined) return;
    const error = this.#interrupt(limit.failure);
    this.#fail(runErrorOf(error.code, error.message, { ...error.data }, limit));
  }

  #cancel(): void {
    if (this.#end !== undefined) return;
    const message = "the run was cancelled";
    if (this.#at >= 0)
      this.#interrupt({ code: RUN_CODE.stepFailed, message, retriable: false, details: { cause: "Cancelled" } });
    this.#log.log("info", "run cancelled");
    this.#end = { status: "cancelled" };
  }

  /**
   * The node at work fails because the run is over; its attempt, if one is performed, is aborted. A node without any attempt has
   * not started, and so cannot fail.
   */
  #interrupt(failure: StepFailure): StepError {
    const attempt = this.#attempt;
    const error = this.#errorOf(failure);
    this.#forget();
    if (attempt !== undefined) {
      attempt.abort();
      this.#log.failed(this.#time.now(), attempt.since, attempt.kind, error, false);
    }
    if (this.#number > 0) this.#giveUp(error, true);
    return error;
  }

  #forget(): void {
    this.#attempt = undefined;
    this.#answer = undefined;
    this.#isFresh = false;
    this.#nextAt = NEVER;
  }

  #fail(error: RunError): void {
    this.#log.log("info", `run failed: ${error.message}`);
    this.#end = { status: "failed", error };
  }

  #errorOf({ code, message, retriable, details }: StepFailure): StepError {
    return { code, message, data: { ...this.#tried, retriable, details } };
  }

  get #node(): PreparedNode {
    const node = this.#flow.nodes[this.#at];
    if (node === undefined) throw new Error(`the flow has no node ${this.#at}`);
    return node;
  }

  /** Waits for the next moment at which something is due, or for an answer. */
  async #pause(): Promise<void> {
    this.#isFresh = false;
    const now = this.#time.now();
    const due = this.#due();
    if (due <= now) {
      await this.#time.yieldToEvents();
      return;
    }
    const isBusy = this.#attempt !== undefined && this.#answer === undefined;
    const until = Math.min(due, this.#sleepers.peek()?.time ?? NEVER);
    await this.#time.wait(until === NEVER ? undefined : until - now, isBusy);
    if (this.#wakeSleepers()) await this.#time.yieldToEvents();
  }

  /** When something is to be done without anybody else. */
  #due(): number {
    if (this.#at < 0) return this.#time.now();
    const answerAt = this.#answer === undefined ? NEVER : this.#answerAt;
    return Math.min(answerAt, this.#nextAt, this.#limitAt);
  }

  /** Who slept until now may answer now, before a time limit that ends now. */
  #wakeSleepers(): boolean {
    const now = this.#time.now();
    let woken = false;
    for (let next = this.#sleepers.peek(); next !== undefined && next.time <= now; next = this.#sleepers.peek()) {
      this.#sleepers.take()?.item();
      woken = true;
    }
    return woken;
  }

  #result({ status, error }: { readonly status: RunResult["status"]; readonly error?: RunError }): RunResult {
    const { succeeded, failed, skipped } = this.#walk.counts;
    return {
      status,
      state: { inputs: this.#request.inputs, steps: this.#steps, outputs: this.#outputs },
      events: this.#log.events,
      summary: {
        completed_steps: succeeded,
        failed_steps: failed,
        skipped_steps: skipped,
        attempts: this.#attempts,
        duration_ms: Math.floor(this.#time.now() - this.#start),
      },
      outputs: this.#outputs,
      ...(error === undefined ? {} : { error }),
    };
  }
}
