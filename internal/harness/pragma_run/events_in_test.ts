import { describe, expect, test } from "bun:test";
import type { Json } from "../../value/mod.ts";
import { MetaError, readArrivals } from "./events_in.ts";

const read = (...elements: Json[]) => readArrivals(elements, "P", false);

describe("arrival", () => {
  test("an element arrives when the one before it did, the first at 0", () => {
    expect(read({}, { at_ms: 5 }, {}, 7).map(({ at }) => at)).toEqual([0, 5, 5, 5]);
  });

  test("sleep_ms delays that event only", () => {
    expect(read({ at_ms: 5, sleep_ms: 20 }, {}).map(({ at }) => at)).toEqual([25, 5]);
  });

  test("meta keys are taken out of the payload, other keys stay", () => {
    const everything = { k: 1, at_ms: 0, sleep_ms: 0, kv_pipeline: "p", kv_node: "n", kv_get_key: "g", kv_emit: "yes" };
    expect(read(everything)[0]?.payload).toEqual({ k: 1 });
  });

  test("meta keys below the top level are data", () => {
    expect(read({ a: { sleep_ms: "x" } })[0]).toEqual({ at: 0, payload: { a: { sleep_ms: "x" } } });
  });

  test("a key __proto__ stays data", () => {
    const payload = read(JSON.parse('{"__proto__":1,"at_ms":2}'))[0]?.payload;
    expect(JSON.stringify(payload)).toBe('{"__proto__":1}');
  });

  test("what is no object is a payload as it is", () => {
    expect(read(5, null, [1], "x").map(({ payload }) => payload)).toEqual([5, null, [1], "x"]);
  });
});

describe("an events.v1 envelope", () => {
  test("keeps meta keys of its payload as data and has its own at_ms", () => {
    const envelope = {
      schema: "events.v1",
      at_ms: 5,
      id: "x",
      ingress: "in",
      attempt: 2,
      trace: { t: 1 },
      payload: { sleep_ms: "x" },
    };
    expect(read(envelope, 1)).toEqual([
      { at: 5, payload: { sleep_ms: "x" }, id: "x", ingress: "in", attempt: 2, trace: { t: 1 } },
      { at: 5, payload: 1 },
    ]);
  });

  test("needs a payload", () => {
    expect(() => read({ schema: "events.v1" })).toThrow(new MetaError("$[0]: the events.v1 envelope has no payload"));
  });
});

describe("the tester's stores", () => {
  test("the namespace is kv_pipeline/kv_node, by default the case's pipeline and tester", () => {
    const namespaces = read(
      { kv_get_key: "a" },
      { kv_pipeline: "Q", kv_get_key: "a" },
      { kv_node: "n", kv_get_key: "a" },
    );
    expect(namespaces.map(({ kv }) => kv?.ns)).toEqual(["P/tester", "Q/tester", "P/n"]);
  });

  test("an absent value is null", () => {
    expect(read({ kv_put_key: "a" })[0]?.kv?.put).toEqual({ key: "a", value: null });
  });

  test("kv_emit reads words in any letter case", () => {
    const words: Json[] = [true, "true", "1", "YES", "y", false, "False", "0", "no", "N"];
    expect(words.map((kv_emit) => read({ kv_emit })[0]?.kv?.emit ?? false)).toEqual([
      ...[true, true, true, true, true],
      ...[false, false, false, false, false],
    ]);
  });
});

describe("a meta key of the wrong type", () => {
  const wrong: [Json, string][] = [
    [{ sleep_ms: "20" }, '$[0].sleep_ms is "20"; expected a whole number from 0'],
    [{ at_ms: -1 }, "$[0].at_ms is -1; expected a whole number from 0"],
    [{ at_ms: 1.5 }, "$[0].at_ms is 1.5; expected a whole number from 0"],
    [{ error_code: "" }, '$[0].error_code is ""; expected a text that is not empty'],
    [{ kv_node: 3 }, "$[0].kv_node is 3; expected a text that is not empty"],
    [{ kv_emit: "maybe" }, '$[0].kv_emit is "maybe"; expected a boolean'],
    [{ kv_put_val: 1 }, "$[0].kv_put_val needs kv_put_key beside it"],
    [{ at_ms: 2 ** 53 }, "$[0].at_ms is 9007199254740992; expected a whole number from 0"],
    [{ at_ms: 2 ** 53 - 1, sleep_ms: 1 }, "$[0] enters after 2^53 - 1 ms, the end of virtual time"],
  ];
  for (const [element, message] of wrong) {
    test(message, () => expect(() => read(element)).toThrow(new MetaError(message)));
  }

  test("a single input is called $", () => {
    expect(() => readArrivals([{ sleep_ms: null }], "", true)).toThrow("$.sleep_ms is null");
  });
});
