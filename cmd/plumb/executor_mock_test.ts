import { describe, expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { jsonLines, runPlumb, startPlumb, targets } from "../../internal/testkit/mod.ts";

const CAPABILITIES = '{"jsonrpc":"2.0","id":1,"method":"Runtime.Capabilities","params":{}}\n';
const HEALTH = '{"jsonrpc":"2.0","id":2,"method":"Runtime.Health","params":{}}\n';

describe.each(targets())("plumb executor mock, $name", (target) => {
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
  });
});
