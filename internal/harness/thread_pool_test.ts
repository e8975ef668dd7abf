import { expect, test } from "bun:test";
import type { CaseOptions } from "./options.ts";
import { readTestFile } from "./pragma/mod.ts";
import { Pulse } from "./pulse.ts";
import { pragmaCase, type TestCase } from "./test_case.ts";
import { ThreadHang } from "./thread_hang.ts";
import { ThreadPool } from "./thread_pool.ts";
import type { ToWorker } from "./worker_messages.ts";

// That a thread which dies is replaced is tested with real ones, in execute_test.ts; here one only pretends, in no time.

const options: CaseOptions = {
  root: "/",
  seed: 42,
  timeoutMs: 0,
  strict: false,
  update: false,
  logSteps: false,
  record: false,
  openModules: false,
  plugins: [],
  watchdogMs: 100,
  kvEvents: false,
  keepStates: false,
  scratchDir: "",
  keepScratch: false,
  runsFlows: false,
};
const source = { path: "/a", file: "a", package: "main", shared: new Set(""), hasSource: false, needsSource: false };
const cases: readonly TestCase[] = readTestFile("a", "#pragma test:case a\n#pragma test:case b\n").cases.map((spec) =>
  pragmaCase(source, spec),
);

/** A thread whose pulse the test beats. */
class PretendedThread extends EventTarget {
  pulse = new Pulse();
  isTerminated = false;

  postMessage(message: ToWorker): void {
    if (message.kind === "options") this.pulse = new Pulse(message.pulse);
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

function started(patienceMs: readonly number[]) {
  const thread = new PretendedThread();
  const pool = new ThreadPool(1, options, [], () => thread as unknown as Worker);
  const outcome = pool.run(cases, patienceMs).then(
    () => "done",
    (error: unknown) => error,
  );
  return { thread, pool, outcome };
}

test("a thread that gives no sign of life for as long as its case has is given up, at that case", async () => {
  const { thread, pool, outcome } = started([1_000, 100]);
  // Starting takes the time that it takes.
  pool.look(0);
  pool.look(5_000);
  thread.pulse.at(0);
  for (const now of [5_001, 5_900]) pool.look(now);
  thread.pulse.at(1);
  for (const now of [5_950, 6_049]) pool.look(now);
  thread.pulse.beat();
  for (const now of [6_050, 6_149]) pool.look(now);
  expect(thread.isTerminated).toBe(false);
  pool.look(6_150);
  expect(thread.isTerminated).toBe(true);
  expect(await outcome).toEqual(new ThreadHang(1, 100));
});

test("a case that has a watchdog of its own is waited for", () => {
  const { thread, pool } = started([Number.POSITIVE_INFINITY, 100]);
  thread.pulse.at(0);
  for (const now of [0, 1e9]) pool.look(now);
  expect(thread.isTerminated).toBe(false);
  pool.close();
});
