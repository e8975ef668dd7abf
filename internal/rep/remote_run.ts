import * as v from "valibot";
import type { FlowIr, ValueObject } from "../flow/mod.ts";
import { isObject } from "../value/mod.ts";
import type { Alarms } from "../world/mod.ts";
import { RepFault } from "./fault.ts";
import {
  type BootId,
  bootIdOf,
  type Capabilities,
  CapabilitiesSchema,
  METHODS,
  type PeerError,
  type PollResult,
  PollResultSchema,
  type RunStatus,
  StartRunResultSchema,
} from "./messages.ts";
import { PollBackoff } from "./poll_backoff.ts";
import { envelopeFault } from "./read_message.ts";
import { RemoteEvents } from "./remote_events.ts";
import type { ErrorReply, Reply } from "./reply.ts";
import { RPC } from "./rpc_errors.ts";
import { RunCancelled, type RunStop } from "./run_stop.ts";
import { type RepSession, RequestTooLarge } from "./session.ts";

/**
 * How long a run that was cancelled is asked for its end: up to 5 s (flows §13, Cancel), a little less, so that with the two waits of
 * the end of the process (1 s and 2 s) it is gone within the 8 s of flows §17.
 */
const CANCEL_MS = 4900;

export interface RemoteRunOptions {
  readonly session: RepSession;
  readonly capabilities: Capabilities;
  readonly alarms: Alarms;
  readonly ir: FlowIr;
  readonly inputs: ValueObject;
  readonly runId: string;
  readonly traceId: string;
  readonly allowShell: boolean;
  readonly stop: RunStop;
  /** Sees the events of each Poll. */
  readonly onEvents: (events: readonly ValueObject[]) => void;
  /** Something tolerated; may repeat itself. */
  readonly warned: (code: string, message: string) => void;
}

type FinalStatus = Exclude<RunStatus, "pending" | "running">;

/** What came of a run on an executor. */
export type RemoteOutcome =
  | {
      readonly kind: "final";
      readonly status: FinalStatus;
      readonly summary: ValueObject;
      readonly outputs: ValueObject;
      readonly error: PeerError | undefined;
    }
  /** The executor refused StartRun or a Poll. */
  | { readonly kind: "error"; readonly error: PeerError }
  | { readonly kind: "too-large"; readonly bytes: number; readonly limit: number }
  /** It never said how it ended. */
  | { readonly kind: "cancelled" }
  | { readonly kind: "fault"; readonly fault: RepFault };

/** Rejects what a run waits for when it has waited long enough for a cancelled run to end. */
class GaveUp extends Error {}

/** One run on an executor: StartRun, then Poll until it has ended; Cancel once, where it has to end (flows §13, Run). */
export class RemoteRun {
  readonly #options: RemoteRunOptions;
  readonly #events: RemoteEvents;
  readonly #backoff = new PollBackoff();
  #runId: string;
  #boot: BootId | undefined;
  #status: RunStatus = "pending";
  #patienceOff: (() => void) | undefined;
  #giveUp: ((error: Error) => void) | undefined;
  #wake: (() => void) | undefined;

  constructor(options: RemoteRunOptions) {
    this.#options = options;
    this.#runId = options.runId;
    this.#boot = bootIdOf(options.capabilities);
    this.#events = new RemoteEvents(() => options.alarms.nowIso(), options.warned);
  }

  /** The one asked for, unless the executor chose another. */
  get runId(): string {
    return this.#runId;
  }

  async run(): Promise<RemoteOutcome> {
    const { stop } = this.#options;
    if (stop.reason !== undefined) return this.#judged({ kind: "cancelled" });
    const off = stop.onStop(() => this.#cancel());
    try {
      return this.#judged((await this.#start()) ?? (await this.#poll()));
    } catch (error) {
      return this.#judged(this.#outcomeOf(error));
    } finally {
      off();
      this.#patienceOff?.();
    }
  }

  /** Undefined: it runs. */
  async #start(): Promise<RemoteOutcome | undefined> {
    const { session, ir, inputs, runId: run_id, traceId: trace_id, allowShell: allow_shell } = this.#options;
    const timeout = this.#options.stop.timeoutMs;
    const options = { run_id, trace_id, allow_shell, ...(timeout === undefined ? {} : { run_timeout_ms: timeout }) };
    const reply = await this.#wait(session.call(METHODS.startRun, { ir, inputs, options }));
    if (!reply.ok) return { kind: "error", error: reply.error };
    const read = v.safeParse(StartRunResultSchema, reply.result);
    if (!read.success) throw envelopeFault(METHODS.startRun, read.issues);
    this.#runId = read.output.run_id;
    if (this.#runId !== run_id) {
      this.#options.warned("W_REP_RUN_ID", `the executor calls the run ${this.#runId} instead of ${run_id}`);
    }
    return undefined;
  }

  async #poll(): Promise<RemoteOutcome> {
    const { session, capabilities } = this.#options;
    const acknowledges = capabilities.features?.includes("poll_after") === true;
    for (;;) {
      const run_id = this.#runId;
      const params = acknowledges ? { run_id, after: this.#events.count } : { run_id };
      const reply = await this.#wait(session.call(METHODS.poll, params));
      if (!reply.ok) return await this.#refused(reply);
      const polled = this.#read(reply);
      if (polled.status !== "pending" && polled.status !== "running") return this.#final(polled.status, polled);
      const isNews = polled.status !== this.#status || (polled.events?.length ?? 0) > 0;
      this.#status = polled.status;
      await this.#pause(this.#backoff.after(isNews, polled.poll_after_ms));
    }
  }

  #read(reply: Reply & { readonly ok: true }): PollResult {
    const read = v.safeParse(PollResultSchema, reply.result);
    if (!read.success) throw envelopeFault(METHODS.poll, read.issues);
    const polled = read.output;
    const boot = bootIdOf(polled);
    if (boot !== undefined) {
      this.#boot ??= boot;
      if (boot !== this.#boot) throw resetFault(this.#boot, boot);
    }
    if (polled.events === null)
      this.#options.warned("W_REP_ENVELOPE", "the executor reports events: null instead of a list");
    const events = polled.events ?? [];
    if (events.length > 0) this.#options.onEvents(this.#events.take(events, reply.bytes));
    return polled;
  }

  #final(status: FinalStatus, { summary, outputs, error }: PollResult): RemoteOutcome {
    const isSummary = summary !== undefined && isObject(summary as ValueObject);
    if (summary !== undefined && !isSummary) {
      this.#options.warned("W_REP_ENVELOPE", "the executor reports a summary that is no object");
    }
    return {
      kind: "final",
      status,
      summary: isSummary ? (summary as ValueObject) : {},
      outputs: outputs ?? {},
      error: error ?? undefined,
    };
  }

  /** A Poll got an error. An executor that does not know our run has lost it, or lost everything (flows §13). */
  async #refused({ error }: ErrorReply): Promise<RemoteOutcome> {
    if (!isUnknownRun(error)) return { kind: "error", error };
    const reply = await this.#wait(this.#options.session.call(METHODS.capabilities, {}));
    const read = reply.ok ? v.safeParse(CapabilitiesSchema, reply.result) : undefined;
    const boot = read?.success === true ? bootIdOf(read.output) : undefined;
    if (this.#boot !== undefined && boot !== undefined && boot !== this.#boot) throw resetFault(this.#boot, boot);
    throw new RepFault("RunLost", `the executor does not know run ${this.#runId} any more: ${error.message}`);
  }

  /** Asks the executor once to stop, and sets an end to the waiting. */
  #cancel(): void {
    const { session, alarms } = this.#options;
    session.call(METHODS.cancel, { run_id: this.#runId }).catch(() => undefined);
    this.#patienceOff = alarms.after(CANCEL_MS, () => this.#giveUp?.(new GaveUp()));
    this.#wake?.();
  }

  /** A run that had to end has ended because of that, whatever it says. */
  #judged(outcome: RemoteOutcome): RemoteOutcome {
    const { reason } = this.#options.stop;
    if (reason === undefined) return outcome;
    if (!(reason instanceof RunCancelled)) return { kind: "fault", fault: reason };
    if (outcome.kind !== "final") return { kind: "cancelled" };
    // A cancelled run may also say that it failed (flows §12); one that had completed before stays so.
    return outcome.status === "completed" ? outcome : { ...outcome, status: "cancelled", error: undefined };
  }

  #outcomeOf(error: unknown): RemoteOutcome {
    if (error instanceof RepFault) return { kind: "fault", fault: error };
    if (error instanceof RequestTooLarge) return { kind: "too-large", bytes: error.bytes, limit: error.limit };
    if (error instanceof GaveUp) return { kind: "cancelled" };
    throw error;
  }

  /** Resolves as `call` does, unless the run gives up before. */
  #wait(call: Promise<Reply>): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#giveUp = reject;
      call.then(resolve, reject);
    });
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const off = this.#options.alarms.after(ms, resolve);
      this.#giveUp = (error) => {
        off();
        reject(error);
      };
      this.#wake = () => {
        off();
        resolve();
      };
    });
  }
}

/** Of wrong params there is no other cause, unless the executor names one. */
function isUnknownRun({ code, data }: PeerError): boolean {
  if (code !== RPC.badParams) return false;
  const { details } = Object(data);
  const { cause } = Object(details);
  return cause === undefined || cause === "UnknownRun";
}

function resetFault(before: BootId, after: BootId): RepFault {
  return new RepFault("Reset", `the executor was reset during the run: its boot id changed from ${before} to ${after}`);
}
