import { describe, expect, test } from "bun:test";
import type { Json } from "../../value/mod.ts";
import { ExecutorServer } from "../executor_server.ts";
import type { Machine } from "./machine.ts";
import { readScript } from "./read_script.ts";
import { Script } from "./script.ts";
import { ScriptedServer } from "./scripted_server.ts";

/** Keeps what a mock does. */
class Recorder implements Machine {
  readonly done: string[] = [];
  write(bytes: Uint8Array): void {
    this.done.push(Buffer.from(bytes).toString());
  }
  stderr(text: string): void {
    this.done.push(`stderr ${text}`);
  }
  close(which: string): void {
    this.done.push(`close ${which}`);
  }
  fork(ms: number): void {
    this.done.push(`fork ${ms}`);
  }
  exit(code: number): void {
    this.done.push(`exit ${code}`);
  }
  signal(name: string): void {
    this.done.push(`signal ${name}`);
  }
}

function scripted(rules: Json) {
  const machine = new Recorder();
  const fail = (error: unknown): void => {
    throw error;
  };
  const honest = new ExecutorServer({ version: "1", frameBytes: 1024 });
  const { data: read, problems } = readScript(rules);
  expect(problems).toEqual([]);
  const server = new ScriptedServer(honest, new Script(read), machine, fail);
  const ask = (method: string, id: Json = 1) => server.line(Buffer.from(JSON.stringify({ id, method })));
  return { server, machine, ask };
}

const HEALTH = "Runtime.Health";
const answer = (id: Json, result: Json = { ok: true }) => `${JSON.stringify({ jsonrpc: "2.0", id, result })}\n`;

describe("a scripted mock", () => {
  test("is honest where no rule says otherwise, and the nth time before every time", () => {
    const { machine, ask } = scripted([
      { on: HEALTH, do: [{ result: "every" }] },
      { on: HEALTH, nth: 2, do: ["default"] },
      { on: HEALTH, nth: 3, do: [] },
    ]);
    for (const id of ["a", "b", "c", "d"]) ask(HEALTH, id);
    ask("no.such", 9);
    expect(machine.done.slice(0, 3)).toEqual([answer("a", "every"), answer("b"), answer("d", "every")]);
    expect(machine.done[3]).toContain('"id":9,"error":{"code":-32601');
  });

  test("replies with results, errors, texts, bytes and depth, and again", () => {
    const { machine, ask } = scripted([
      { on: "a.b", do: [{ error: { code: 42, data: [1] } }, { raw: '$id "$id"' }, { hex: "0A fF" }] },
      { on: "c.d", do: [{ nest: 2 }, { repeat: 2 }] },
    ]);
    ask("a.b", "x");
    expect(machine.done).toEqual([
      '{"jsonrpc":"2.0","id":"x","error":{"code":42,"message":"as scripted","data":[1]}}\n',
      '"x" ""x""',
      "\n\uFFFD",
    ]);
    machine.done.length = 0;
    ask("c.d");
    expect(machine.done).toEqual(Array.from({ length: 3 }, () => answer(1, { a: { a: {} } })));
  });

  test("writes in pieces from now on, floods, and ends", async () => {
    const { server, machine, ask } = scripted([
      { on: "a.b", do: [{ chunk: 2 }, { raw: "abcde" }] },
      { on: "start", do: [{ stderr: { text: "s", times: 2 } }, { flood: { text: "ab\n", bytes: 7 } }] },
      { on: "eof", do: [{ close: "stdout" }, { fork_ms: 5 }, { signal: "SIGKILL" }, { exit: 3 }] },
      { on: "sigterm", nth: 1, do: ["ignore"] },
    ]);
    await server.start();
    ask("a.b");
    server.eof();
    const died: string[] = [];
    for (const time of ["first", "second"]) server.sigterm(() => died.push(time));
    expect(machine.done).toEqual([
      ...["stderr s\ns\n", "ab\nab\nab\n", "ab", "cd", "e"],
      ...["close stdout", "fork 5", "signal SIGKILL", "exit 3"],
    ]);
    expect(died).toEqual(["second"]);
  });

  test("lets other requests pass while a rule sleeps", async () => {
    const { machine, ask } = scripted([{ on: "a.b", do: [{ sleep_ms: 1 }, { result: "late" }] }]);
    ask("a.b", 1);
    ask(HEALTH, 2);
    expect(machine.done).toEqual([answer(2)]);
    while (machine.done.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(machine.done[1]).toBe(answer(1, "late"));
  });

  test("ends at the end of its input unless a rule is about that", () => {
    const honest = scripted([]);
    honest.server.eof();
    const lingers = scripted([{ on: "eof", do: ["ignore"] }]);
    lingers.server.eof();
    expect([honest.machine.done, lingers.machine.done]).toEqual([["exit 0"], []]);
  });
});
