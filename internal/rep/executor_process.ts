import { realpathSync } from "node:fs";
import { basename } from "node:path";
import type { Alarms } from "../world/mod.ts";
import type { ExecutorCommand } from "./executor_command.ts";
import { addGroup, killGroup, removeGroup } from "./live_groups.ts";
import { StderrTail } from "./stderr_tail.ts";
import type { ProcessExit, TransportEnd } from "./transport.ts";

/** How long an executor has to end by itself after the end of its stdin, and after SIGTERM (flows §13, End). */
const STDIN_CLOSED_MS = 1000;
const TERMINATED_MS = 2000;
/** After SIGKILL a process is gone unless the machine is in trouble. */
const KILLED_MS = 2000;
/** What a process that has ended wrote before is in its pipes; whoever else holds them is not waited for. */
const DRAIN_MS = 60;

export interface ProcessOptions {
  readonly command: ExecutorCommand;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly alarms: Alarms;
}

/** The part of a reader of a stream that is used. */
interface ByteReader {
  read(): Promise<{ readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<unknown>;
}

/** An executor's process, in a process group of its own, tied to this process (flows §13, Start and End). */
export class ExecutorProcess {
  readonly stderr: StderrTail;
  /** Resolves when it has ended, with what it had still written on stderr. */
  readonly exited: Promise<ProcessExit>;
  readonly #process: Bun.Subprocess<"pipe", "pipe", "pipe">;
  readonly #alarms: Alarms;
  readonly #stdout: ByteReader;
  #exit: ProcessExit | undefined;
  #leftSomebody = false;
  #end: Promise<TransportEnd> | undefined;

  /** @throws Error where the system refuses to start it */
  constructor({ command, cwd, env, alarms }: ProcessOptions) {
    this.#alarms = alarms;
    this.stderr = new StderrTail(alarms);
    this.#process = Bun.spawn([...tied(), ...command.argv], {
      cwd,
      env: { ...env, ...command.env },
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
      // Its output stays in the pipes until it is read: that is the backpressure (BUN.md, child processes).
      lazy: true,
      detached: true,
    });
    addGroup(this.#process.pid);
    this.#stdout = this.#process.stdout.getReader();
    const stderrEnded = this.#readStderr();
    this.exited = this.#process.exited.then(async () => {
      this.#exit = exitOf(this.#process);
      // Whoever it left behind goes with it.
      this.#leftSomebody = killGroup(this.#process.pid, "SIGKILL");
      removeGroup(this.#process.pid);
      await this.within(DRAIN_MS, stderrEnded);
      return this.#exit;
    });
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** Undefined: it lives. */
  get exit(): ProcessExit | undefined {
    return this.#exit;
  }

  /** Once it has ended: somebody of its group had not. */
  get leftSomebody(): boolean {
    return this.#leftSomebody;
  }

  /** Asks the group to end. */
  terminate(): void {
    killGroup(this.pid, "SIGTERM");
  }

  /**
   * Reads stdout to its end; while `take` works, nothing more is read.
   * @returns when it has ended
   */
  readAll(take: (bytes: Uint8Array) => void): Promise<void> {
    const stdout = this.#stdout;
    // No async function, and no loop: each of their turns would cost a round trip some of its time.
    return new Promise((resolve) => {
      const next = (): void => {
        stdout.read().then(came, () => resolve());
      };
      const came = ({ value }: { readonly value?: Uint8Array | undefined }): void => {
        if (value === undefined) {
          resolve();
          return;
        }
        take(value);
        next();
      };
      next();
    });
  }

  /** Stops reading: who writes on finds its pipe closed. */
  closeStdout(): void {
    this.#stdout.cancel().catch(() => undefined);
  }

  /** Writes on stdin; undefined: it was taken at once. */
  write(data: string | Uint8Array): Promise<void> | undefined {
    try {
      const written: unknown = this.#process.stdin.write(data);
      const flushed: unknown = this.#process.stdin.flush();
      const pending = flushed instanceof Promise ? flushed : written instanceof Promise ? written : undefined;
      // A process that has ended takes nothing; that it has ended is told elsewhere.
      return pending?.then(nothing, nothing);
    } catch {
      return undefined;
    }
  }

  closeStdin(): void {
    try {
      const ended: unknown = this.#process.stdin.end();
      if (ended instanceof Promise) ended.catch(() => undefined);
    } catch {
      // It was closed already.
    }
  }

  /** Closes stdin, and ends the group more and more firmly. */
  end(): Promise<TransportEnd> {
    this.#end ??= this.#endGroup();
    return this.#end;
  }

  /** Resolves to what `promise` does, or to undefined after `ms`. */
  within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve) => {
      const off = this.#alarms.after(ms, () => resolve(undefined));
      promise.then((value) => {
        off();
        resolve(value);
      });
    });
  }

  async #endGroup(): Promise<TransportEnd> {
    this.closeStdin();
    const exit = await this.within(STDIN_CLOSED_MS, this.exited);
    if (exit !== undefined) return this.#ended(exit, false);
    this.terminate();
    const terminated = await this.within(TERMINATED_MS, this.exited);
    if (terminated !== undefined) return this.#ended(terminated, true);
    killGroup(this.pid, "SIGKILL");
    return this.#ended(await this.within(KILLED_MS, this.exited), true);
  }

  #ended(exit: ProcessExit | undefined, wasKilled: boolean): TransportEnd {
    this.closeStdout();
    return { exit, wasKilled };
  }

  async #readStderr(): Promise<void> {
    try {
      for await (const chunk of this.#process.stderr) this.stderr.push(chunk);
    } catch {
      // The pipe broke: that is its end.
    }
  }
}

function nothing(): void {
  // There is nothing to tell.
}

function exitOf({ exitCode, signalCode }: Bun.Subprocess): ProcessExit {
  return signalCode === null ? { exitCode: exitCode ?? 0 } : { signal: String(signalCode) };
}

let tie: readonly string[] | undefined;

/** On Linux `setpriv` asks the kernel to kill the executor when plumb is gone, whatever ended it (BUN.md, child processes). */
function tied(): readonly string[] {
  tie ??= process.platform === "linux" ? setpriv() : [];
  return tie;
}

function setpriv(): readonly string[] {
  const found = Bun.which("setpriv");
  // The one of busybox does not know the option.
  if (found === null || basename(realpathSync(found)) !== "setpriv") return [];
  return [found, "--pdeathsig", "KILL", "--"];
}
