import { describe, expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { jsonLines, oneTarget, runPlumb, startPlumb, tempFiles } from "../../internal/testkit/mod.ts";

const CAPABILITIES = '{"jsonrpc":"2.0","id":1,"method":"Runtime.Capabilities","params":{}}\n';
const HEALTH = '{"jsonrpc":"2.0","id":2,"method":"Runtime.Health","params":{}}\n';

describe.each(oneTarget())("plumb executor mock, $name", (target) => {
  const mock = (stdin: string, env: Record<string, string> = {}) =>
    runPlumb(target, ["executor", "mock"], { cwd: tmpdir(), stdin, env });

  test("answers on stdout until its input ends", () => {
    const { stdout, stderr, exit } = mock(`${CAPABILITIES}\r\n${HEALTH}`);
    expect({ stderr, exit }).toEqual({ stderr: "", exit: 0 });
    const kinds = ["opcua.read", "opcua.write", "policy.apply", "dsl.emit"];
    expect(jsonLines(stdout)).toMatchObject([
      { id: 1, result: { name: "plumb-mock", step_kinds: kinds } },
      { id: 2, result: { ok: true } },
    ]);
    expect(mock(CAPABILITIES, { PLUMB_CHECK: "1" }).stdout).toContain('"check.sleep"');
  });

  test("goes on after a line that is longer than any frame", () => {
    const { stdout, exit } = mock(`${"x".repeat((16 << 20) + 1)}\n${HEALTH}`);
    expect(jsonLines(stdout)).toMatchObject([
      { id: null, error: { code: -32600 } },
      { id: 2, result: { ok: true } },
    ]);
    expect(exit).toBe(0);
  });

  test("is gone when it is terminated", async () => {
    const running = startPlumb(target, ["executor", "mock"], { cwd: tmpdir(), stdin: "pipe" });
    running.write(HEALTH);
    const finished = await running.finish(() => running.signal("SIGTERM"));
    expect(finished.stdout).toContain('"ok":true');
    expect(finished.exit).toBe(143);
  });

  const scripted = (script: string, stdin = HEALTH) =>
    runPlumb(target, ["executor", "mock", "--scripted", "s.yaml"], { cwd: tempFiles({ "s.yaml": script }), stdin });

  test("misbehaves as its script says", () => {
    const finished = scripted(
      "- on: Runtime.Health\n  do: [default, {raw: 'x$id'}, {stderr: {text: bad}}, {exit: 7}]\n",
    );
    expect(finished).toEqual({ stdout: '{"jsonrpc":"2.0","id":2,"result":{"ok":true}}\nx2', stderr: "bad\n", exit: 7 });
    expect(scripted("[]")).toMatchObject({ exit: 0, stderr: "" });
    expect(scripted("- {on: start, do: [{signal: SIGSEGV}]}").exit).toBe(139);
    expect(scripted("- {on: eof, do: [{exit: 3}]}").exit).toBe(3);
    const silent = scripted("- {on: start, do: [{close: stdout}]}\n- {on: Runtime.Health, do: [default, {exit: 1}]}");
    expect(silent).toEqual({ stdout: "", stderr: "", exit: 1 });
    expect(scripted("- {on: start, do: [{close: stdin}, {sleep_ms: 20}, {exit: 4}]}").exit).toBe(4);
  });

  test("lives on without its input, and does not hear SIGTERM, where its script says so", async () => {
    const script =
      "- {on: eof, do: [{raw: ready}]}\n- {on: sigterm, do: [{raw: no}]}\n- {on: sigterm, nth: 2, do: [default]}\n";
    const cwd = tempFiles({ "s.yaml": script });
    const running = startPlumb(target, ["executor", "mock", "--scripted", "s.yaml"], { cwd });
    const { stdout, exit } = await running.finish(() => running.signal("SIGTERM"));
    expect({ stdout, exit }).toEqual({ stdout: "readyno", exit: 143 });
  });

  test("tells what is wrong with its script, each at its place", () => {
    const { stdout, stderr, exit } = scripted("- on: eof\n  do: [{exti: 1}]\n");
    expect({ stdout, exit }).toEqual({ stdout: "", exit: 2 });
    expect(stderr).toBe(
      [
        "error[E_SCRIPT_SCHEMA]: /0/do/0/exti: there is no action exti",
        "  --> s.yaml:2:15",
        "  2 |   do: [{exti: 1}]",
        "    |               ^",
        "  help: exit",
        "",
      ].join("\n"),
    );
    expect(scripted("a: [").stderr).toContain("error[E_SCRIPT_READ]");
  });
});
