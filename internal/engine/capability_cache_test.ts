import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ExecutorScripts, tempDir } from "../testkit/mod.ts";
import { CapabilityCache, cacheFolderOf } from "./capability_cache.ts";
import { executorSetup, oneStep } from "./executor_fixtures.ts";
import { ProcessEngine } from "./process_engine.ts";

// Each test starts processes, on a machine that may be busy.
setDefaultTimeout(30_000);

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
