import type { PipelineGraph } from "../ami/mod.ts";
import { virtualTimestamp } from "../diag/mod.ts";
import type { Json } from "../value/mod.ts";
import { LaterQueue } from "./later_queue.ts";
import type { Node } from "./node.ts";

/** A Timer that has no interval, neither its own nor one that its run sets (pipelines §14). The message begins with the code. */
export class TimerError extends Error {
  override readonly name = "TimerError";
  readonly code = "E_TIMER_ARGS";

  constructor(label: string) {
    super(
      `E_TIMER_ARGS: Timer ${label} has no interval; give it one, or set timerInterval: whole milliseconds from 1 are expected`,
    );
  }
}

/** A Timer of a run and what it has done. */
interface Ticking {
  readonly node: Node;
  readonly intervalMs: number;
  /** How often it ticks; 0: endlessly. */
  readonly count: number;
  ticks: number;
}

/** What sets every Timer of a run, where given. */
export interface TimerOptions {
  readonly timerInterval?: number | undefined;
  readonly timerCount?: number | undefined;
}

/** The ticks of a run (pipelines §10): one of each Timer stands in the agenda at a time. */
export class Timers {
  readonly #timers: readonly Ticking[];
  readonly #agenda = new LaterQueue();

  constructor(timers: readonly Ticking[]) {
    this.#timers = timers;
    for (const [index, { intervalMs }] of timers.entries()) this.#agenda.insert(intervalMs, index);
  }

  /** The Timers of a graph; `nodes` are its own, in its order. Throws a {@link TimerError}. */
  static of(graph: PipelineGraph, nodes: readonly Node[], options: TimerOptions): Timers {
    const timers = graph.nodes.flatMap((step, index) => {
      const node = nodes[index];
      if (step.kind !== "timer" || node === undefined) return [];
      const intervalMs = options.timerInterval ?? step.timer?.intervalMs ?? 0;
      if (!(intervalMs >= 1)) throw new TimerError(step.label);
      return [{ node, intervalMs, count: options.timerCount ?? step.timer?.count ?? 0, ticks: 0 }];
    });
    return new Timers(timers);
  }

  /** When the next tick is due; infinity if none is. */
  get nextTime(): number {
    return this.#agenda.nextTime;
  }

  /** The first tick that is due: its Timer, its payload, and whether it was the last. `silent`: endless Timers stop. */
  take(now: number, silent: boolean): { node: Node; payload: Json | undefined; last: boolean } | undefined {
    const index = this.#agenda.take();
    const timer = this.#timers[index];
    if (timer === undefined) return undefined;
    const { node, intervalMs, count } = timer;
    if (count === 0 && silent) return { node, payload: undefined, last: true };
    const i = timer.ticks;
    timer.ticks += 1;
    const last = timer.ticks === count;
    if (!last) this.#agenda.insert(intervalMs * (timer.ticks + 1), index);
    return { node, payload: { i, ts: virtualTimestamp(now) }, last };
  }

  /** No Timer ticks any more. */
  stop(): void {
    this.#agenda.clear();
  }

  get nodes(): Node[] {
    return this.#timers.map(({ node }) => node);
  }
}
