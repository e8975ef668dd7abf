import { drainMicrotasks } from "bun:jsc";
import type { CallerLine } from "../user_modules/mod.ts";
import { realTime } from "../world/mod.ts";
import type { Settled } from "./settled.ts";

/**
 * What a promise comes to by `end`, in ms of the wall's monotonic time; undefined if that is nothing. While it waits the event loop
 * runs, and the watchdog is told that it does; a continuation that holds the thread stops both.
 */
export async function awaitAnswer(
  pending: Promise<unknown>,
  end: number,
  line: Pick<CallerLine, "beat" | "beatMs">,
): Promise<Settled | undefined> {
  const time = realTime();
  const settled: Settled[] = [];
  const settle = (how: Settled): void => {
    settled.push(how);
    time.ring();
  };
  pending.then(
    (answer) => settle({ answer }),
    (thrown) => settle({ thrown }),
  );
  // Most promises wait for nothing but others.
  drainMicrotasks();
  while (settled.length === 0) {
    line.beat();
    const left = end - time.monotonicMs();
    if (left <= 0) break;
    await time.wait(Math.min(left, line.beatMs));
  }
  return settled[0];
}
