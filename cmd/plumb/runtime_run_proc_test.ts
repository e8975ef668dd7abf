import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, cpSync, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { manifestFacts } from "../../internal/flow/mod.ts";
import {
  ExecutorScripts,
  isAlive,
  isGone,
  oneTarget,
  runPlumb,
  sampleIr,
  startPlumb,
  targets,
  tempDir,
  tempFiles,
} from "../../internal/testkit/mod.ts";

// Engine proc by whole programs: what a shell sees, and what is left when plumb is gone.

setDefaultTimeout(60_000);

const scripts = new ExecutorScripts();
afterAll(() => scripts[Symbol.dispose]());

const PYTHON = resolve(import.meta.dir, "../../testdata/executors/python/executor.py");

/** A compiled flow of one step. */
function flowOf(kind: string, args: { [key: string]: string } = {}): Record<string, string> {
  const ir = sampleIr(
    [
      { id: "a", type: kind, with: args },
      { id: "out", type: "dsl.emit", with: { r: "$step.a" } },
    ],
    ["a -> out"],
  );
  const entry = {
    ...manifestFacts(ir),
    ir_path: "flow.ir.json",
    source_file: "x.wdl",
    generated_at: "2026-01-01T00:00:00Z",
  };
  return { "flow.ir.json": JSON.stringify(ir), "manifest.json": JSON.stringify([{ ...entry, sources: {} }]) };
}

const RUN = ["--engine", "proc", "runtime", "run", "--manifest", "manifest.json", "--flow", "sample"];

async function pidIn(file: string): Promise<number> {
  for (let tries = 0; tries < 1000 && !existsSync(file); tries += 1) await Bun.sleep(10);
  await Bun.sleep(20);
  return Number(readFileSync(file, "utf8"));
}

// Plumb starts itself.
describe.each(targets())("engine proc with the mock, $name", (target) => {
  test("flows row 21: a flow on builtin:mock has its events with args and results", () => {
    const cwd = tempFiles(flowOf("opcua.read", { endpoint: "e", node_ids: '["n"]' }));
    const { exit, stdout, stderr } = runPlumb(target, [...RUN, "--executor-path", "builtin:mock"], { cwd });
    const { status, events, outputs, engine } = JSON.parse(stdout);
    expect([exit, stderr, status, engine]).toEqual([0, "", "completed", "proc"]);
    expect(outputs).toEqual({ r: { endpoint: "e", values: { n: 80 } } });
    const steps = events.filter(({ type }: { type: string }) => type === "step");
    expect(steps[0]).toMatchObject({ step_id: "a", state: "started", args: { endpoint: "e", node_ids: ["n"] } });
    expect(steps[1]).toMatchObject({ step_id: "a", state: "succeeded", result: { values: { n: 80 } } });
  });
});

describe.each(oneTarget())("engine proc, $name", (target) => {
  test("flows row 38: arguments of an interpreter stand behind --; a command that is not there is exit 2", () => {
    const cwd = tempFiles(flowOf("opcua.read", { endpoint: "e", node_ids: '["n"]' }));
    const ran = runPlumb(target, [...RUN, "--executor-path", "python3", "--", PYTHON], { cwd });
    expect([ran.exit, JSON.parse(ran.stdout).status]).toEqual([0, "completed"]);
    const missing = runPlumb(target, [...RUN, "--executor-path", "nosuchcommand"], { cwd });
    expect([missing.exit, missing.stdout, missing.stderr]).toEqual([
      2,
      "",
      "error[E_EXECUTOR_PATH]: there is no command nosuchcommand in $PATH\n",
    ]);
  });

  test("an executor in a container, or behind a proxy, is a command like any other (flows §13)", () => {
    const flow = flowOf("opcua.read", { endpoint: "e", node_ids: '["n"]' });
    // A stand-in for the container engine: it has its arguments, and nothing of it is known to plumb.
    const docker = `#!/bin/sh\n[ "$1 $2 $3 $4" = "run -i --rm IMAGE" ] || exit 9\nexec python3 ${PYTHON}\n`;
    const cwd = tempFiles({ ...flow, "bin/docker": docker });
    chmodSync(join(cwd, "bin/docker"), 0o755);
    const env = { PATH: `${join(cwd, "bin")}:${process.env.PATH}` };
    const args = ["--executor-path", "docker", "--", "run", "-i", "--rm", "IMAGE"];
    const { exit, stdout } = runPlumb(target, [...RUN, ...args], { cwd, env });
    expect([exit, JSON.parse(stdout).outputs]).toEqual([0, { r: { endpoint: "e", values: { n: 80 } } }]);
    const other = runPlumb(target, [...RUN, ...args.slice(0, -1), "OTHER"], { cwd, env });
    expect(JSON.parse(other.stdout).error.data.details).toMatchObject({ cause: "Exit", exit_code: 9 });
  });

  test.if(Bun.which("socat") !== null)("socat leads to an executor behind a port (flows §13)", async () => {
    const cwd = tempFiles(flowOf("opcua.read", { endpoint: "e", node_ids: '["n"]' }));
    const listener = Bun.spawn(["socat", "-d", "-d", "TCP-LISTEN:0,bind=127.0.0.1", `EXEC:python3 ${PYTHON}`], {
      stderr: "pipe",
      lazy: true,
    });
    let said = "";
    for await (const bytes of listener.stderr) {
      said += Buffer.from(bytes).toString();
      if (/listening on .*:\d+/.test(said)) break;
    }
    const port = /listening on .*:(\d+)/.exec(said)?.[1];
    const ran = startPlumb(target, [...RUN, "--executor-path", "socat", "--", "-", `TCP:127.0.0.1:${port}`], { cwd });
    const { exit, stdout } = await ran.finish();
    await listener.exited;
    expect([exit, JSON.parse(stdout).status]).toEqual([0, "completed"]);
  });

  test("flows row 36: who is to blame stands in the error", () => {
    const blame = (body: string) => {
      const cwd = tempFiles(flowOf("k"));
      const { exit, stdout } = runPlumb(target, [...RUN, "--executor-path", scripts.write(body)], { cwd });
      return [exit, JSON.parse(stdout).error.data.blame];
    };
    expect(blame("process.exit(0)")).toEqual([4, "executor"]);
    expect(blame(`serve({ Poll: (q) => send({ jsonrpc: "2.0", id: 999, result: {} }) })`)).toEqual([4, "protocol"]);
    expect(blame(`serve({ Poll: (q) => ok(q, { status: "banana" }) })`)).toEqual([4, "protocol"]);
    const cwd = tempFiles({ ...flowOf("k"), "rt.yaml": "runtime: { transport: 'tcp://127.0.0.1:1' }\n" });
    const closed = runPlumb(target, [...RUN, "--runtime-config", "rt.yaml"], { cwd });
    const { error } = JSON.parse(closed.stdout);
    expect([closed.exit, error.name, error.data.blame]).toEqual([4, "E_REP_CONNECT", "environment"]);
  });

  test.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("§17 row 32: %s cancels the run and ends the group", async (signal, code) => {
    const folder = tempDir();
    const file = join(folder, "pid");
    const body = `let state = "running"; fs.writeFileSync(${JSON.stringify(`${file}.new`)}, String(process.pid));
      serve({ Poll(q) { fs.existsSync(${JSON.stringify(file)}) || fs.renameSync(${JSON.stringify(`${file}.new`)}, ${JSON.stringify(file)}); ok(q, { status: state }); },
        Cancel(q) { state = "cancelled"; ok(q, { ok: true }); } })`;
    const running = startPlumb(target, [...RUN, "--executor-path", scripts.write(body)], {
      cwd: tempFiles(flowOf("k")),
    });
    const finished = running.finish();
    const pid = await pidIn(file);
    running.signal(signal);
    const { exit, stdout } = await finished;
    expect([exit, JSON.parse(stdout).status, isAlive(pid)]).toEqual([code, "cancelled", false]);
  });

  test("a second SIGINT ends plumb and the group at once (DESIGN, exit codes)", async () => {
    const file = join(tempDir(), "pid");
    const body = `process.on("SIGTERM", () => {});
      serve({ Poll(q) { fs.existsSync(${JSON.stringify(file)}) || fs.writeFileSync(${JSON.stringify(file)}, String(process.pid)); ok(q, { status: "running" }); },
        Cancel() { fs.writeFileSync(${JSON.stringify(`${file}.cancelled`)}, "1"); } });
      for (;;) await Bun.sleep(1000);`;
    const running = startPlumb(target, [...RUN, "--executor-path", scripts.write(body)], {
      cwd: tempFiles(flowOf("k")),
    });
    const finished = running.finish();
    const pid = await pidIn(file);
    running.signal("SIGINT");
    await pidIn(`${file}.cancelled`);
    const second = performance.now();
    running.signal("SIGINT");
    const { exit, stdout } = await finished;
    expect([exit, stdout, await isGone(pid, 1000)]).toEqual([130, "", true]);
    expect(performance.now() - second).toBeLessThan(2000);
  });

  test.if(process.platform === "linux")(
    "§17 row 32: after SIGKILL nothing of the group is alive two seconds later",
    async () => {
      const folder = tempDir();
      const file = join(folder, "pids");
      const body = `process.on("SIGTERM", () => {}); let child;
      serve({ Poll(q) {
        if (child === undefined) {
          child = Bun.spawn(["sleep", "300"], { stdio: ["ignore", "inherit", "inherit"] });
          fs.writeFileSync(${JSON.stringify(`${file}.new`)}, String(child.pid)); fs.renameSync(${JSON.stringify(`${file}.new`)}, ${JSON.stringify(file)});
        }
        ok(q, { status: "running" });
      } });
      for (;;) await Bun.sleep(1000);`;
      const running = startPlumb(target, [...RUN, "--executor-path", scripts.write(body)], {
        cwd: tempFiles(flowOf("k")),
      });
      const finished = running.finish();
      const grandchild = await pidIn(file);
      const executor = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${grandchild}/stat`, "utf8"))?.[1]);
      expect([isAlive(grandchild), isAlive(executor)]).toEqual([true, true]);
      running.signal("SIGKILL");
      expect([await isGone(executor, 2000), await isGone(grandchild, 2000)]).toEqual([true, true]);
      await finished;
    },
  );

  test("flows row 22: the same flow on two engines, and where they differ", () => {
    const mocks = "a: { endpoint: e, values: { n: 80 } }\n";
    const args = ["verify", "online", "--manifest", "manifest.json", "--flow", "sample", "--mocks", "m.yaml"];
    const against = (text: string) => {
      const cwd = tempFiles({ ...flowOf("opcua.read", { endpoint: "e", node_ids: '["n"]' }), "m.yaml": text });
      const both = ["--against", "proc", "--executor-path", "builtin:mock"];
      const { exit, stdout } = runPlumb(target, [...args, ...both], { cwd });
      return [exit, JSON.parse(stdout).checks.at(-1)];
    };
    expect(against(mocks)).toEqual([0, { name: "against", ok: true, detail: "engine proc does the same in 2 steps" }]);
    const detail = "$.steps[0].result.values.n: expected 81 (local), actual 80 (proc)";
    expect(against(mocks.replace("80", "81"))).toEqual([1, { name: "against", ok: false, detail }]);
  });

  test("a refused flow and the last words of an executor are told to people too", () => {
    const told = (body: string) => {
      const args = [...RUN, "--executor-path", scripts.write(body)];
      return runPlumb(target, args, { cwd: tempFiles(flowOf("k")) });
    };
    expect(told(`serve({ Capabilities: (q) => ok(q, { ...CAPABILITIES, step_kinds: [] }) })`)).toMatchObject({
      exit: 3,
      stderr: `error: CapabilitiesMismatch: engine proc cannot run flow 'sample' (E_CAPABILITIES_MISMATCH)
  k   used by a
help: use an executor that lists it, or engine local with a mock (--mocks FILE, key 'k' or 'a') or a plugin
`,
    });
    expect(told(`raw("no bus\\nno hope\\n", 2); process.exit(3)`)).toMatchObject({
      exit: 4,
      stderr: `error[E_REP_EXIT]: the executor ended (exit code 3) before the run did
  stderr: no bus
  stderr: no hope
`,
    });
  });

  test("flows row 32: the commands of examples/hello", () => {
    const cwd = join(tempDir(), "hello");
    cpSync(resolve(import.meta.dir, "../../testdata/examples/hello"), cwd, { recursive: true });
    const proc = "--engine proc --executor-path builtin:mock";
    const commands = [
      "dsl compile flows/ --emit-ir --out out/dsl",
      "dsl compile flows/ policies/ --emit-ir --out out/dsl",
      "runtime run --manifest out/dsl/manifest.json --flow flows.hello",
      `${proc} runtime run --manifest out/dsl/manifest.json --flow flows.hello`,
      "verify online --flow flows.hello --sources flows/ policies/ --out out/dsl",
      "verify online --flow flows.hello",
      'verify online --flow flows.hello --inputs {"temperature":72}',
      `${proc} verify online --flow flows.hello --inputs {"temperature":72} --against local --expect expected/72.json`,
    ];
    const results = commands.map((command) => runPlumb(target, command.split(" "), { cwd }));
    expect(results.map(({ exit }) => exit)).toEqual(commands.map(() => 0));
    const objects = results.slice(2).map(({ stdout }) => JSON.parse(stdout));
    const readings = objects.map(({ outputs }) => outputs.decision.reading);
    expect(readings).toEqual([null, null, null, null, 72, 72]);
    const verdicts = objects.flatMap(({ checks = [] }) => checks.map(({ ok }: { ok: unknown }) => ok));
    expect([verdicts.length, verdicts.includes(false)]).toEqual([4 * 9, false]);
    expect(objects.at(-1).checks.slice(-2)).toEqual([
      { name: "expect", ok: true, detail: "as expected" },
      { name: "against", ok: true, detail: "engine local does the same in 3 steps" },
    ]);
  });

  test("mocks answer nothing on an executor, which is all that is said of them (flows §11)", () => {
    const cwd = tempFiles({ ...flowOf("opcua.read", { endpoint: "e", node_ids: '["n"]' }), "m.yaml": "a: {}\n" });
    const { exit, stderr } = runPlumb(target, [...RUN, "--mocks", "m.yaml", "--executor-path", "builtin:mock"], {
      cwd,
    });
    expect([exit, stderr]).toEqual([
      0,
      "warning[W_MOCK_UNUSED]: mock a is used by nothing: engine proc asks its executor\n",
    ]);
  });
});
