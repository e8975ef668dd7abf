import type { Alarms } from "../world/mod.ts";
import type { RepFault } from "./fault.ts";
import type { Method } from "./messages.ts";
import type { Reply } from "./reply.ts";

interface Call {
  readonly method: Method;
  readonly text: string;
  readonly since: number;
  resends: number;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (fault: RepFault) => void;
}

export interface PendingOptions {
  readonly alarms: Alarms;
  /** Of each call, from its request on. */
  readonly timeoutMs: number;
  /** Sends a request again; undefined: nothing is lost on this line. */
  readonly resend: ((text: string) => void) | undefined;
  /** A call was not answered in time. */
  readonly expired: (method: Method) => void;
}

/** A request unanswered for a quarter of the time-out is sent again, three times (flows §13, Transports). */
const RESENDS = 3;

/** The requests that wait for their replies. One alarm watches over them all, so that a quick call needs no timer. */
export class PendingCalls {
  readonly #options: PendingOptions;
  readonly #calls = new Map<number, Call>();
  readonly #resent = new Set<number>();
  #lastId = 0;
  #alarmOff: (() => void) | undefined;

  constructor(options: PendingOptions) {
    this.#options = options;
  }

  /** Ids are integers from 1 upward (flows §12). */
  get nextId(): number {
    return this.#lastId + 1;
  }

  /** Takes the next id. */
  add(method: Method, text: string): Promise<Reply> {
    this.#lastId += 1;
    const since = this.#options.alarms.monotonicMs();
    return new Promise((resolve, reject) => {
      this.#calls.set(this.#lastId, { method, text, since, resends: 0, resolve, reject });
      if (this.#alarmOff === undefined) this.#arm(this.#patience);
    });
  }

  /** False: nobody waits for it any more. */
  settle(id: number, reply: Reply): boolean {
    const call = this.#calls.get(id);
    if (call === undefined) return false;
    this.#calls.delete(id);
    call.resolve(reply);
    return true;
  }

  /** It was sent more than once, and so may be answered more than once. */
  wasResent(id: number): boolean {
    return this.#resent.has(id);
  }

  /** All that wait are told; no alarm is left. */
  reject(fault: RepFault): void {
    this.#alarmOff?.();
    this.#alarmOff = undefined;
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const { reject } of calls) reject(fault);
  }

  /** How long a request may wait for its reply before something happens. */
  get #patience(): number {
    const { timeoutMs, resend } = this.#options;
    return resend === undefined ? timeoutMs : timeoutMs / (RESENDS + 1);
  }

  #arm(ms: number): void {
    this.#alarmOff = this.#options.alarms.after(ms, () => {
      this.#alarmOff = undefined;
      this.#check();
    });
  }

  #check(): void {
    const { alarms, timeoutMs, resend, expired } = this.#options;
    const now = alarms.monotonicMs();
    let next = Number.POSITIVE_INFINITY;
    for (const [id, call] of this.#calls) {
      const age = now - call.since;
      if (age >= timeoutMs) {
        expired(call.method);
        return;
      }
      if (resend !== undefined && call.resends < RESENDS && age >= (call.resends + 1) * this.#patience) {
        call.resends += 1;
        this.#resent.add(id);
        resend(call.text);
      }
      const due = call.resends < RESENDS ? (call.resends + 1) * this.#patience : timeoutMs;
      next = Math.min(next, due - age);
    }
    if (next < Number.POSITIVE_INFINITY) this.#arm(Math.max(1, next));
  }
}
