import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKS, type CheckRecord } from "../../internal/conformance/mod.ts";
import { jsonLines, oneTarget, runPlumb, startPlumb, tempDir, tempFiles } from "../../internal/testkit/mod.ts";

const EXECUTORS = join(import.meta.dir, "../../testdata/executors");
const PYTHON = ["python3", "-S", "-E", join(EXECUTORS, "python/executor.py")];

describe.each(oneTarget())("plumb executor check, $name", (target) => {
  const check = (args: readonly string[], cwd = tempDir()) => runPlumb(target, ["executor", "check", ...args], { cwd });

  test("flows row 24: passes an executor, a line a check and a last one that sums up", () => {
    const { stdout, stderr, exit } = check(["--executor-path", "builtin:mock", "--only", "REP-RPC-0"]);
    expect({ stderr, exit }).toEqual({ stderr: "", exit: 0 });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.slice(0, -1).map((line) => line.slice(0, 15))).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) => `ok   REP-RPC-0${at}`),
    );
    expect(lines.at(-1)).toMatch(/^plumb executor check: 9 ok, 0 failed, 0 n\/a \(9 checks, \d+\.\d s\)$/);
  });

  test("flows row 25: a rule that is broken is told with the frames and a fix, and a MUST makes exit 1", () => {
    const script = '- on: Runtime.NoSuchMethod\n  do: [{error: {code: -32603, message: "what?"}}]\n';
    const cwd = tempFiles({ "s.yaml": script });
    const { stdout, exit } = check(
      ["--only", "REP-RPC-03", "--executor-path", "builtin:mock", "--", "--scripted", "s.yaml"],
      cwd,
    );
    expect(exit).toBe(1);
    const [line, found, fix, ...frames] = stdout.split("\n");
    expect(line).toBe("FAIL REP-RPC-03  MUST: a method that there is not is answered with error -32601 (§12)");
    expect(found).toBe("     found: it was answered with error -32603 (what?) instead of error -32601");
    expect(fix).toBe("     fix: answer every other method with error -32601");
    expect(frames[2]).toBe('     → {"jsonrpc":"2.0","id":1002,"method":"Runtime.NoSuchMethod","params":{}}');
    expect(frames[3]).toBe('     ← {"jsonrpc":"2.0","id":1002,"error":{"code":-32603,"message":"what?"}}');
    expect(frames[4]).toStartWith("plumb executor check: 0 ok, 1 failed, 0 n/a (1 checks, ");
  });

  test("a SHOULD that is broken leaves exit 0", () => {
    const capabilities = { version: "1", step_kinds: ["a", "a"], limits: { concurrency: 1 } };
    const script = JSON.stringify([{ on: "Runtime.Capabilities", do: [{ result: capabilities }] }]);
    const cwd = tempFiles({ "s.json": script });
    const { stdout, exit } = check(
      ["--only", "REP-CAP", "--executor-path", "builtin:mock", "--", "--scripted", "s.json"],
      cwd,
    );
    expect(stdout).toContain("FAIL REP-CAP-04  SHOULD: ");
    expect({ exit, last: stdout.trimEnd().split("\n").at(-1)?.slice(0, 44) }).toEqual({
      exit: 0,
      last: "plumb executor check: 3 ok, 1 failed, 0 n/a ",
    });
  });

  test("prints records as JSON, and writes a JUnit file", async () => {
    const cwd = tempDir();
    const { stdout, exit } = check(["--json", "--only", "REP-CAP", "--junit", "j.xml", "--", ...PYTHON], cwd);
    expect(exit).toBe(0);
    const records = jsonLines(stdout);
    expect(Object.keys(records[0] ?? {})).toEqual(["id", "level", "status", "rule", "detail", "frames"]);
    expect(records.at(-1)).toMatchObject({ type: "summary", ok: 4, failed: 0, na: 0, checks: 4 });
    const xml = await Bun.file(join(cwd, "j.xml")).text();
    expect(xml).toContain('<testsuite name="plumb executor check" tests="4" failures="0" errors="0" skipped="0"');
    expect(xml.match(/<testcase /g)).toHaveLength(4);
  });

  test("without an executor on the command line checks that of plumb.yaml", () => {
    const yaml = "runtime:\n  executor_path: python3\n  executor_args: [-S, -E, executor.py]\n  executor_env: {A: b}\n";
    const cwd = tempFiles({
      "plumb.yaml": yaml,
      "executor.py": readFileSync(join(EXECUTORS, "python/executor.py"), "utf8"),
    });
    expect(check(["--only", "REP-CAP"], cwd)).toMatchObject({ stderr: "", exit: 0 });
  });

  test("without an executor, or one that cannot be started, there is nothing to check: exit 2", () => {
    const refused = (...args: string[]) => {
      const { stdout, stderr, exit } = check(args);
      expect({ stdout, exit }).toEqual({ stdout: "", exit: 2 });
      return stderr.split("\n")[0];
    };
    expect(refused()).toContain("error[E_EXECUTOR_REQUIRED]");
    expect(refused("--", "nosuchcommand")).toBe("error[E_EXECUTOR_PATH]: there is no command nosuchcommand in $PATH");
    expect(refused("--transport", "tcp://127.0.0.1:1")).toContain("error[E_REP_CONNECT]: cannot connect");
    expect(refused("--transport", "udp://x")).toContain("error[E_TRANSPORT]");
    expect(refused("--only", "REP-STEPS", "--", "true")).toBe("error[E_USAGE_VALUE]: there is no check REP-STEPS");
  });

  test("an executor that ends before a word fails, with what it says on stderr", () => {
    const { stdout, exit } = check([
      "--only",
      "REP-CAP-01",
      "--",
      "python3",
      "-c",
      "raise SystemExit('no such thing')",
    ]);
    expect(exit).toBe(1);
    expect(stdout).toContain(
      "found: no reply to Runtime.Capabilities: it ended with exit code 1; on stderr: no such thing",
    );
  });
});

describe("plumb executor check leaves no process", () => {
  const [target] = oneTarget();
  const pidIn = async (file: string): Promise<number> => {
    for (;;) {
      const text = await Bun.file(file)
        .text()
        .catch(() => "");
      if (text.endsWith("\n")) return Number(text);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const gone = async (pid: number): Promise<boolean> => {
    for (let waited = 0; isAlive(pid) && waited < 2000; waited += 10)
      await new Promise((resolve) => setTimeout(resolve, 10));
    return !isAlive(pid);
  };

  test("at its end, not even what an executor has started", async () => {
    const cwd = tempDir();
    const command = ["sh", "-c", 'sleep 300 & echo $! > pid; exec "$@"', "sh", ...PYTHON];
    const { stdout } = runPlumb(target, ["executor", "check", "--only", "REP-PROC-05", "--", ...command], { cwd });
    expect(stdout).toContain("found: it left a process of its group behind");
    expect(await gone(await pidIn(join(cwd, "pid")))).toBe(true);
  });

  test("when it is interrupted", async () => {
    const cwd = tempDir();
    const running = startPlumb(target, ["executor", "check", "--", "sh", "-c", "echo $$ > pid; exec sleep 300"], {
      cwd,
    });
    const finished = running.finish();
    const pid = await pidIn(join(cwd, "pid"));
    running.signal("SIGINT");
    expect(await finished).toMatchObject({ stdout: "", exit: 130 });
    expect(await gone(pid)).toBe(true);
  });
});

test("flows row 24: the mock passes every check", () => {
  const [target] = oneTarget();
  const args = ["executor", "check", "--quiet", "--executor-path", "builtin:mock"];
  const { stdout, exit } = runPlumb(target, args, { cwd: tempDir() });
  expect(stdout).toStartWith("plumb executor check: 75 ok, 0 failed, 0 n/a (75 checks, ");
  expect(exit).toBe(0);
}, 60_000);

test("the suite has the checks of the page, in its order", () => {
  const counts = { CAP: 4, RPC: 16, RUN: 17, POLL: 8, STEP: 16, CAN: 5, LIM: 2, PROC: 6, HLT: 1 };
  const ids = Object.entries(counts).flatMap(([group, count]) =>
    Array.from({ length: count }, (_, at) => `REP-${group}-${String(at + 1).padStart(2, "0")}`),
  );
  expect(CHECKS.map(({ id }) => id)).toEqual(ids);
  const should = "CAP-04 RPC-10 RUN-14 RUN-17 POLL-05 STEP-02 STEP-11 STEP-12 PROC-05".split(" ");
  const levels = (level: CheckRecord["level"]) =>
    CHECKS.filter((one) => one.level === level).map(({ id }) => id.slice(4));
  expect([levels("SHOULD"), levels("MAY")]).toEqual([should, ["HLT-01"]]);
});
