import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { ExecutorScripts, isGone } from "../testkit/mod.ts";
import { type Alarms, realAlarms } from "../world/mod.ts";
import type { RunRequest } from "./engine.ts";
import { executorSetup, oneStep } from "./executor_fixtures.ts";
import type { ExecutorSetup } from "./executor_setup.ts";
import { ProcessEngine } from "./process_engine.ts";

// What the host must survive (flows §17), with real processes. What needs no process is in internal/rep.

// Each test starts processes, on a machine that may be busy.
setDefaultTimeout(30_000);

const scripts = new ExecutorScripts();
afterAll(() => scripts[Symbol.dispose]());

const REQUEST: RunRequest = {
  ir: oneStep("k"),
  inputs: {},
  runId: "run-1",
  traceId: "0".repeat(32),
  timeoutMs: 20_000,
};

async function run(body: string, request: Partial<RunRequest> = {}, setup: Partial<ExecutorSetup> = {}) {
  const engine = new ProcessEngine(executorSetup(scripts.write(body), setup));
  const { result, warnings } = await engine.run({ ...REQUEST, ...request });
  await engine.close();
  const { status, error, outputs, events } = result;
  const { cause, ...details } = Object(error?.data.details);
  return { status, outputs, events, warnings: warnings.map(({ code }) => code), error, cause, details };
}

/** Time that goes by ten times as fast, for what only waits. */
const HASTY: Alarms = {
  monotonicMs: () => 10 * realAlarms.monotonicMs(),
  nowIso: realAlarms.nowIso,
  after: (ms, task) => realAlarms.after(ms / 10, task),
};

describe("a run on an executor", () => {
  test("has its status, events, outputs, and the state of its steps", async () => {
    const engine = new ProcessEngine(executorSetup(scripts.write("serve()")));
    const seen: string[] = [];
    const { result, runId, warnings } = await engine.run({ ...REQUEST, onEvent: ({ type }) => seen.push(type) });
    expect([runId, warnings, seen]).toEqual(["run-1", [], ["step", "step"]]);
    expect(result).toEqual({
      status: "completed",
      state: { inputs: {}, steps: { a: { n: 1 } }, outputs: { r: 1 } },
      events: [expect.objectContaining({ state: "started" }), expect.objectContaining({ state: "succeeded" })],
      summary: { completed_steps: 2 },
      outputs: { r: 1 },
    });
  });

  test("is told of in the environment, under both prefixes (flows §12)", async () => {
    const names = ["RUN_ID", "TRACE_ID", "ENGINE_TIMEOUT", "ALLOW_SHELL", "LOG_JSON"];
    const body = `serve({ Poll: (q) => ok(q, { status: "completed", outputs: Object.fromEntries(
      Object.entries(process.env).filter(([key]) => /^(PLUMB|TRACE_MIND)_|^MINE$/.test(key))) }) })`;
    const setup = { executorEnv: { MINE: "1" }, env: { PATH: process.env.PATH }, allowShell: true };
    const { outputs } = await run(body, { timeoutMs: 2500 }, setup);
    const told = ["run-1", "0".repeat(32), "2.5", "1", "1"];
    const expected = ["PLUMB_", "TRACE_MIND_"].flatMap((prefix) => names.map((name, at) => [prefix + name, told[at]]));
    expect(outputs).toEqual({ ...Object.fromEntries(expected), MINE: "1" });
  });

  test("takes stderr as log events, structured ones too", async () => {
    const log = `{"message":"hot","level":"warn","step_id":"a","more":1}`;
    const { events } = await run(`raw("plain\\n" + ${JSON.stringify(`${log}\n`)} + "open", 2); serve()`);
    const logs = events.filter(({ type }) => type === "log").map(({ timestamp, ...event }) => event);
    expect(logs).toEqual([
      { type: "log", level: "info", message: "plain", stream: "stderr" },
      { type: "log", level: "warn", message: "hot", step_id: "a", stream: "stderr" },
      { type: "log", level: "info", message: "open", stream: "stderr" },
    ]);
  });
});

describe("an executor that", () => {
  test("§17 row 1: exits before a word is Exit, with its code", async () => {
    const { status, error, details } = await run("process.exit(0)");
    expect([status, details]).toEqual(["failed", { exit_code: 0, stderr: [] }]);
    expect(error).toMatchObject({ code: 3001, name: "E_REP_EXIT", data: { blame: "executor", retriable: false } });
  });

  test("§17 row 2: exits in the run, or is killed, is Exit with its last 20 lines of stderr", async () => {
    const lines = Array.from({ length: 30 }, (_, line) => `line ${line}`);
    const written = await run(`serve({ Poll() { raw(${JSON.stringify(lines.join("\n"))}, 2); process.exit(3); } })`);
    expect(written.details).toEqual({ exit_code: 3, stderr: lines.slice(10) });
    expect(written.events).toHaveLength(30);
    const killed = await run(`serve({ Poll() { process.kill(process.pid, "SIGSEGV"); } })`);
    expect(killed.details).toEqual({ signal: "SIGSEGV", stderr: [] });
  });

  test("§17 row 3: never answers is CallTimeout", async () => {
    const silent = await run("serve({ Capabilities() {} })", {}, { callTimeoutMs: 200 });
    expect([silent.cause, silent.error?.name, silent.error?.data.blame]).toEqual([
      "CallTimeout",
      "E_REP_CALL_TIMEOUT",
      "executor",
    ]);
    const half = await run(`serve({ Capabilities: () => raw('{"jsonrpc"') })`, {}, { callTimeoutMs: 200 });
    expect(half.cause).toBe("CallTimeout");
  });

  test("§17 row 4: closes stdout and lives on is Eof at once, and its group ends", async () => {
    const file = `${scripts.folder}/pid`;
    const { cause } = await run(
      `fs.writeFileSync(${JSON.stringify(file)}, String(process.pid)); fs.closeSync(1); while (read());`,
    );
    expect(cause).toBe("Eof");
    expect(await isGone(Number(await Bun.file(file).text()))).toBe(true);
  });

  test("§17 row 5: greets on stdio is Json, and its line is quoted", async () => {
    const { cause, details, error } = await run(`raw("ready.\\n"); serve()`);
    expect([cause, details, error?.data.blame]).toEqual(["Json", { line: "ready." }, "protocol"]);
  });

  test("§17 row 8: never reads its stdin is CallTimeout, however long the flow is", async () => {
    const ir = oneStep("k", { text: "x".repeat(8 << 20) });
    const { cause } = await run(
      "ok(read(), CAPABILITIES); await new Promise(() => setInterval(() => {}, 1000))",
      { ir },
      { callTimeoutMs: 300 },
    );
    expect(cause).toBe("CallTimeout");
  });

  test("§17 row 9: exits in the middle of a frame is Exit, with what it had written", async () => {
    const { cause, details } = await run(`serve({ Poll() { raw('{"jsonrpc":'); process.exit(0); } })`);
    expect([cause, details]).toEqual(["Exit", { exit_code: 0, stderr: [], partial: '{"jsonrpc":' }]);
  });

  test("§17 row 21: leaves a child that holds stdout is Exit at its own end, and the child goes too", async () => {
    const file = `${scripts.folder}/child`;
    const body = `serve({ Poll() {
      const child = Bun.spawn(["sleep", "60"], { stdio: ["ignore", "inherit", "inherit"] });
      fs.writeFileSync(${JSON.stringify(file)}, String(child.pid));
      process.exit(0);
    } })`;
    const { cause } = await run(body);
    expect(cause).toBe("Exit");
    expect(await isGone(Number(await Bun.file(file).text()))).toBe(true);
  });

  test("§17 row 30: lingers or exits with a code after its run is only warned of", async () => {
    const [lingers, exits] = await Promise.all([
      run(
        "serve(); await new Promise(() => setInterval(() => {}, 1000))",
        {},
        { alarms: HASTY, callTimeoutMs: 60_000 },
      ),
      run("serve(); process.exit(5)"),
    ]);
    expect([lingers.status, lingers.warnings]).toEqual(["completed", ["W_EXECUTOR_LINGER"]]);
    expect([exits.status, exits.warnings]).toEqual(["completed", ["W_EXECUTOR_EXIT"]]);
  });

  test("§17 row 25: does not say its limits is refused, and so is one of another protocol", async () => {
    const unlimited = await run(`serve({ Capabilities: (q) => ok(q, { version: "1", step_kinds: [] }) })`);
    expect(unlimited.error).toMatchObject({ code: 1003, name: "E_REP_CAPABILITIES", data: { blame: "protocol" } });
    const other = await run(`serve({ Capabilities: (q) => ok(q, { ...CAPABILITIES, protocol: "1.0" }) })`);
    expect(other.error).toMatchObject({ code: 1003, name: "E_REP_PROTOCOL" });
  });

  test("§17 row 26: lacks a kind of the flow is never sent it", async () => {
    const file = `${scripts.folder}/started`;
    const body = `serve({ Capabilities: (q) => ok(q, { ...CAPABILITIES, step_kinds: ["x"] }),
      StartRun() { fs.writeFileSync(${JSON.stringify(file)}, ""); } })`;
    const { error, details } = await run(body);
    expect(error).toMatchObject({ code: 1002, name: "E_CAPABILITIES_MISMATCH" });
    expect(details).toEqual({ missing: [{ kind: "k", steps: ["a"] }] });
    expect(await Bun.file(file).exists()).toBe(false);
  });

  test("takes shorter frames than the flow needs is refused before StartRun (flows §12)", async () => {
    const body = `serve({ Capabilities: (q) => ok(q, { ...CAPABILITIES, limits: { concurrency: 1, max_frame_bytes: 1024 } }) })`;
    const { error } = await run(body, { ir: oneStep("k", { text: "x".repeat(2000) }) });
    expect(error).toMatchObject({ code: 1003, name: "E_REP_TOO_LARGE", data: { details: { limit: 1024 } } });
  });

  test("is not there is E_EXECUTOR_PATH before anything runs", () => {
    for (const path of ["/no/such/file", "no-such-command", "/", "/etc/passwd", "./x.py", "builtin:mok"]) {
      expect(() => new ProcessEngine(executorSetup(path))).toThrow(
        expect.objectContaining({ name: "FlowInputError", code: "E_EXECUTOR_PATH" }),
      );
    }
  });
});

test("an executor that the system refuses to start is E_EXECUTOR_PATH", async () => {
  const executor = { path: "/bin/sh", args: ["x".repeat(8 << 20)] };
  const engine = new ProcessEngine(executorSetup("", { executor }));
  await expect(engine.run(REQUEST)).rejects.toMatchObject({ name: "FlowInputError", code: "E_EXECUTOR_PATH" });
});

describe("floods", () => {
  // All tests share this process and its garbage: what kept a flood would grow by more than 250 MB. The page's bound is held
  // by hostile_executors_test, which runs plumb by itself.
  const KEPT_MB = 250;

  const growth = async (body: string) => {
    const before = process.memoryUsage.rss();
    const { cause } = await run(body);
    return { cause, grownMB: (process.memoryUsage.rss() - before) / 1e6 };
  };

  test("§17 row 6: 300 MB without a line end is Frame; so is a frame of 17 MiB", async () => {
    const line = await growth(`for (let n = 0; n < 300; n += 1) raw("x".repeat(1e6)); serve()`);
    expect(line.cause).toBe("Frame");
    expect(line.grownMB).toBeLessThan(KEPT_MB);
    const frame = await run(`serve({ Capabilities: (q) => ok(q, { ...CAPABILITIES, name: "x".repeat(17 << 20) }) })`);
    expect(frame.cause).toBe("Frame");
  });

  test("§17 row 7: 300 MB of notifications is Flood", async () => {
    const { cause, grownMB } = await growth(
      `const line = JSON.stringify({ jsonrpc: "2.0", method: "x", params: "x".repeat(30000) }) + "\\n";
       for (let n = 0; n < 10000; n += 1) raw(line); serve()`,
    );
    expect(cause).toBe("Flood");
    expect(grownMB).toBeLessThan(KEPT_MB);
  });

  test("§17 row 22: 64 MiB on stderr while working leave 200 lines and a count of the dropped", async () => {
    const body = `serve({ Poll(q) { for (let n = 0; n < 640; n += 1) raw(("y".repeat(1023) + "\\n").repeat(102), 2); ok(q, FINAL); } })`;
    const { status, events } = await run(body);
    const logs = events.flatMap((event) => (event.type === "log" ? [event] : []));
    expect([status, logs.length, logs[0]?.level, logs[0]?.message]).toEqual([
      "completed",
      201,
      "warn",
      `${640 * 102 - 200} earlier lines of stderr were dropped`,
    ]);
  });
});

describe("time limits and cancelling", () => {
  test("flows row 34, and row 19 of §17: a run that never ends is Timeout, and Cancel is sent once", async () => {
    const file = `${scripts.folder}/cancels`;
    const body = `let state = "running"; serve({ Poll: (q) => ok(q, { status: state }),
      Cancel(q) { fs.appendFileSync(${JSON.stringify(file)}, q.params.run_id + "\\n"); state = "cancelled"; ok(q, { ok: true }); } })`;
    // The limit counts from the start of the run, and a busy machine starts an executor slowly.
    const { status, error, cause } = await run(body, { timeoutMs: 1500 });
    expect([status, cause]).toEqual(["failed", "Timeout"]);
    expect(error).toMatchObject({ code: 3001, name: "E_RUN_TIMEOUT", data: { blame: "executor" } });
    expect(await Bun.file(file).text()).toBe("run-1\n");
  });

  test("§17 row 20: one that ignores Cancel and SIGTERM is gone within 8 s", async () => {
    const file = `${scripts.folder}/stubborn`;
    const body = `process.on("SIGTERM", () => {}); fs.writeFileSync(${JSON.stringify(file)}, String(process.pid));
      let events = EVENTS.slice(0, 1);
      serve({ Poll(q) { ok(q, { status: "running", events }); events = []; }, Cancel: () => {} }); for (;;) await Bun.sleep(1000);`;
    const timedOut = HASTY.monotonicMs() + 6000;
    const run20 = await run(body, { timeoutMs: 6000 }, { alarms: HASTY, callTimeoutMs: 60_000 });
    const gone = HASTY.monotonicMs();
    expect([run20.cause, run20.events.length]).toEqual(["Timeout", 1]);
    expect(await isGone(Number(await Bun.file(file).text()))).toBe(true);
    // Ten times as fast: a second of a busy machine is ten of these.
    expect(gone - timedOut).toBeLessThan(8000 + 10_000);
  });

  test("§17 row 32: an abort signal cancels the run", async () => {
    const abort = new AbortController();
    const body = `let state = "running"; serve({ Poll: (q) => ok(q, { status: state, events: state === "running" ? EVENTS.slice(0, 1) : [] }),
      Cancel(q) { state = "failed"; ok(q, { ok: true }); } })`;
    const { status, events } = await run(body, { signal: abort.signal, onEvent: () => abort.abort() });
    expect([status, events.length > 0]).toEqual(["cancelled", true]);
    const before = await run("serve()", { signal: AbortSignal.abort() });
    expect([before.status, before.events]).toEqual(["cancelled", []]);
    const silent = await run("while (read());", { signal: AbortSignal.timeout(100) });
    expect(silent.status).toBe("cancelled");
  });
});
