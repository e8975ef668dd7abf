import { basename } from "node:path";
import type { HandlerFault } from "../concept/mod.ts";
import type { HandlerAnswer, HandlerCall, HandlerDb, Handlers } from "../sync/mod.ts";
import { faultIn, type Letter, type ModuleExport, ModuleThread, type Print, WATCHDOG_MS } from "../user_modules/mod.ts";
import { writeCall } from "./call_text.ts";
import { answerFrom } from "./db_question.ts";
import { HANDLER_MODULES } from "./handler_kind.ts";
import { receiveValue } from "./receive_value.ts";
import { ANSWERED } from "./settled.ts";
import { threadUrl } from "./thread_url.ts";

export interface HandlerThreadsOptions {
  /** Modules may import and use the whole host: always but under `plumb test` without `--allow fs` or `--allow net`. */
  readonly open: boolean;
  /** Real milliseconds after which a handler that holds its thread is E_WORKER_HANG (cli.md, `--watchdog`); default {@link WATCHDOG_MS}. */
  readonly watchdogMs?: number;
  /** Takes what handlers print through `console`; default: nobody. */
  readonly print?: Print;
}

/**
 * Calls handlers (scenarios.md §3) in a thread of their own, and blocks until they are done with, so that the engine can be
 * synchronous. The thread starts at the first call and does not keep the process alive.
 *
 * @example
 * const handlers = new HandlerThreads({ open: true });
 * handlers.call(call, db); // { kind: "answered", value: { case: "Success", result: { n: 9007199254740993n } } }
 * handlers.close();
 */
export class HandlerThreads implements Handlers {
  readonly #thread: ModuleThread;
  readonly #numbers = new Map<string, number>();
  #wasLate = false;

  constructor({ open, watchdogMs = WATCHDOG_MS, print = () => undefined }: HandlerThreadsOptions) {
    const policy = { open, virtual: false };
    this.#thread = new ModuleThread({ kind: HANDLER_MODULES, url: threadUrl(), policy, watchdogMs, print });
  }

  /** What `db` throws is thrown in the handler; what printing throws is thrown. */
  call(call: HandlerCall, db: HandlerDb): HandlerAnswer {
    const { text, split } = writeCall(call);
    const letter = this.#thread.call(this.#exportOf(call.module, call.name), text, split, answerFrom(db));
    return letter.kind === ANSWERED ? { kind: "answered", value: receiveValue(letter.text) } : this.#fault(letter);
  }

  /**
   * Evaluates a module and looks at what will be called, before anything is recorded: E_SPEC_HANDLER where it throws, does not
   * come to an end within the watchdog's time, or exports something else than functions (scenarios.md §3).
   */
  load(path: string, names: readonly string[]): HandlerFault | undefined {
    for (const name of names) {
      const letter = this.#thread.load(this.#exportOf(path, name));
      if (letter === undefined) continue;
      const { code, message } = faultIn(letter);
      return { code: code === "E_SPEC_HANDLER_IO" ? code : "E_SPEC_HANDLER", message };
    }
    return undefined;
  }

  /**
   * A case or run begins: modules are evaluated anew, so that no case sees what another left in their variables. `print` takes
   * what they print from now on.
   */
  begin(print: Print): void {
    this.#thread.renew(print);
    // What was given up may be going on.
    if (this.#wasLate) this.close();
  }

  /** Ends the thread. A call after this starts another. */
  close(): void {
    this.#wasLate = false;
    this.#thread.close();
  }

  #exportOf(path: string, name: string): ModuleExport {
    const key = `${path}\0${name}`;
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return { number, path, name, shown: basename(path) };
  }

  #fault(letter: Letter): HandlerAnswer {
    const { code, message } = faultIn(letter);
    switch (code) {
      case "E_ACTION_TIMEOUT":
        this.#wasLate = true;
        return { kind: "fault", code, message };
      case "E_ACTION_FAILED":
      case "E_WORKER_HANG":
        return { kind: "fault", code, message };
      default:
        // A rule for handlers that it broke.
        return { kind: "fault", code: "E_ACTION_FAILED", message: `${code}: ${message}` };
    }
  }
}
