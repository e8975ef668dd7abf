import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { tempDir } from "../testkit/mod.ts";
import { type Batch, batchesOf } from "./batches.ts";
import { execute } from "./execute.ts";
import type { CaseOptions } from "./options.ts";
import type { CaseOutcome } from "./outcome.ts";
import { readTestFile } from "./pragma/mod.ts";
import { ThreadPool } from "./thread_pool.ts";

const options: CaseOptions = {
  cwd: "/",
  root: "/",
  seed: 42,
  timeoutMs: 0,
  strict: false,
  update: false,
  kvEvents: true,
  scratchDir: "",
  keepScratch: false,
};

function batchesOfText(text: string, shared: readonly string[] = []): Batch[] {
  const caseFile = {
    path: "/a_test.ami",
    file: "a_test.ami",
    package: "main",
    shared: new Set(shared),
    hasSource: false,
    needsSource: false,
  };
  return batchesOf(readTestFile("a_test.ami", text).cases.map((spec) => ({ caseFile, spec })));
}

const many = Array.from(
  { length: 300 },
  (_, i) =>
    `#pragma test:case c${i}\n#pragma test:kv put="k=${i}" get=k\n#pragma test:runtime input={"n":${i},"sleep_ms":${i}} output={"n":${i % 7}}\n`,
).join("");

async function outcomesOf(batches: readonly Batch[], parallel: number, warmUpMs?: number): Promise<CaseOutcome[]> {
  const all: CaseOutcome[] = [];
  for await (const outcomes of execute(batches, options, parallel, warmUpMs)) all.push(...outcomes);
  return all.map((outcome) => ({ ...outcome, durationMs: 0 }));
}

describe("batches", () => {
  test("hold every case once, in order, at most 64 of one file", () => {
    const batches = batchesOfText(many);
    expect(batches.flatMap(({ cases }) => cases.map(({ name }) => name))).toEqual(
      Array.from({ length: 300 }, (_, i) => `c${i}`),
    );
    expect(batches.map(({ cases }) => cases.length)).toEqual([64, 64, 64, 64, 44]);
  });

  test("the cases of a file that shares a store stay in one", () => {
    expect(batchesOfText(many, ["s"]).length).toBe(1);
  });
});

describe("execution", () => {
  test("in worker threads gives the same outcomes in the same order as in this thread", async () => {
    const here = await outcomesOf(batchesOfText(many), 1);
    expect(here.length).toBe(300);
    expect(await outcomesOf(batchesOfText(many), 3, 0)).toEqual(here);
  });

  test("can be ended before its end; no thread is left", async () => {
    for await (const outcomes of execute(batchesOfText(many), options, 2, 0)) {
      expect(outcomes.length).toBeGreaterThan(0);
      break;
    }
  });
});

describe("the thread pool", () => {
  const [first, second] = batchesOfText(many);
  if (first === undefined || second === undefined) throw new Error("two batches are needed");
  const script = async (name: string, text: string): Promise<string> => {
    const path = join(tempDir(), name);
    await Bun.write(path, text);
    return path;
  };

  test("replaces a thread that dies; only its batch fails", async () => {
    const dies = await script(
      "dies.js",
      'self.onmessage = ({ data }) => { if (data.kind === "batch") throw new Error("gone"); };',
    );
    const works = await script(
      "works.js",
      'self.onmessage = ({ data }) => { if (data.kind === "batch") postMessage([]); };',
    );
    const scripts = [dies, works];
    const pool = new ThreadPool(1, options, () => new Worker(scripts.shift() ?? works));
    const results = await Promise.allSettled([pool.run(first), pool.run(second)]);
    pool.close();
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  });
});
