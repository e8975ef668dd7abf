import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { MarkedProcesses, ReferenceExecutors, sampleIr, tempDir } from "../testkit/mod.ts";
import { executorSetup } from "./executor_fixtures.ts";
import { ProcessEngine } from "./process_engine.ts";

setDefaultTimeout(600_000);

/** In the suite; `PLUMB_LEAK_RUNS=1000` is what issue 6 asks for. */
const RUNS = Number(process.env.PLUMB_LEAK_RUNS ?? 50);

const executors = new ReferenceExecutors();
afterAll(() => executors[Symbol.dispose]());

const [, HONEST = ""] = executors.all.at(-1) ?? [];
const ECHO = sampleIr([{ id: "a", type: "check.echo", with: { n: 1 } }], []);
const NAP = sampleIr([{ id: "a", type: "check.sleep", with: { ms: 60_000 } }], []);

const descriptors = () => readdirSync("/proc/self/fd").length;

test.if(existsSync("/proc/self/fd"))(
  `${RUNS} runs leave no process, no file descriptor and no temporary file (flows §17)`,
  async () => {
    const processes = new MarkedProcesses();
    const temporary = join(tempDir(), "tmp");
    mkdirSync(temporary);
    const env = { ...process.env, ...processes.env, TMPDIR: temporary };
    const run = async (path: string, args: readonly string[], ir = ECHO, timeoutMs = 20_000): Promise<string> => {
      const engine = new ProcessEngine(executorSetup("", { executor: { path, args }, env, callTimeoutMs: 20_000 }));
      const { result } = await engine.run({ ir, inputs: {}, runId: "run-1", traceId: "0".repeat(32), timeoutMs });
      await engine.close();
      return String(result.error?.name ?? result.status);
    };
    /** One that completes, one that runs too long, one that exits at once, one that says what it hears (its host is refused by itself), one that leaves a child. */
    const one = (n: number): Promise<string> => {
      if (n % 5 === 1) return run(HONEST, [], NAP, 50);
      if (n % 5 === 2) return run("false", []);
      if (n % 5 === 3) return run("cat", []);
      if (n % 5 === 4) return run("sh", ["-c", "sleep 60 & exit 0"]);
      return run(HONEST, []);
    };
    const expected = ["completed", "E_RUN_TIMEOUT", "E_REP_EXIT", "E_EXECUTOR_ERROR", "E_REP_EXIT"];
    for (let n = 0; n < 5; n += 1) expect(await one(n)).toBe(expected[n] ?? "");
    const before = descriptors();
    for (let n = 5; n < RUNS; n += 5) {
      const outcomes = await Promise.all([0, 1, 2, 3, 4].map((kind) => one(n + kind)));
      expect(outcomes).toEqual(expected);
    }
    expect(await processes.left(10_000)).toEqual([]);
    // Streams of the last runs close in their own time.
    for (let tries = 0; descriptors() > before && tries < 100; tries += 1) await Bun.sleep(20);
    expect(descriptors()).toBeLessThanOrEqual(before);
    expect(readdirSync(temporary)).toEqual([]);
  },
);
