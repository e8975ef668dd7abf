import { describe, expect, test } from "bun:test";
import type { LoggedInvocation, StrictObject } from "../store/mod.ts";
import type { GivenAnswer } from "./outcome.ts";
import { programOf, SampleEngine } from "./sample_engine.ts";

const program = await programOf(`
concept: A
purpose: p
actions:
  ask: {args: {n: int}, outputs: [{case: Success, fields: {m: int, s: string}}, {case: No}]}
  body: {args: {n: int}, outputs: [{case: Success, fields: {n: int}, result: {n: ":n"}}]}
---
sync: s
when: {action: A.body, bind: {n: output.n}}
then: {action: A.ask, args: {n: bound.n}}
---
sync: t
when: {action: A.ask, case: Success, bind: {m: output.m}}
then: {action: A.body, args: {n: bound.m}}
`);

function sampleOf(answer: (invocation: LoggedInvocation) => GivenAnswer | undefined): SampleEngine {
  return new SampleEngine(program, { answer });
}
const given = (assumed: 0 | 1 | 2, result: StrictObject, name = "Success"): GivenAnswer => ({
  case: name,
  result,
  assumed,
});

describe("a given answer", () => {
  test("scenarios row 18: without one an action without body is refused as a root, and fails the flow when it is fired", () => {
    const asked: string[] = [];
    const sample = sampleOf(({ id }) => {
      asked.push(id);
      return undefined;
    });
    expect(sample.say("A.ask", { n: 1 })).toStartWith("refused E_ACTION_UNIMPLEMENTED: A.ask has no body");
    expect(asked).toHaveLength(1);
    expect(sample.trace()).toEqual([]);
    expect(sample.say("A.body", { n: 1 })).toStartWith("E_ACTION_UNIMPLEMENTED: A.ask has no body");
    expect(sample.trace().at(-1)).toStartWith('[3] A.ask {"n":1} <- [2] s {"n":1} (pending)');
    expect(asked).toHaveLength(3);
  });

  test("goes before the body, is asked for once an invocation, by its id, and is marked", () => {
    const asked: LoggedInvocation[] = [];
    const sample = sampleOf((invocation) => {
      asked.push(invocation);
      return invocation.action_uri === "A.ask" ? given(2, { m: 9, s: "x" }, "No") : given(1, { n: 5 });
    });
    sample.invoke("A.ask", { n: 1 });
    expect(sample.status()).toBe("failed: E_RESULT_FIELD");
    expect(sample.say("A.body", { n: 1 }, "g")).toStartWith("E_RESULT_FIELD");
    expect(sample.trace("g").slice(0, 2)).toEqual(['[2] A.body {"n":1}', '[3]   [2] = Success {"n":5} (assumed)']);
    const ids = asked.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const { id } of asked) expect(sample.store.queries.invocation(id)?.id).toBe(id);
  });

  test("of a stub is whole, of an assumption may be partial, and a path into what it lacks matches nothing", () => {
    expect(sampleOf(() => given(2, { m: 1 })).say("A.ask", { n: 1 })).toBe(
      "E_RESULT_FIELD: A.ask Success: the result has no field s",
    );
    expect(sampleOf(() => given(1, { s: "x" })).say("A.ask", { n: 1 })).toBe('Success {"s":"x"}');
    expect(sampleOf(() => given(1, { s: 1 })).say("A.ask", { n: 1 })).toStartWith("E_RESULT_TYPE");
    expect(sampleOf(() => given(1, { t: 1 })).say("A.ask", { n: 1 })).toStartWith("E_RESULT_FIELD");
    expect(sampleOf(() => given(1, {}, "Nope")).say("A.ask", { n: 1 })).toStartWith("E_RESULT_CASE");
  });

  test("that is none of the strict profile fails its flow, not the log", () => {
    const sample = sampleOf(() => given(1, { m: 1.5 }));
    expect(sample.say("A.ask", { n: 1 })).toBe(
      "E_VALUE_FLOAT: $.m is 1.5; only string, int, bool, array and object are allowed here (the result of A.ask Success)",
    );
    expect(sample.status()).toBe("failed: E_VALUE_FLOAT");
  });

  test("a stub is no assumption in the trace, and the log tells both", () => {
    const sample = sampleOf(({ seq, action_uri }) =>
      action_uri === "A.ask" ? given(seq === 1 ? 2 : 1, {}, "No") : undefined,
    );
    sample.invoke("A.ask", { n: 1 });
    sample.invoke("A.ask", { n: 2 });
    expect(sample.trace()).toEqual([
      '[1] A.ask {"n":1}',
      "[2]   [1] = No {}",
      '[3] A.ask {"n":2}',
      "[4]   [3] = No {} (assumed)",
    ]);
    expect(sample.rows("completions")).toMatchObject([{ assumed: 2n }, { assumed: 1n }]);
  });
});
