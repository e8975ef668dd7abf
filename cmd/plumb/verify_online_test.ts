import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { oneTarget, runPlumb, startPlumb, type Target, tempDir } from "../../internal/testkit/mod.ts";
import type { Json } from "../../internal/value/mod.ts";

const EXAMPLES = resolve(import.meta.dir, "../../testdata/examples");

// Each test starts plumb several times, on a machine that may be busy.
setDefaultTimeout(60_000);

/** The cold store with a plugin for its step read, and an executor that only leaves a file when it is started. */
function coldstoreWith(plugin: string): string {
  const cwd = example("coldstore");
  writeFileSync(join(cwd, "plugin.ts"), plugin);
  writeFileSync(join(cwd, "m.yaml"), "coldstore.set: {}\nnotify.send: {}\n");
  writeFileSync(join(cwd, "plumb.yaml"), "runtime: { plugins: [plugin.ts], executor_path: ./executor.sh }\n");
  writeFileSync(join(cwd, "executor.sh"), "#!/bin/sh\ntouch started\n", { mode: 0o755 });
  return cwd;
}

const COLDSTORE = ["--flow", "coldstore.monitor", "--manifest", "expected/manifest.json", "--inputs", "@inputs.json"];
const AGAINST_EXECUTOR = [...COLDSTORE, "--mocks", "m.yaml", "--against", "proc"];

type Members = { [key: string]: Json };

function example(name: string): string {
  const cwd = join(tempDir(), name);
  cpSync(join(EXAMPLES, name), cwd, { recursive: true });
  return cwd;
}

const HELLO = ["--flow", "flows.hello"];
const NONE = { greeting: "hello", action: "WAIT", reading: null, policy_id: "hello" };
const WARM = { greeting: "hello", action: "COOL", reading: 72, policy_id: "hello" };

describe.each(oneTarget().map((target): [string, Target] => [target.name, target]))(
  "plumb verify online, %s",
  (_, target) => {
    const verify = (cwd: string, args: readonly string[]) => {
      const finished = runPlumb(target, ["verify", "online", ...args], { cwd });
      const result: Members = finished.stdout === "" ? {} : JSON.parse(finished.stdout);
      const checks = (result.checks ?? []) as { name: string; ok: boolean | null; detail: string }[];
      return {
        ...finished,
        result,
        checks: Object.fromEntries(checks.map(({ name, ok }) => [name, ok])),
        detail: (name: string) => checks.find((check) => check.name === name)?.detail ?? "",
      };
    };
    const codesOf = (stderr: string) => [...stderr.matchAll(/^(?:error|warning)\[(\w+)\]/gm)].map(([, code]) => code);

    test("flows row 32: the commands of examples/hello on engine local, and --expect", () => {
      const cwd = example("hello");
      for (const sources of [["flows/"], ["flows/", "policies/"]]) {
        expect(runPlumb(target, ["dsl", "compile", ...sources, "--emit-ir", "--out", "out/dsl"], { cwd }).exit).toBe(0);
      }
      const ran = runPlumb(target, ["runtime", "run", "--manifest", "out/dsl/manifest.json", ...HELLO], { cwd });
      expect([ran.exit, ran.stderr, JSON.parse(ran.stdout)]).toMatchObject([
        0,
        "",
        {
          status: "completed",
          outputs: { decision: NONE },
          summary: { completed_steps: 3, failed_steps: 0, skipped_steps: 0, attempts: 3 },
        },
      ]);
      const runs: readonly [readonly string[], Members][] = [
        [["--sources", "flows/", "policies/", "--out", "out/dsl"], NONE],
        [[], NONE],
        [["--inputs", '{"temperature": 72}'], WARM],
        [["--inputs", '{"temperature": 72}', "--expect", "expected/72.json"], WARM],
        [["--expect", "expected/none.json"], NONE],
      ];
      for (const [args, decision] of runs) {
        const { result, checks, stderr, exit } = verify(cwd, [...HELLO, ...args]);
        expect([args, stderr, exit]).toEqual([args, "", 0]);
        expect(Object.keys(result)).toEqual(["flow", "manifest", "status", "summary", "events", "outputs", "checks"]);
        expect([result.manifest, result.outputs]).toEqual(["out/dsl/manifest.json", { decision }]);
        expect(Object.keys(checks)).toEqual([
          "compile",
          "sources",
          "manifest",
          "ir",
          "inputs",
          "capabilities",
          "run",
          "expect",
          "against",
        ]);
        expect(Object.values(checks)).not.toContain(false);
        expect([checks.compile, checks.expect]).toEqual([
          args.includes("--sources") ? true : null,
          args.includes("--expect") ? true : null,
        ]);
      }
    });

    test("flows row 23: twice with --sources, then with an edited source: a warning that names the file", () => {
      const cwd = example("hello");
      const args = [...HELLO, "--sources", "flows/", "policies/", "--out", "out/dsl"];
      expect([verify(cwd, args).exit, verify(cwd, args).exit]).toEqual([0, 0]);
      appendFileSync(join(cwd, "policies/hello.pdl"), "# more\n");
      const edited = verify(cwd, HELLO);
      expect([edited.exit, edited.checks.sources]).toEqual([0, true]);
      expect(edited.detail("sources")).toBe("changed since the compile: policies/hello.pdl");
      expect(codesOf(edited.stderr)).toEqual(["W_SOURCES_CHANGED"]);
      rmSync(join(cwd, "policies"), { recursive: true });
      const absent = verify(cwd, HELLO);
      expect([absent.exit, absent.checks.sources, absent.detail("sources")]).toEqual([
        0,
        null,
        "not there: policies/hello.pdl",
      ]);
    });

    test("what is not as expected is told place by place, exit 1", () => {
      const cwd = example("hello");
      const args = [...HELLO, "--sources", "flows/", "policies/", "--out", "out/dsl"];
      const { exit, checks, detail } = verify(cwd, [...args, "--expect", "expected/72.json"]);
      expect([exit, checks.run, checks.expect]).toEqual([1, true, false]);
      expect(detail("expect")).toBe(
        'outputs.decision.action: expected "COOL", found "WAIT"; outputs.decision.reading: expected 72, found null',
      );
      writeFileSync(join(cwd, "e.yaml"), "status: completed\noutputs: { decision: { action: WAIT } }\n");
      expect(verify(cwd, [...HELLO, "--expect", "e.yaml"]).checks.expect).toBe(true);
      writeFileSync(join(cwd, "e.yaml"), "statsu: completed\n");
      const wrong = verify(cwd, [...HELLO, "--expect", "e.yaml"]);
      expect([wrong.exit, wrong.stdout, codesOf(wrong.stderr)]).toEqual([2, "", ["E_EXPECT_SCHEMA"]]);
      const missing = verify(cwd, [...HELLO, "--expect", "missing.yaml"]);
      expect([missing.exit, missing.stdout, codesOf(missing.stderr)]).toEqual([2, "", ["E_EXPECT_READ"]]);
    });

    test("the object is printed also when a check before the run does not hold", () => {
      const cwd = example("hello");
      const reached = (args: readonly string[]) => {
        const { exit, checks, result, stderr } = verify(cwd, [...HELLO, ...args]);
        const { status, events, outputs } = result;
        const failed = Object.keys(checks).filter((name) => checks[name] === false);
        return { exit, status, events, outputs, failed, codes: codesOf(stderr) };
      };
      const none = { status: "failed", events: [], outputs: {} };
      expect(reached([])).toEqual({ ...none, exit: 2, failed: ["manifest"], codes: ["E_MANIFEST_READ"] });
      writeFileSync(join(cwd, "flows/bad.wdl"), "version: dsl/v0\nworkflow: b\n");
      const bad = verify(cwd, [...HELLO, "--sources", "flows/"]);
      expect([bad.exit, bad.checks.compile, bad.result.status]).toEqual([1, false, "failed"]);
      expect(bad.stderr).toEndWith("verify: compilation failed\n");
      rmSync(join(cwd, "flows/bad.wdl"));
      expect(verify(cwd, [...HELLO, "--sources", "flows/"]).exit).toBe(0);
      expect(reached(["--inputs", '{"temperature": "x"}'])).toEqual({
        ...none,
        exit: 2,
        failed: ["inputs"],
        codes: ["E_INPUT_TYPE"],
      });
      expect(verify(cwd, ["--flow", "flows.helo"]).checks.manifest).toBe(false);
      const path = join(cwd, "out/dsl/flows/flows.hello.ir.json");
      const ir = readFileSync(path, "utf8");
      writeFileSync(path, ir.replace('"version": "1.0.0"', '"version": "2.0.0"'));
      expect(reached([])).toMatchObject({ ...none, exit: 3, failed: ["ir"] });
      writeFileSync(path, ir.replaceAll("policy.apply", "policy.other"));
      expect(reached([])).toMatchObject({ ...none, exit: 2, failed: ["manifest"], codes: ["E_MANIFEST_MISMATCH"] });
      writeFileSync(path, ir.replace('"decide"', '"other"'));
      expect(reached([])).toMatchObject({ ...none, exit: 2, failed: ["ir"] });
    });

    test("a flow that the engine cannot run, and one whose step fails", () => {
      const cwd = example("coldstore");
      const args = COLDSTORE;
      const refused = verify(cwd, args);
      expect([refused.exit, refused.checks.capabilities, refused.checks.run]).toEqual([3, false, null]);
      expect(refused.result.error).toMatchObject({ code: 1002 });
      writeFileSync(join(cwd, "m.yaml"), "read: { values: { air: x } }\ncoldstore.set: {}\nnotify.send: {}\n");
      const failed = verify(cwd, [...args, "--mocks", "m.yaml"]);
      expect([failed.exit, failed.checks.capabilities, failed.checks.run]).toEqual([1, true, false]);
      expect(verify(cwd, [...args, "--mocks", "mocks.yaml"])).toMatchObject({ exit: 0, stderr: "" });
    });

    test("an executor that cannot be started is no fault of the IR", () => {
      const cwd = coldstoreWith(`import { rmSync } from "node:fs";
        export default { "coldstore.read": () => (rmSync("executor.sh"), { values: { air: 1 } }) };`);
      const { exit, stderr, checks } = verify(cwd, AGAINST_EXECUTOR);
      expect([exit, codesOf(stderr)]).toEqual([1, ["E_EXECUTOR_PATH"]]);
      expect(checks).toMatchObject({ ir: true, capabilities: true, run: true, against: false });
    });

    test("SIGINT in the first run ends all: the engine of --against is not started", async () => {
      const cwd = coldstoreWith(`import { writeFileSync } from "node:fs";
        export default { "coldstore.read": async (_, ctx) => {
          writeFileSync("began", "");
          await ctx.clock.sleep(60000);
        } };`);
      const running = startPlumb(target, ["verify", "online", ...AGAINST_EXECUTOR], { cwd });
      while (!existsSync(join(cwd, "began"))) await Bun.sleep(10);
      running.signal("SIGINT");
      const { exit, stdout } = await running.finish();
      const { status, checks } = JSON.parse(stdout);
      expect([exit, status, existsSync(join(cwd, "started"))]).toEqual([130, "cancelled", false]);
      expect(checks.at(-1)).toEqual({ name: "against", ok: null, detail: "not reached" });
    });

    test("flags that contradict one another are exit 2 without an object", () => {
      const cwd = example("hello");
      for (const args of [
        [],
        [...HELLO, "--out", "x"],
        [...HELLO, "--sources", "flows/", "--manifest", "m"],
        [...HELLO, "--against", "local"],
        [...HELLO, "--against", "proc"],
      ]) {
        expect(verify(cwd, args)).toMatchObject({ exit: 2, stdout: "" });
      }
    });
  },
);
