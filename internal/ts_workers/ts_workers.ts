import { basename } from "node:path";
import type { ModuleFault, WorkerFn, WorkerModules } from "../ami/mod.ts";
import { ModuleThread, type Print, scanModule, WATCHDOG_MS } from "../user_modules/mod.ts";
import { threadUrl } from "./thread_url.ts";
import { WORKER_MODULES } from "./worker_modules.ts";
import { workerOn } from "./worker_on.ts";

export interface TsWorkersOptions {
  /** The world's time is virtual: clocks, chance, timers and `fetch` of the machine throw E_WORKER_NONDETERMINISTIC. */
  readonly virtual: boolean;
  /**
   * Modules may import and use the whole host. Under `plumb test` only with `--allow fs` or `--allow net`; elsewhere always
   * (pipelines §4).
   */
  readonly open: boolean;
  /** Real milliseconds after which a call is E_WORKER_HANG (cli.md, `--watchdog`); default {@link WATCHDOG_MS}. */
  readonly watchdogMs?: number;
  /** Default: nothing is printed. */
  readonly print?: Print;
}

/** Capabilities of a file that open its modules. */
const OPENING: readonly string[] = ["fs", "net"];

/**
 * TypeScript worker modules (pipelines §4). Loading one executes nothing; its workers run in a thread of their own, and a call
 * blocks until the result is there or the watchdog has ended the thread. Threads start at the first call and do not keep the
 * process alive.
 *
 * What a module may do is guarded against accidents, not against malice.
 *
 * @example
 * const workers = new TsWorkers({ virtual: true, open: false });
 * workers.exports("/p/w.ts"); // ["double"]
 * workers.worker("/p/w.ts", "double")(event, context); // the payload that leaves
 * workers.close();
 */
export class TsWorkers implements WorkerModules {
  readonly #options: TsWorkersOptions;
  readonly #open: ModuleThread;
  readonly #closed: ModuleThread;
  readonly #numbers = new Map<string, number>();

  constructor(options: TsWorkersOptions) {
    this.#options = options;
    const { virtual, watchdogMs = WATCHDOG_MS, print = () => undefined } = options;
    const common = { kind: WORKER_MODULES, url: threadUrl(), watchdogMs, print };
    this.#open = new ModuleThread({ ...common, policy: { virtual, open: true } });
    this.#closed = new ModuleThread({ ...common, policy: { virtual, open: false } });
  }

  /**
   * The names of a module's exports, sorted, or why it cannot be used: E_WORKER_IO for an import that is not allowed, else
   * E_WORKER_UNDEFINED. `granted` are the capabilities of the .ami file that binds it; `fs` and `net` open it.
   */
  exports(path: string, granted?: ReadonlySet<string>): readonly string[] | ModuleFault {
    return scanModule(path, this.#isOpen(granted), WORKER_MODULES);
  }

  worker(path: string, name: string, granted?: ReadonlySet<string>): WorkerFn {
    const thread = this.#isOpen(granted) ? this.#open : this.#closed;
    return workerOn(thread, { number: this.#number(path, name), path, name, shown: basename(path) });
  }

  /**
   * A case or run begins: modules are evaluated anew, so that no case sees what another left in their variables. `print` takes
   * what they print from now on.
   */
  begin(print: Print): void {
    this.#open.renew(print);
    this.#closed.renew(print);
  }

  /** Ends the threads. A call after this starts them again. */
  close(): void {
    this.#open.close();
    this.#closed.close();
  }

  #isOpen(granted: ReadonlySet<string> | undefined): boolean {
    return this.#options.open || OPENING.some((capability) => granted?.has(capability));
  }

  #number(path: string, name: string): number {
    const key = `${path}\0${name}`;
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }
}
