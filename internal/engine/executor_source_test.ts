import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { ExecutorScripts, tempDir } from "../testkit/mod.ts";
import { realAlarms } from "../world/mod.ts";
import { executorSetup, oneStep } from "./executor_fixtures.ts";
import { ProcessEngine } from "./process_engine.ts";

// Each test starts processes, on a machine that may be busy.
setDefaultTimeout(30_000);

const scripts = new ExecutorScripts();
afterAll(() => scripts[Symbol.dispose]());

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

  test("gets no more runs once it ignores that one is cancelled, and another takes them", async () => {
    const log = join(tempDir(), "log");
    const body = `fs.appendFileSync(${JSON.stringify(log)}, "start ");
      serve({ Poll(q) { ok(q, fs.readFileSync(${JSON.stringify(log)}, "utf8") === "start " ? { status: "running" } : FINAL); } });`;
    const hasty = { ...realAlarms, after: (ms: number, task: () => void) => realAlarms.after(ms / 20, task) };
    const engine = new ProcessEngine(
      executorSetup(scripts.write(body), { reuse: true, alarms: hasty, callTimeoutMs: 200_000 }),
    );
    const stuck = await engine.run({ ...request, runId: "run-1", timeoutMs: 12_000 });
    const next = await engine.run({ ...request, runId: "run-2", timeoutMs: 400_000 });
    await engine.close();
    expect([stuck.result.error?.name, next.result.status]).toEqual(["E_RUN_TIMEOUT", "completed"]);
    expect(await Bun.file(log).text()).toBe("start start ");
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
