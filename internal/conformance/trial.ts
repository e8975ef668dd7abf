import type { ValueObject } from "../flow/mod.ts";
import { MAX_FRAME_BYTES, METHODS } from "../rep/mod.ts";
import { isObject } from "../value/mod.ts";
import { type Alarms, freshRunId } from "../world/mod.ts";
import type { Bench, Environment } from "./bench.ts";
import type { ShownFrame } from "./frame_log.ts";
import { NotApplicable } from "./verdict.ts";
import { Wire } from "./wire.ts";

/** What an executor says it can, as far as it says so in a form that can be read: whether it must is a check of its own. */
export interface Capable {
  readonly kinds: ReadonlySet<string>;
  readonly concurrency: number;
  /** The longest frame, either way. */
  readonly frameBytes: number;
  readonly pollsAfter: boolean;
}

/** How long things may take, in milliseconds. */
export interface Pace {
  readonly firstReplyMs: number;
  readonly replyMs: number;
}

/** Ids of requests that a check chooses by itself stand below these. */
const FIRST_ID = 1001;

/** How conversations of trials come to be: a fresh one each, or one for all of them. */
export interface Wires {
  open(environment: Environment): Promise<Wire>;
  /** The trial is over. */
  close(wire: Wire): Promise<void>;
  /** All trials are over; resolves when nothing is left of them. */
  end(): Promise<void>;
}

/** One check being tried: its conversation, its runs, what is to be told of it. */
export class Trial {
  /** What is told of a rule that holds. */
  note = "";
  readonly bench: Bench;
  readonly #wires: Wires;
  readonly #runs: string[] = [];
  #wire: Wire | undefined;

  constructor(bench: Bench, wires: Wires) {
    this.bench = bench;
    this.#wires = wires;
  }

  get frames(): readonly ShownFrame[] {
    return this.#wire?.frames ?? [];
  }

  /** Begins the conversation; nothing has been sent. */
  async open(environment: Environment = "as of a host"): Promise<Wire> {
    this.#wire ??= await this.#wires.open(environment);
    return this.#wire;
  }

  /** Begins the conversation with a handshake. */
  async begin(environment?: Environment): Promise<{ readonly wire: Wire; readonly capable: Capable }> {
    const wire = await this.open(environment);
    const { result } = await wire.call(METHODS.capabilities, {});
    return { wire, capable: capableOf(result !== undefined && isObject(result) ? result : {}) };
  }

  /** The same, for a check that needs test kinds. @throws NotApplicable */
  async beginWith(...kinds: readonly string[]): Promise<{ readonly wire: Wire; readonly capable: Capable }> {
    const { wire, capable } = await this.begin();
    const missing = kinds.filter((kind) => !capable.kinds.has(kind));
    if (missing.length > 0) throw new NotApplicable(`it does not offer ${missing.join(", ")} under PLUMB_CHECK=1`);
    return { wire, capable };
  }

  /** An id that no run had before, here or in another suite. */
  runId(): string {
    const id = freshRunId();
    this.#runs.push(id);
    return id;
  }

  /** A run got this id by the executor. */
  addRun(id: string): void {
    this.#runs.push(id);
  }

  /** Whatever still runs must not disturb the next check of the same conversation. */
  async close(): Promise<void> {
    const wire = this.#wire;
    if (wire === undefined) return;
    if (!this.bench.hasProcesses && !wire.isClosed) await this.#cancelAll(wire);
    await this.#wires.close(wire);
  }

  async #cancelAll(wire: Wire): Promise<void> {
    try {
      for (const run_id of this.#runs) {
        const { result } = await wire.call(METHODS.poll, { run_id, after: 0 });
        if (!isGoing(result)) continue;
        await wire.call(METHODS.cancel, { run_id });
        for (let waited = 0; waited < 5000; waited += 50) {
          if (!isGoing((await wire.call(METHODS.poll, { run_id, after: 0 })).result)) break;
          await wire.pause(50);
        }
      }
    } catch {
      // Whether Cancel and Poll are answered is for other checks to tell.
    }
  }
}

function isGoing(result: unknown): boolean {
  return (
    typeof result === "object" &&
    result !== null &&
    "status" in result &&
    /^(running|pending)$/.test(String(result.status))
  );
}

/** The alarms and times that a conversation needs. */
export interface WireTimes {
  readonly alarms: Alarms;
  readonly pace: Pace;
}

/** So many processes may be on their way to their end while others are tested. */
const MOST_ENDING = 24;

/** A fresh conversation for every trial. */
export function freshWires(bench: Bench, { alarms, pace }: WireTimes): Wires {
  const ending = new Set<Promise<void>>();
  return {
    open: async (environment) =>
      new Wire({ opened: await bench.open(environment), alarms, ...pace, firstId: FIRST_ID }),
    async close(wire) {
      // One that has to be killed takes 3 s; nobody needs to wait for that.
      const ended = wire.end().then(() => {
        ending.delete(ended);
      });
      ending.add(ended);
      if (ending.size >= MOST_ENDING) await Promise.race(ending);
    },
    async end() {
      await Promise.all(ending);
    },
  };
}

/** One conversation for all trials, one after the other; another where it is broken. */
export function sharedWires(bench: Bench, { alarms, pace }: WireTimes): Wires {
  let shared: Wire | undefined;
  return {
    async open(environment) {
      if (shared?.isClosed === true) {
        await shared.end();
        shared = undefined;
      }
      shared ??= new Wire({ opened: await bench.open(environment), alarms, ...pace, firstId: FIRST_ID });
      return shared;
    },
    async close(wire) {
      wire.forget();
    },
    async end() {
      await shared?.end();
    },
  };
}

function capableOf({ step_kinds, limits, features }: ValueObject): Capable {
  const { concurrency, max_frame_bytes } = isObject(limits ?? null) ? (limits as ValueObject) : {};
  const texts = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);
  return {
    kinds: new Set(texts(step_kinds)),
    concurrency: typeof concurrency === "number" ? concurrency : 1,
    frameBytes: typeof max_frame_bytes === "number" ? Math.min(max_frame_bytes, MAX_FRAME_BYTES) : MAX_FRAME_BYTES,
    pollsAfter: texts(features).includes("poll_after"),
  };
}
