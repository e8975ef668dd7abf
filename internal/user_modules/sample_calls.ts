import { basename } from "node:path";
import { FROM_THREAD } from "./letters.ts";
import { ModuleThread } from "./module_thread.ts";
import { faultIn } from "./outcome.ts";
import { SAMPLES } from "./sample_kind.ts";
import type { Print } from "./thread_caller.ts";

const made: ModuleThread[] = [];

export interface SampleOptions {
  readonly open?: boolean;
  readonly virtual?: boolean;
  readonly watchdogMs?: number;
  readonly print?: Print;
}

/** Calls exports of modules of a test; unless told otherwise in a virtual world and without the host. */
export class SampleCalls {
  readonly thread: ModuleThread;
  readonly #numbers = new Map<string, number>();

  constructor({ open = false, virtual = true, watchdogMs = 10_000, print = () => undefined }: SampleOptions = {}) {
    const url = new URL("./sample_thread.ts", import.meta.url);
    this.thread = new ModuleThread({ kind: SAMPLES, url, policy: { open, virtual }, watchdogMs, print });
    made.push(this.thread);
  }

  /** What an export makes of `arg`: its result, undefined for none, or `{code, message}` of a fault. */
  call(path: string, name: string, arg: unknown = 1, answer: (question: string) => string = () => ""): unknown {
    const key = `${path}\0${name}`;
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    const letter = this.thread.call({ number, path, name, shown: basename(path) }, JSON.stringify(arg), 0, answer);
    if (letter.kind === FROM_THREAD.fault) return faultIn(letter);
    return letter.text === "" ? undefined : JSON.parse(letter.text);
  }
}

/** Ends the threads of all {@link SampleCalls}. */
export function closeSamples(): void {
  for (const thread of made) thread.close();
}
