import { type FlowIr, type FlowNode, isControlKind, type RunError, type RunResult } from "../flow/mod.ts";
import {
  type Capabilities,
  exitText,
  type Handshake,
  type RemoteOutcome,
  RemoteRun,
  RepFault,
  RunCancelled,
  RunStop,
  type TransportEnd,
} from "../rep/mod.ts";
import type { EngineRun, RunRequest } from "./engine.ts";
import { errorOfFault, errorOfHandshake, errorOfPeer, errorTooLarge, errorUnsaid } from "./executor_errors.ts";
import { consoleEvent, stderrEvents } from "./executor_log.ts";
import { ExecutorRecord } from "./executor_record.ts";
import type { ExecutorSession } from "./executor_session.ts";
import type { ExecutorSetup } from "./executor_setup.ts";
import type { ExecutorLease, ExecutorSource } from "./executor_source.ts";
import { capabilitiesMismatch, missingKinds, refused } from "./refusal.ts";
import { RunWarnings } from "./run_warnings.ts";

export interface ExecutorRunParts {
  readonly setup: ExecutorSetup;
  readonly source: ExecutorSource;
  /** Hears of every executor that said what it can. */
  readonly capable: (capabilities: Capabilities) => void;
}

/** One run of engine `proc`: take an executor, ask what it can, run, let it go (flows §13). */
export class ExecutorRun {
  readonly #request: RunRequest;
  readonly #parts: ExecutorRunParts;
  readonly #record: ExecutorRecord;
  readonly #warnings = new RunWarnings();
  #runId: string;
  /** The executor gave a final status, so that its end should be in order too. */
  #isFinal = false;
  /** The executor was to end the run, and never said that it did. */
  #isStuck = false;

  constructor(request: RunRequest, parts: ExecutorRunParts) {
    this.#request = request;
    this.#parts = parts;
    this.#record = new ExecutorRecord(request);
    this.#runId = request.runId;
  }

  /** @throws FlowInputError E_EXECUTOR_PATH */
  async run(): Promise<EngineRun> {
    const { timeoutMs, signal } = this.#request;
    const stop = new RunStop({ alarms: this.#parts.setup.alarms, timeoutMs, signal });
    const result = await this.#run(stop).finally(() => stop.dispose());
    return { result, runId: this.#runId, warnings: this.#warnings.all() };
  }

  async #run(stop: RunStop): Promise<RunResult> {
    let lease: ExecutorLease;
    try {
      lease = await this.#parts.source.take(this.#request, stop);
    } catch (error) {
      return this.#broken(error);
    }
    const { executor } = lease;
    const { alarms } = this.#parts.setup;
    const firstLine = executor.stderr?.count ?? 0;
    const unhear = executor.hear({
      warned: (code, message) => this.#warnings.add(code, message),
      console: (text) => this.#record.add(consoleEvent(text, alarms.nowIso())),
    });
    const ended = await this.#onExecutor(executor, stop).finally(unhear);
    const end = await lease.release(this.#isStuck);
    if (this.#isFinal && end !== undefined) this.#judgeEnd(end);
    for (const event of stderrEvents(executor.stderr, firstLine)) this.#record.add(event);
    return ended();
  }

  /** The result is made by what this returns, once all events are there. */
  async #onExecutor(executor: ExecutorSession, stop: RunStop): Promise<() => RunResult> {
    try {
      const error = await this.#refusal(await stop.race(executor.shakeHands()));
      if (error !== undefined) return () => refused(this.#request, error);
      return await this.#remote(executor, stop);
    } catch (error) {
      return () => this.#broken(error);
    }
  }

  /** Undefined: the executor can do all that the flow needs. */
  #refusal(handshake: Handshake): RunError | undefined {
    if (handshake.kind === "unfit") return errorOfHandshake(handshake);
    if (handshake.kind === "error") return errorOfPeer(handshake.error, false);
    const { capabilities } = handshake;
    this.#parts.capable(capabilities);
    const { language } = this.#parts.setup;
    if (capabilities.language !== undefined && capabilities.language !== language) {
      const message = `the executor says that it is ${capabilities.language}; runtime.language is ${language}`;
      this.#warnings.add("W_EXECUTOR_LANGUAGE", message);
    }
    return mismatch(this.#request.ir, capabilities.step_kinds);
  }

  async #remote(executor: ExecutorSession, stop: RunStop): Promise<() => RunResult> {
    const { capabilities, session } = executor;
    if (capabilities === undefined) throw new Error("the executor was not asked what it can");
    const { setup } = this.#parts;
    const { ir, inputs, runId, traceId } = this.#request;
    const leave = await executor.enter(capabilities.limits.concurrency, stop);
    const run = new RemoteRun({
      session,
      capabilities,
      alarms: setup.alarms,
      ir,
      inputs,
      runId,
      traceId,
      allowShell: setup.allowShell,
      stop,
      onEvents: (events) => this.#record.report(events),
      warned: (code, message) => this.#warnings.add(code, message),
    });
    const outcome = await run.run().finally(leave);
    this.#runId = run.runId;
    this.#isFinal = outcome.kind === "final";
    this.#isStuck = outcome.kind === "cancelled" || outcome.kind === "fault";
    return () => this.#resultOf(outcome);
  }

  #resultOf(outcome: RemoteOutcome): RunResult {
    switch (outcome.kind) {
      case "final": {
        const { status, summary, outputs, error } = outcome;
        if (status !== "failed") return this.#record.result(status, { summary, outputs });
        const why = error === undefined ? errorUnsaid() : errorOfPeer(error, true);
        return this.#record.result("failed", { summary, outputs, error: why });
      }
      case "error":
        return this.#failed(errorOfPeer(outcome.error, false));
      case "too-large":
        return refused(this.#request, errorTooLarge(outcome.bytes, outcome.limit));
      case "cancelled":
        return this.#record.result("cancelled");
      case "fault":
        return this.#failed(errorOfFault(outcome.fault));
    }
  }

  /** The run had to end, or the executor is of no use any more. */
  #broken(error: unknown): RunResult {
    if (error instanceof RunCancelled) return this.#record.result("cancelled");
    if (error instanceof RepFault) return this.#failed(errorOfFault(error));
    throw error;
  }

  #failed(error: RunError): RunResult {
    return this.#record.result("failed", { error });
  }

  /** How the process ended after a run that was over. */
  #judgeEnd({ exit, wasKilled }: TransportEnd): void {
    if (wasKilled) {
      const message = "the executor did not end when its stdin was closed, and was ended by a signal";
      this.#warnings.add("W_EXECUTOR_LINGER", message);
    } else if (exit !== undefined && !("exitCode" in exit && exit.exitCode === 0)) {
      this.#warnings.add("W_EXECUTOR_EXIT", `the executor ended with ${exitText(exit)} after the run`);
    }
  }
}

/** The kinds of a flow that an executor does not list (flows §13, Run). */
export function mismatch(ir: FlowIr, stepKinds: readonly string[]): RunError | undefined {
  const offered = new Set(stepKinds);
  const isMissing = ({ type }: FlowNode) => !isControlKind(type) && !offered.has(type);
  const missing = ir.graph.nodes.filter(isMissing);
  if (missing.length === 0) return undefined;
  const error = capabilitiesMismatch("proc", ir, missingKinds(missing));
  return { ...error, data: { ...error.data, blame: "executor" } };
}
