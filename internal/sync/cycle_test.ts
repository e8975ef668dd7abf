import { describe, expect, test } from "bun:test";
import { openCopy, programOf, SampleEngine } from "./sample_engine.ts";

const PING = `
concept: Ping
purpose: p
actions: {hit: {args: {n: int}, outputs: [{case: Success, fields: {n: int}, result: {n: ":n"}}]}}
---
concept: Pong
purpose: p
actions: {hit: {args: {n: int}, outputs: [{case: Success, fields: {n: int}, result: {n: ":n"}}]}}
---
sync: ping-pong
when: {action: Ping.hit, bind: {n: output.n}}
then: {action: Pong.hit, args: {n: bound.n}}
---
sync: pong-ping
when: {action: Pong.hit, bind: {n: output.n}}
then: {action: Ping.hit, args: {n: bound.n}}
`;
const COUNT = `
concept: A
purpose: p
state: {CartItem: {key: item, fields: {item: string, n: int}}}
actions:
  up: {args: {n: int}, outputs: [{case: Success, fields: {n: int}, result: {n: ":n + 1"}}]}
  add: {args: {item: string, n: int}, outputs: [{case: Success, fields: {item: string, n: int}, effects: ["INSERT INTO CartItem VALUES (:item, :n) ON CONFLICT (item) DO NOTHING"], result: {item: ":item", n: ":n"}}]}
  note: {args: {item: string}, outputs: [{case: Success, effects: []}]}
---
sync: count
when: {action: A.up, bind: {n: output.n}}
then: {action: A.up, args: {n: bound.n}}
---
sync: noted
when: {action: A.add, bind: {item: output.item, n: output.n}}
then: {action: A.note, args: {item: bound.item}}
`;

describe("a cycle (scenarios row 23)", () => {
  test("is refused with its chain, after six events", async () => {
    const sample = new SampleEngine(await programOf(PING));
    expect(sample.invoke("Ping.hit", { n: 1 }, "f1")).toMatchObject({
      kind: "failed",
      completion: { output_case: "Success", seq: 2 },
      error: {
        code: "E_SYNC_CYCLE",
        message: [
          'sync "ping-pong" would fire again with {"n":1}, which is among the causes of [6]',
          '  [2] Ping.hit -> ping-pong {"n":1} -> [3] Pong.hit',
          '  [4] Pong.hit -> pong-ping {"n":1} -> [5] Ping.hit',
          '  [6] Ping.hit -> ping-pong {"n":1}    refused',
        ].join("\n"),
      },
      at: { file: "a.concept.yaml" },
    });
    expect(sample.trace("f1")).toHaveLength(6);
    expect(sample.status("f1")).toBe("failed: E_SYNC_CYCLE");
  });

  test("is found, in the same words, by an engine that was opened in the middle of it", async () => {
    const program = await programOf(PING);
    const whole = new SampleEngine(program);
    const wanted = whole.say("Ping.hit", { n: 1 });
    const { queries } = whole.store;
    for (const events of [2, 3, 4, 5, 6]) {
      // The log as a kill after that many events would leave it.
      const seqOf = (id: string): number => (queries.completion(id) ?? queries.invocation(id))?.seq ?? 0;
      const first = new SampleEngine(program, { isHeld: (id) => seqOf(id) >= events });
      first.engine.enqueue({ action: "Ping.hit", args: { n: 1 }, flowToken: "f" });
      first.engine.settle();
      const again = new SampleEngine(program, { store: openCopy(first.store.serialize()) });
      expect(again.engine.recover().failedFlows.map(({ error }) => `${error.code}: ${error.message}`)).toEqual([
        wanted,
      ]);
    }
  });

  test("equal bindings elsewhere in the flow are none (scenarios row 24)", async () => {
    const sample = new SampleEngine(await programOf(COUNT));
    for (let times = 0; times < 2; times++) sample.invoke("A.add", { item: "widget", n: 1 });
    expect(sample.fired).toEqual(["noted", "noted"]);
    expect(sample.status()).toBe("open");
  });
});

describe("the quota (scenarios row 24)", () => {
  test("is counted in invocations of the flow; what is beyond it fails the flow", async () => {
    const sample = new SampleEngine(await programOf(COUNT), { maxSteps: 3 });
    expect(sample.say("A.up", { n: 0 })).toBe('E_QUOTA_EXCEEDED: flow "f" reached its limit of 3 steps');
    expect(sample.trace().filter((line) => line.includes("A.up"))).toHaveLength(3);
    expect(sample.trace()).toHaveLength(6);
    expect(sample.say("A.note", { item: "x" }, "g")).toBe("Success {}");
  });

  test("of a root is T4 alone: nothing of it is recorded (scenarios row 44)", async () => {
    const sample = new SampleEngine(await programOf(COUNT), { maxSteps: 2 });
    for (let times = 0; times < 2; times++) sample.invoke("A.note", { item: "x" });
    expect(sample.invoke("A.note", { item: "x" })).toEqual({
      kind: "failed",
      flowToken: "f",
      invocationId: undefined,
      completion: undefined,
      error: { code: "E_QUOTA_EXCEEDED", message: 'flow "f" reached its limit of 2 steps' },
      at: undefined,
    });
    expect(sample.trace()).toHaveLength(4);
    expect(sample.store.queries.maxSeq()).toBe(4);
  });

  test("a refusal undoes all firings of its trigger", async () => {
    const two = COUNT.replace(
      "then: {action: A.note, args: {item: bound.item}}",
      "then: [{action: A.note, args: {item: bound.item}}, {action: A.note, args: {item: x}}]",
    );
    const sample = new SampleEngine(await programOf(two), { maxSteps: 2 });
    expect(sample.say("A.add", { item: "widget", n: 1 })).toStartWith("E_QUOTA_EXCEEDED");
    expect(sample.trace()).toHaveLength(2);
    expect(sample.fired).toEqual([]);
    expect(sample.rows("CartItem")).toHaveLength(1);
  });
});
