import { describe, expect, test } from "bun:test";
import { type EdgeSpec, type NodeSpec, sampleIr } from "../testkit/mod.ts";
import { exactJson } from "../value/mod.ts";
import { fixedWall } from "../world/mod.ts";
import { ExecutorServer } from "./mod.ts";

type Reply = { id?: unknown; result?: Record<string, unknown>; error?: { code: number; message: string } };

class Host {
  readonly server = new ExecutorServer({ version: "9.9.9", offersChecks: true, frameBytes: 1 << 20 });

  say(text: string): string | undefined {
    return this.server.answer(Buffer.from(text));
  }

  ask(method: string, params: object): Reply {
    return JSON.parse(this.say(exactJson({ jsonrpc: "2.0", id: 1, method, params })) ?? "null");
  }

  start(runId: string | null, nodes: readonly NodeSpec[], edges: readonly EdgeSpec[] = [], inputs: object = {}): Reply {
    return this.ask("Runtime.StartRun", { ir: sampleIr(nodes, edges), inputs, options: { run_id: runId } });
  }

  async finish(runId: string): Promise<Reply> {
    for (;;) {
      const reply = this.ask("Runtime.Poll", { run_id: runId, after: 0 });
      if (reply.result?.status !== "running") return reply;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

const echo = (id: string, given: object): NodeSpec => ({ id, type: "check.echo", with: { ...given } });

describe("an executor", () => {
  test("says what it is and what it can", () => {
    const { result } = new Host().ask("Runtime.Capabilities", {});
    const kinds = ["opcua.read", "opcua.write", "policy.apply", "dsl.emit"];
    expect(result).toEqual({
      name: "plumb-mock",
      version: "9.9.9",
      step_kinds: [...kinds, "check.echo", "check.fail", "check.sleep"],
      limits: { concurrency: 4, max_frame_bytes: 1 << 20 },
      features: ["poll_after"],
    });
    const plain = new ExecutorServer({ version: "1" }).answer(Buffer.from('{"id":1,"method":"Runtime.Capabilities"}'));
    expect(JSON.parse(plain ?? "").result).toEqual({
      name: "plumb-mock",
      version: "1",
      step_kinds: kinds,
      limits: { concurrency: 4 },
      features: ["poll_after"],
    });
  });

  test("answers with the id as it came, and not at all without one or to a blank line", () => {
    const host = new Host();
    expect(host.say('{"id":"a-1","method":"Runtime.Health","x":1}')).toBe(
      '{"jsonrpc":"2.0","id":"a-1","result":{"ok":true}}',
    );
    expect(host.say('{"id":9007199254740993,"method":"Runtime.Health"}')).toContain('"id":9007199254740993,');
    expect(host.say('{"method":"Runtime.Health"}')).toBeUndefined();
    expect(host.say("  ")).toBeUndefined();
  });

  test("does not answer an answer", () => {
    const host = new Host();
    expect(host.say('{"jsonrpc":"2.0","id":"h1","error":{"code":-32601,"message":"no"}}')).toBeUndefined();
    expect(host.say('{"jsonrpc":"2.0","id":5,"result":{}}')).toBeUndefined();
  });

  test("says what is wrong with a request", () => {
    const host = new Host();
    const codeOf = (text: string) => JSON.parse(host.say(text) ?? "null").error.code;
    expect(codeOf('{"jsonrpc":')).toBe(-32700);
    expect(codeOf("[".repeat(300))).toBe(-32700);
    expect(["3", "[1]", "{}"].map(codeOf)).toEqual([-32600, -32600, -32600]);
    expect(codeOf('{"id":1,"method":"toString"}')).toBe(-32601);
    expect(codeOf('{"id":1,"method":"Runtime.Poll","params":[]}')).toBe(-32602);
    expect(codeOf('{"id":1,"method":"Runtime.Poll","params":{}}')).toBe(-32602);
    expect(host.ask("Runtime.Poll", { run_id: "x" }).error).toMatchObject({ code: -32602 });
    expect(host.ask("Runtime.Cancel", { run_id: "x" }).result).toEqual({ ok: false });
  });

  test("runs a flow with the code of engine local, and keeps every digit of an integer", async () => {
    const host = new Host();
    const emit: NodeSpec = { id: "e", type: "dsl.emit", with: { n: "$input.n", s: "$step.a.x" } };
    host.start("r", [echo("a", { x: "${input.s}!" }), emit], ["a -> e"], { n: 9007199254740993n, s: "é" });
    await host.finish("r");
    const poll = host.say('{"id":2,"method":"Runtime.Poll","params":{"run_id":"r","after":0}}');
    expect(poll).toContain('"outputs":{"n":9007199254740993,"s":"é!"}');
    expect(poll).toContain('"args":{"n":9007199254740993,');
  });

  test("sends events again until they are acknowledged, and never twice without poll_after", async () => {
    const host = new Host();
    host.start("r", [echo("a", {})]);
    const { result } = await host.finish("r");
    const poll = (params: object) => host.ask("Runtime.Poll", { run_id: "r", ...params }).result?.events;
    expect(result?.events).toHaveLength(4);
    expect(poll({ after: 0 })).toEqual(result?.events);
    expect(poll({ after: 3 })).toMatchObject([{ type: "log", message: "run completed" }]);
    expect(poll({ after: 3 })).toHaveLength(1);
    expect(poll({})).toHaveLength(1);
    expect(poll({})).toEqual([]);
  });

  test("refuses a flow that it cannot run", () => {
    const host = new Host();
    const refused = (ir: unknown, inputs: unknown = {}) =>
      host.ask("Runtime.StartRun", { ir, inputs, options: { run_id: null } }).error?.code;
    expect(refused({ ...sampleIr([echo("a", {})], []), version: "1.1.0" })).toBe(1001);
    expect(refused(sampleIr([{ id: "a", type: "no.such" }], []))).toBe(1002);
    expect(refused(sampleIr([{ id: "a", type: "policy.apply" }], []))).toBe(1003);
    expect([refused(null), refused([]), refused(sampleIr([echo("a", {}), echo("a", {})], []))]).toEqual([
      1003, 1003, 1003,
    ]);
    expect(refused(sampleIr([echo("a", {})], []), [])).toBe(-32602);
  });

  test("starts nothing for a run_id that it knows, and no more runs than it can", () => {
    const host = new Host();
    const sleep: NodeSpec = { id: "s", type: "check.sleep", with: { ms: 60_000 } };
    for (const id of ["a", "b", "c", "d", "a"]) expect(host.start(id, [sleep]).result).toEqual({ run_id: id });
    expect(host.start("e", [sleep]).error).toMatchObject({ code: 3002, data: { details: { cause: "Busy" } } });
    expect(host.ask("Runtime.Cancel", { run_id: "a" }).result).toEqual({ ok: true });
    expect(host.start("e", [sleep]).result).toEqual({ run_id: "e" });
    host.server.close();
  });

  test("tells the host of cancelled runs, and leaves one that has ended as it is", async () => {
    const host = new Host();
    host.start("r", [{ id: "s", type: "check.sleep", with: { ms: 60_000 } }]);
    host.ask("Runtime.Cancel", { run_id: "r" });
    expect((await host.finish("r")).result?.status).toBe("cancelled");
    host.start("d", [echo("a", {})]);
    expect((await host.finish("d")).result?.status).toBe("completed");
    expect(host.ask("Runtime.Cancel", { run_id: "d" }).result).toEqual({ ok: true });
    expect((await host.finish("d")).result?.status).toBe("completed");
  });

  test("sends no frame that is longer than the limit where its events fit into several", async () => {
    const host = new Host();
    host.start(
      "r",
      Array.from({ length: 6 }, (_, at) => echo(`n${at}`, { text: "x".repeat(200_000) })),
      Array.from({ length: 5 }, (_, at): EdgeSpec => `n${at} -> n${at + 1}`),
    );
    const seen: unknown[] = [];
    for (let polls = 0; ; polls += 1) {
      const text = host.say(`{"id":1,"method":"Runtime.Poll","params":{"run_id":"r","after":${seen.length}}}`) ?? "";
      expect(text.length).toBeLessThan(1 << 20);
      const { result } = JSON.parse(text);
      seen.push(...result.events);
      if (result.status === "completed") {
        expect(polls).toBeGreaterThan(2);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(seen).toHaveLength(14);
  });

  test("makes run_ids by itself where it is given none", () => {
    const server = new ExecutorServer({ version: "1", wall: fixedWall() });
    const params = { ir: sampleIr([{ id: "e", type: "dsl.emit" }], []), inputs: {}, options: {} };
    const reply = server.answer(Buffer.from(JSON.stringify({ id: 1, method: "Runtime.StartRun", params })));
    expect(JSON.parse(reply ?? "").result.run_id).toMatch(/^run-[0-9a-f]{16}$/);
  });
});
