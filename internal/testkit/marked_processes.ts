import { existsSync, readdirSync, readFileSync } from "node:fs";
import { freshRunId, wall } from "../world/mod.ts";

/** Processes that carry a mark in their environment, which those that they start inherit. */
export class MarkedProcesses {
  /** Elsewhere than on Linux none is ever seen. */
  static readonly canSee = existsSync("/proc/self/environ");
  readonly mark = freshRunId();
  readonly env: Readonly<Record<string, string>> = { PLUMB_TEST_MARK: this.mark };

  /** The command lines of those that are alive. */
  alive(): readonly string[] {
    if (!MarkedProcesses.canSee) return [];
    return readdirSync("/proc").flatMap((pid) => (/^\d+$/.test(pid) ? this.#commandOf(pid) : []));
  }

  #commandOf(pid: string): readonly string[] {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "latin1").includes(this.mark)) return [];
      return [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()];
    } catch {
      return []; // it has ended
    }
  }

  /** Waits until one of these has `word` in its command line; throws after 60 s. */
  async appears(word: string): Promise<void> {
    if (!(await this.#comesTrue(60_000, () => this.alive().some((command) => command.includes(word)))))
      throw new Error(`no process ${word} was started`);
  }

  /** Those that are left after at most so many milliseconds. */
  async left(withinMs: number): Promise<readonly string[]> {
    await this.#comesTrue(withinMs, () => this.alive().length === 0);
    return this.alive();
  }

  async #comesTrue(withinMs: number, holds: () => boolean): Promise<boolean> {
    for (const end = wall.monotonicMs() + withinMs; wall.monotonicMs() < end; ) {
      if (holds()) return true;
      await wall.pause(20);
    }
    return holds();
  }
}
