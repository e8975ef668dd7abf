/** What starts a timer and what ends it. */
const TIMERS = [
  ["setTimeout", "clearTimeout"],
  ["setInterval", "clearInterval"],
  ["setImmediate", "clearImmediate"],
] as const;

type Ending = (timer: unknown) => void;

/** The timers of this thread that are running: a case must not meet what another one left behind (DESIGN, determinism). */
export class ModuleTimers {
  readonly #running = new Map<unknown, Ending>();

  /** Keeps account from now on. */
  constructor() {
    for (const [start, end] of TIMERS) this.#count(start, this.#countEnds(end));
  }

  /** Ends all of them. */
  clear(): void {
    for (const [timer, end] of [...this.#running]) end(timer);
  }

  #count(name: (typeof TIMERS)[number][0], end: Ending): void {
    const start: unknown = Reflect.get(globalThis, name);
    if (typeof start !== "function") return;
    const running = this.#running;
    const counted = (callback: unknown, ...rest: readonly unknown[]): unknown => {
      if (typeof callback !== "function") return start(callback, ...rest);
      const timer: unknown = start(
        (...args: readonly unknown[]) => {
          if (name !== "setInterval") running.delete(timer);
          callback(...args);
        },
        ...rest,
      );
      running.set(timer, end);
      return timer;
    };
    // `util.promisify` finds under a symbol what it shall do.
    Object.defineProperties(counted, Object.getOwnPropertyDescriptors(start));
    Reflect.set(globalThis, name, counted);
  }

  #countEnds(name: (typeof TIMERS)[number][1]): Ending {
    const end: unknown = Reflect.get(globalThis, name);
    const counted = (timer: unknown): void => {
      this.#running.delete(timer);
      if (typeof end === "function") end(timer);
    };
    Reflect.set(globalThis, name, counted);
    return counted;
  }
}
