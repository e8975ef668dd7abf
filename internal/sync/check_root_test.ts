import { describe, expect, test } from "bun:test";
import { checkRoot } from "./check_root.ts";
import { Program } from "./program.ts";
import { programOf, SampleEngine } from "./sample_engine.ts";

const program = await programOf(`
concept: Shop
purpose: p
actions:
  put:
    args: {name: string, count: int, tags: list<string>, more: object, open: bool}
    outputs: [{case: Success, fields: {count: int}, result: {count: ":count"}}]
  ask: {outputs: [{case: Success}]}
`);
const args = { name: "a", count: 1, tags: ["x"], more: {}, open: true };

/** `CODE message` of each finding, with its help. */
function against(action: string, given: unknown, flowToken = "f"): readonly string[] {
  const refused = checkRoot(program, { action, args: given, flowToken });
  expect(refused?.code).toBe(refused?.findings[0]?.code);
  return (refused?.findings ?? []).map(
    ({ code, message, data }) => `${code} ${message}${data?.help === undefined ? "" : ` | ${data.help}`}`,
  );
}

describe("a root is refused before anything is recorded", () => {
  test("right args pass", () => {
    expect(against("Shop.put", args)).toEqual([]);
  });

  test("an unknown action, with what may be meant", () => {
    expect(against("Shop.pu", {})).toEqual(["E_ACTION_UNKNOWN no loaded concept has the action Shop.pu | Shop.put"]);
  });

  test("where no concept is loaded at all, that is said", () => {
    const refused = checkRoot(new Program({ concepts: [], syncs: [], files: [] }), {
      action: "Shop.put",
      args,
      flowToken: "f",
    });
    expect(refused?.findings[0]?.data?.help).toContain("there is no concept at all");
  });

  test("an action without body", () => {
    expect(against("Shop.ask", {})).toEqual([
      "E_ACTION_UNIMPLEMENTED Shop.ask has no body: no output has when, effects or result, and no handler is named ask",
    ]);
  });

  test("all that is wrong with the args is told, not the first only", () => {
    expect(against("Shop.put", { nam: "a", count: "1", tags: ["x", 2], more: [], open: 1.5 })).toEqual([
      "E_VALUE_FLOAT $.open is 1.5; only string, int, bool, array and object are allowed here",
      "E_ARG_UNKNOWN Shop.put has no arg nam; it has name, count, tags, more, open | name",
      "E_ARG_MISSING Shop.put needs the arg name (string)",
      'E_ARG_TYPE the arg count of Shop.put is declared as int, got "1"',
      'E_ARG_TYPE the arg tags of Shop.put is declared as list<string>, got ["x",2]',
      "E_ARG_TYPE the arg more of Shop.put is declared as object, got []",
    ]);
  });

  test("values outside the strict profile are told with their paths, each", () => {
    const found = against("Shop.put", { ...args, count: 2 ** 60, name: null, more: { a: { "b c": 2.5 } } });
    expect(found.map((line) => line.split(" is ")[0])).toEqual([
      "E_VALUE_NULL $.name",
      "E_VALUE_RANGE $.count",
      'E_VALUE_FLOAT $.more.a["b c"]',
    ]);
  });

  test("args that are no object, keys that become one, a token that is no text", () => {
    expect(against("Shop.put", [])).toEqual(["E_ARG_TYPE the args must be an object of args by name, found an array"]);
    expect(against("Shop.put", null)).toEqual(["E_ARG_TYPE the args must be an object of args by name, found null"]);
    const twice = against("Shop.put", { ...args, "\u00e9": 1, "e\u0301": 2 });
    expect(twice[0]).toStartWith('E_VALUE_DUPLICATE_KEY $["\u00e9"]');
    expect(against("Shop.put", args, "\ud800")[0]).toStartWith("E_VALUE_SURROGATE the flow token: ");
  });

  test("and leaves no trace", () => {
    const sample = new SampleEngine(program);
    for (const given of [{}, null, { ...args, name: 1 }]) expect(sample.invoke("Shop.put", given).kind).toBe("refused");
    expect(sample.invoke("Shop.ask").kind).toBe("refused");
    expect(sample.store.reader.flows()).toEqual([]);
    expect(sample.say("Shop.put", args)).toBe('Success {"count":1}');
    expect(sample.trace()[0]).toStartWith("[1] Shop.put");
  });

  test("scenarios row 10: text is normalised before anything is made of it", () => {
    const ids = ["e\u0301", "\u00e9"].map((name) => {
      const outcome = new SampleEngine(program).invoke("Shop.put", { ...args, name });
      return outcome.kind === "completed" ? outcome.completion.invocation.id : undefined;
    });
    expect(ids[0]).toBe(ids[1] ?? "");
  });

  test("ints of 64 bits are kept exactly", () => {
    const sample = new SampleEngine(program);
    for (const count of [9007199254740993n, -(2n ** 63n), 2n ** 63n - 1n]) {
      expect(sample.invoke("Shop.put", { ...args, count })).toMatchObject({ completion: { result: { count } } });
    }
  });
});

test("a flow that is closed takes no more, and only that flow", async () => {
  const failing = await programOf(`
concept: A
purpose: p
actions:
  no: {outputs: [{case: Success, when: "0"}]}
  yes: {outputs: [{case: Success, effects: []}]}
`);
  const sample = new SampleEngine(failing);
  expect(sample.say("A.no")).toBe("E_NO_OUTPUT: A.no: the when of no output is true");
  expect(sample.say("A.yes")).toBe('refused E_FLOW_CLOSED: flow "f" is failed; it takes no more');
  expect(sample.say("A.yes", {}, "g")).toBe("Success {}");
  expect(sample.trace("g")).toEqual(["[2] A.yes {}", "[3]   [2] = Success {}"]);
});

test("a key that a root has is not recorded twice, and the log goes on", () => {
  const sample = new SampleEngine(program);
  const root = { action: "Shop.put", args, flowToken: "f", requestKey: "k" };
  expect(sample.engine.invoke(root).kind).toBe("completed");
  expect(() => sample.engine.invoke(root)).toThrow(expect.objectContaining({ code: "E_STORE_ID" }));
  expect(sample.say("Shop.put", args)).toBe('Success {"count":1}');
});
