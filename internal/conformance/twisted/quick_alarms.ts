import type { RunTime } from "../../engine/mod.ts";
import { Agenda, type Alarms, wall } from "../../world/mod.ts";

interface Alarm {
  readonly task: () => void;
  isOff: boolean;
}

/** So many turns of the event loop after an alarm, and whoever can do something without time has done it. */
const TURNS = 6;

/** The test double of alarms where nobody counts the time: it goes on to the next alarm as soon as nothing else is to be done. */
export class QuickAlarms implements Alarms {
  #now = 0;
  readonly #agenda = new Agenda<Alarm>();

  monotonicMs(): number {
    return this.#now;
  }

  nowIso(): string {
    return new Date(this.#now).toISOString();
  }

  after(ms: number, task: () => void): () => void {
    const alarm = { task, isOff: false };
    this.#agenda.insert(this.#now + Math.max(0, ms), 0, alarm);
    return () => {
      alarm.isOff = true;
    };
  }

  /** Lets time pass until `work` is done. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const end = (): void => {
      isDone = true;
    };
    work.then(end, end);
    for (;;) {
      for (let turn = 0; turn < TURNS && !isDone; turn += 1) await wall.yieldToEvents();
      if (isDone) return await work;
      this.#ring();
    }
  }

  /** The time of a run that goes by these alarms. */
  runTime(): RunTime {
    let rung = false;
    let end: (() => void) | undefined;
    return {
      now: () => this.#now,
      timestamp: (ms) => new Date(ms).toISOString(),
      yieldToEvents: wall.yieldToEvents,
      ring() {
        if (end === undefined) rung = true;
        else end();
      },
      wait: (ms) =>
        new Promise((resolve) => {
          if (rung) {
            rung = false;
            resolve();
            return;
          }
          const off = ms === undefined ? undefined : this.after(ms, () => end?.());
          end = () => {
            off?.();
            end = undefined;
            resolve();
          };
        }),
    };
  }

  /** Everything of the next moment at which something is due. */
  #ring(): void {
    const due: (() => void)[] = [];
    for (let next = this.#agenda.peek(); next !== undefined; next = this.#agenda.peek()) {
      if (!next.item.isOff) {
        if (due.length > 0 && next.time > this.#now) break;
        this.#now = Math.max(this.#now, next.time);
        due.push(next.item.task);
      }
      this.#agenda.take();
    }
    for (const task of due) task();
  }
}
