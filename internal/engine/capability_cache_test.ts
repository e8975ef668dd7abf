import { afterAll, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ExecutorScripts, tempDir } from "../testkit/mod.ts";
import { CapabilityCache, cacheFolderOf } from "./capability_cache.ts";
import { executorSetup, oneStep } from "./executor_fixtures.ts";
import { ProcessEngine } from "./process_engine.ts";

const scripts = new ExecutorScripts();
afterAll(() => scripts[Symbol.dispose]());

describe("what is remembered of an executor (flows §13, capability_cache)", () => {
  test("rules a flow out without a start, until the executor changes", async () => {
    const cacheFolder = join(tempDir(), "cache");
    const started = join(tempDir(), "started");
    const body = (kind: string) =>
      `fs.appendFileSync(${JSON.stringify(started)}, "x");
       serve({ Capabilities: (q) => ok(q, { ...CAPABILITIES, step_kinds: ["${kind}"] }) })`;
    const path = scripts.write(body("other"));
    const run = async () => {
      const engine = new ProcessEngine(executorSetup(path, { cacheFolder }));
      const request = { ir: oneStep("k"), inputs: {}, runId: "r", traceId: "0".repeat(32), timeoutMs: 20_000 };
      const { result } = await engine.run(request);
      return [
        result.status,
        result.error?.name ?? "",
        existsSync(started) ? (await Bun.file(started).text()).length : 0,
      ];
    };
    const refused = ["failed", "E_CAPABILITIES_MISMATCH", 1];
    expect([await run(), await run()]).toEqual([refused, refused]);
    writeFileSync(path, (await Bun.file(path).text()).replace('"other"', '"k"'));
    // A flow that it allows is checked with the executor all the same.
    expect([await run(), await run()]).toEqual([
      ["completed", "", 2],
      ["completed", "", 3],
    ]);
  });

  test("is nothing where it cannot be read, and nobody minds where it cannot be written", () => {
    const cacheFolder = tempDir();
    const cache = CapabilityCache.of(executorSetup("/bin/sh", { cacheFolder }));
    expect(cache?.read()).toBeUndefined();
    cache?.write(["a"]);
    expect(cache?.read()).toEqual(["a"]);
    const [file = ""] = readdirSync(join(cacheFolder, "capabilities"));
    for (const text of ["", "{}", '{"schema":"capabilities.v1","step_kinds":[1]}']) {
      writeFileSync(join(cacheFolder, "capabilities", file), text);
      expect(cache?.read()).toBeUndefined();
    }
    CapabilityCache.of(executorSetup("/bin/sh", { cacheFolder: "/dev/null/x" }))?.write(["a"]);
  });

  test("stands in the user's cache folder, and is off by default", () => {
    expect(cacheFolderOf({ XDG_CACHE_HOME: "/c", HOME: "/h" })).toBe("/c/plumb");
    expect(cacheFolderOf({ XDG_CACHE_HOME: "relative", HOME: "/h" })).toMatch(
      /^\/h\/(\.cache|Library\/Caches)\/plumb$/,
    );
    expect(CapabilityCache.of(executorSetup("/bin/sh"))).toBeUndefined();
  });
});

describe("an executor that is kept (flows §13, reuse)", () => {
  const request = { ir: oneStep("k"), inputs: {}, traceId: "0".repeat(32), timeoutMs: 20_000 };

  test("is started again where it is ill or gone, and ended at the end", async () => {
    const log = join(tempDir(), "log");
    const note = (word: string) => `fs.appendFileSync(${JSON.stringify(log)}, "${word} ");`;
    const body = `${note("start")} let runs = 0;
      serve({ StartRun(q) { runs += 1; ok(q, { run_id: q.params.options.run_id }); },
        Health(q) { ok(q, { ok: runs < 2 }); } }); ${note("end")}`;
    const engine = new ProcessEngine(executorSetup(scripts.write(body), { reuse: true }));
    for (let run = 0; run < 5; run += 1) {
      expect((await engine.run({ ...request, runId: `run-${run}` })).result.status).toBe("completed");
    }
    await engine.close();
    expect(await Bun.file(log).text()).toBe("start end start end start end ");
  });

  test("goes with a run that it fails, and the next run gets another", async () => {
    const flag = join(tempDir(), "flag");
    const body = `serve({ Poll(q) { if (fs.existsSync(${JSON.stringify(flag)})) ok(q, FINAL);
      else { fs.writeFileSync(${JSON.stringify(flag)}, ""); process.exit(7); } } })`;
    const engine = new ProcessEngine(executorSetup(scripts.write(body), { reuse: true }));
    const first = await engine.run({ ...request, runId: "run-1" });
    const second = await engine.run({ ...request, runId: "run-2" });
    await engine.close();
    expect([first.result.error?.name, second.result.status]).toEqual(["E_REP_EXIT", "completed"]);
  });

  test("one that knows no Health counts as healthy", async () => {
    const body = `serve({ Health: (q) => refuse(q, -32601), Capabilities: (q) => ok(q, { ...CAPABILITIES, boot_id: process.pid }),
      Poll: (q) => ok(q, { ...FINAL, outputs: { pid: process.pid } }) })`;
    const engine = new ProcessEngine(executorSetup(scripts.write(body), { reuse: true }));
    const pids = new Set<unknown>();
    for (let run = 0; run < 3; run += 1) {
      pids.add((await engine.run({ ...request, runId: `run-${run}` })).result.outputs.pid);
    }
    await engine.close();
    expect(pids.size).toBe(1);
  });
});
