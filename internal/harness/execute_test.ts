import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { tempDir } from "../testkit/mod.ts";
import { fixedWall, wall } from "../world/mod.ts";
import { batchesOf } from "./batches.ts";
import { execute } from "./execute.ts";
import type { CaseOptions } from "./options.ts";
import type { CaseOutcome } from "./outcome.ts";
import { readTestFile } from "./pragma/mod.ts";
import { pragmaCase, type TestCase } from "./test_case.ts";
import { ThreadPool } from "./thread_pool.ts";

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
  watchdogMs: 10_000,
  kvEvents: true,
  keepStates: true,
  scratchDir: "",
  keepScratch: false,
  runsFlows: false,
};

function casesOf(text: string, shared: readonly string[] = []): TestCase[] {
  const source = {
    path: "/a_test.ami",
    file: "a_test.ami",
    package: "main",
    shared: new Set(shared),
    hasSource: false,
    needsSource: false,
  };
  return readTestFile("a_test.ami", text).cases.map((spec) => pragmaCase(source, spec));
}

const many = Array.from(
  { length: 300 },
  (_, i) =>
    `#pragma test:case c${i}\n#pragma test:kv put="k=${i}" get=k\n#pragma test:runtime input={"n":${i},"sleep_ms":${i}} output={"n":${i % 7}}\n`,
).join("");

async function outcomesOf(cases: readonly TestCase[], parallel: number, warmUpMs?: number): Promise<CaseOutcome[]> {
  const all: CaseOutcome[] = [];
  const how = { cases: options, parallel, wall, ...(warmUpMs === undefined ? {} : { warmUpMs, worthACaseMs: 0 }) };
  for await (const outcomes of execute(cases, how)) all.push(...outcomes);
  return all.map((outcome) => ({ ...outcome, durationMs: 0 }));
}

describe("batches", () => {
  test("hold every case once, in order, at most so many of one file", () => {
    const batches = batchesOf(casesOf(many), 64);
    expect(batches.flat()).toEqual(casesOf(many));
    expect(batches.map(({ length }) => length)).toEqual([64, 64, 64, 64, 44]);
  });

  test("the cases of a file that shares a store stay in one", () => {
    expect(batchesOf(casesOf(many, ["s"]), 64).length).toBe(1);
  });
});

describe("execution", () => {
  test("in worker threads gives the same outcomes in the same order as in this thread", async () => {
    const here = await outcomesOf(casesOf(many), 1);
    expect(here.length).toBe(300);
    expect(await outcomesOf(casesOf(many), 3, 0)).toEqual(here);
  });

  test("that is ended before its end ends its threads", async () => {
    let closed = 0;
    class Counted extends ThreadPool {
      override close(): void {
        closed += 1;
        super.close();
      }
    }
    const makePool = (threads: number) => new Counted(threads, options);
    let seen = 0;
    for await (const outcomes of execute(casesOf(many), {
      cases: options,
      parallel: 2,
      wall,
      warmUpMs: 0,
      worthACaseMs: 0,
      makePool,
    })) {
      seen += outcomes.length;
      if (closed === 0 && outcomes.length > 1) break;
    }
    expect(seen).toBeGreaterThan(1);
    expect(closed).toBe(1);
  });
});

test("a batch that takes long does not keep anybody from giving up", async () => {
  let closed = 0;
  class Silent extends ThreadPool {
    override run(): Promise<readonly CaseOutcome[]> {
      return new Promise(() => undefined);
    }
    override close(): void {
      closed += 1;
    }
  }
  const impatient = { ...fixedWall(), pause: () => Promise.resolve() };
  const makePool = (threads: number) => new Silent(threads, options);
  const how = { cases: options, parallel: 2, wall: impatient, warmUpMs: 0, worthACaseMs: 0, makePool };
  const seen: number[] = [];
  for await (const outcomes of execute(casesOf(many), how)) {
    seen.push(outcomes.length);
    if (seen.length === 4) break;
  }
  expect(seen).toEqual([1, 0, 0, 0]);
  expect(closed).toBe(1);
});

describe("the thread pool", () => {
  const [first, second] = batchesOf(casesOf(many), 10);
  if (first === undefined || second === undefined) throw new Error("two batches are needed");
  const script = async (name: string, onBatch: string): Promise<string> => {
    const path = join(tempDir(), name);
    await Bun.write(path, `self.onmessage = ({ data }) => { if (data.kind === "batch") { ${onBatch} } };`);
    return path;
  };
  const statuses = async (dies: string) => {
    const works = await script("works.js", "postMessage([]);");
    const scripts = [dies, works];
    const pool = new ThreadPool(1, options, [], () => new Worker(scripts.shift() ?? works));
    const results = await Promise.allSettled([pool.run(first), pool.run(second), pool.run(first)]);
    pool.close();
    return results.map(({ status }) => status);
  };

  test("replaces a thread that throws; only its batch fails", async () => {
    expect(await statuses(await script("throws.js", 'throw new Error("gone");'))).toEqual([
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
  });

  test("replaces a thread that ends itself", async () => {
    expect(await statuses(await script("exits.js", "process.exit(0);"))).toEqual([
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
  });

  test("replaces a thread that fails after its answer", async () => {
    const late = await script("late.js", 'postMessage([]); queueMicrotask(() => { throw new Error("late"); });');
    expect((await statuses(late)).slice(1)).not.toContain("pending");
  });
});
