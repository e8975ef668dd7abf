import { drainMicrotasks } from "bun:jsc";
import type { Json } from "../value/mod.ts";
import { CallContext } from "./call_context.ts";
import type { Ask } from "./call_state.ts";
import { FROM_THREAD, type Letter } from "./letters.ts";
import { LoadedModules } from "./loaded_modules.ts";
import { type CallEvent, faultOf, type Outcome, outcomeOf } from "./outcome.ts";

type BoundWorker = (event: CallEvent, ctx: CallContext) => unknown;

/** What follows the payload in a call. */
type Rest = readonly [id: string, time: number, attempt: number, trace: Json, now: number];

const DONE: Outcome = { kind: FROM_THREAD.done, text: "" };

/** What an event has besides its payload. Read-only, so that a worker that tries to change one hears of it. */
const FIXED = ["id", "time", "attempt", "trace"] as const;

/** The exports that the caller gave numbers to. */
export class BoundWorkers {
  readonly #modules = new LoadedModules();
  readonly #ask: Ask;
  #workers: BoundWorker[] = [];

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  renew(): Outcome {
    this.#modules.forget();
    this.#workers = [];
    return DONE;
  }

  /** `text` is [path, name, shown]: the module as its user knows it. */
  async bind({ arg, text }: Letter): Promise<Outcome> {
    const [path, name, shown]: readonly [string, string, string] = JSON.parse(text);
    try {
      const found = (await this.#modules.load(path))[name];
      if (typeof found !== "function") {
        const message = `the export ${name} of ${shown} is no function but ${found === null ? "null" : typeof found}`;
        return faultOf(new TypeError(message), "E_WORKER_TYPE");
      }
      this.#workers[arg] = (event, ctx) => found(event, ctx);
      return DONE;
    } catch (error) {
      return faultOf(error, "E_WORKER_PANIC", `${shown} cannot be loaded: `);
    }
  }

  /** Calls a worker with copies. What it leaves to promises is run before the call ends, so that nobody can tell when it ran. */
  call({ arg, split, text }: Letter): Outcome {
    const worker = this.#workers[arg];
    if (worker === undefined) throw new Error(`no worker has the number ${arg}`);
    const payload = text.slice(0, split);
    const [id, time, attempt, trace, now]: Rest = JSON.parse(text.slice(split));
    const event: CallEvent = { id, payload: JSON.parse(payload), time, attempt, trace };
    for (const key of FIXED) Object.defineProperty(event, key, { writable: false, configurable: false });
    const context = new CallContext(now, this.#ask);
    try {
      return outcomeOf(worker(event, context), event, payload);
    } catch (error) {
      return faultOf(error);
    } finally {
      context.end();
      drainMicrotasks();
    }
  }
}
