import type { EngineRun } from "../engine/mod.ts";
import { nameOfRunError, RUN_CODE, type RunEvent, type RunResult, type ValueObject } from "../flow/mod.ts";
import type { PeerError, RunStatus } from "../rep/mod.ts";
import { exactJson } from "../value/mod.ts";

/** What does a run: it reports events and ends. */
export type RunWork = (onEvent: (event: RunEvent) => void, signal: AbortSignal) => Promise<EngineRun>;

/** What a run of no events and no outputs needs of a frame. */
const ENVELOPE_BYTES = 4096;

/** A run that a host has started, and what it was told of it (flows §12, Poll). */
export class ServerRun {
  readonly #cancel = new AbortController();
  /** Those that the host has not acknowledged, as JSON, and how many there were before them. */
  #events: string[] = [];
  #acknowledged = 0;
  #result: RunResult | undefined;
  #isCancelled = false;

  constructor(work: RunWork) {
    work((event) => this.#events.push(exactJson(event)), this.#cancel.signal).then(
      ({ result }) => {
        this.#result = result;
      },
      (error: unknown) => {
        this.#result = brokenResult(error);
      },
    );
  }

  get isOver(): boolean {
    return this.#result !== undefined || this.#isCancelled;
  }

  /** A run that has ended stays as it is. */
  cancel(): void {
    if (this.isOver) return;
    this.#isCancelled = true;
    this.#cancel.abort();
  }

  /**
   * The result of a Poll, as JSON. Where not all events fit into a frame, the run has not ended for this host yet.
   * @param after how many events the host has (poll_after); undefined: what is sent counts as received
   */
  poll(after: number | undefined, frameBytes: number): string {
    if (after !== undefined) this.#forget(after - this.#acknowledged);
    const end = this.#result === undefined ? "" : endJson(this.#result);
    const chosen = this.#fitting(frameBytes - ENVELOPE_BYTES - Buffer.byteLength(end));
    const isLast = chosen.length === this.#events.length;
    const status: RunStatus = this.#result !== undefined && isLast ? this.#result.status : "running";
    if (after === undefined) this.#forget(chosen.length);
    return `{"status":"${status}","events":[${chosen.join(",")}]${isLast ? end : ""}}`;
  }

  #fitting(room: number): readonly string[] {
    let left = room;
    const over = this.#events.findIndex((event, index) => {
      left -= Buffer.byteLength(event) + 1;
      return left < 0 && index > 0;
    });
    return over < 0 ? this.#events : this.#events.slice(0, over);
  }

  #forget(count: number): void {
    const known = Math.max(0, Math.min(count, this.#events.length));
    this.#events = this.#events.slice(known);
    this.#acknowledged += known;
  }
}

/** What did the run broke, which is nobody's fault but the executor's: its host must still hear of an end. */
function brokenResult(error: unknown): RunResult {
  const code = RUN_CODE.executor;
  const message = `the executor failed inside: ${error instanceof Error ? error.message : String(error)}`;
  return {
    status: "failed",
    state: { inputs: {}, steps: {}, outputs: {} },
    events: [],
    summary: {},
    outputs: {},
    error: { code, name: nameOfRunError(code), message, data: { retriable: false, details: {} } },
  };
}

function endJson({ summary, outputs, error }: RunResult): string {
  const told: { summary: ValueObject; outputs: ValueObject; error?: PeerError } = { summary, outputs };
  if (error !== undefined) told.error = { code: error.code, message: error.message, data: error.data };
  return `,${exactJson(told).slice(1, -1)}`;
}
