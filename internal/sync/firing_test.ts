import { describe, expect, test } from "bun:test";
import { programOf, SampleEngine } from "./sample_engine.ts";

/** Actions `A.a`, `A.b`, `A.c` that echo their args, `A.end` that does not, and a table that `A.put` fills. */
const ACTIONS = `
concept: A
purpose: p
state:
  T: {key: id, fields: {id: int, v: string, flow_token: string}}
  G: {key: [k, id], fields: {k: string, id: int, b: bool, o: object}}
actions:
  a: {args: {k: string, n: int}, outputs: [{case: Odd, fields: {k: string, n: int}, when: ":n % 2", result: {k: ":k", n: ":n"}}, {case: Even, fields: {k: string, n: int, o: object}, result: {k: ":k", n: ":n", o: "json_object('list', json_array(:n, :k))"}}]}
  b: {args: {k: string, n: int}, outputs: [{case: Success, fields: {k: string, n: int}, result: {k: ":k", n: ":n"}}]}
  c: {args: {k: string, n: int}, outputs: [{case: Success, effects: []}]}
  end: {args: {v: object}, outputs: [{case: Success, effects: []}]}
  put: {args: {id: int, v: string}, outputs: [{case: Success, effects: ["INSERT INTO T VALUES (:id, :v, :flow_token)"]}]}
  grow: {args: {k: string, id: int}, outputs: [{case: Success, effects: ["INSERT INTO G VALUES (:k, :id, :id % 2, json_object('x', :id))"]}]}
---
`;
async function sampleOf(syncs: string, actions = ACTIONS): Promise<SampleEngine> {
  return new SampleEngine(
    await programOf(
      actions +
        syncs
          .trim()
          .replaceAll(/^(?=sync:)/gm, "---\n")
          .replace("---\n", ""),
    ),
  );
}
/** The lines of what was fired. */
const fired = (sample: SampleEngine, flow = "f"): readonly string[] =>
  sample.trace(flow).filter((line) => line.includes("<-"));

describe("when", () => {
  test("a pattern matches a case, literals, and paths that are there", async () => {
    const sample = await sampleOf(`
sync: s
when: {action: A.a, case: Even, match: {args.k: x, "output.o.list[0]": 4}, bind: {v: o, k: "o.list[1]"}}
then: {action: A.end, args: {v: {of: bound.v, first: "\${bound.v.list[0]}", k: bound.k, flow: bound.flow_token, raw: {literal: bound.k}}}}
`);
    for (const [k, n] of [
      ["x", 4],
      ["y", 4],
      ["x", 2],
      ["x", 3],
    ] as const)
      sample.invoke("A.a", { k, n });
    expect(fired(sample)).toEqual([
      '[3] A.end {"v":{"first":4,"flow":"f","k":"x","of":{"list":[4,"x"]},"raw":"bound.k"}} <- [2] s {"k":"x","v":{"list":[4,"x"]}}',
    ]);
  });

  test("a pattern of an invocation matches however the action ended, when it has", async () => {
    const sample = await sampleOf(`
sync: s
when: {action: A.a, event: invoked, bind: {n: n}}
then: {action: A.c, args: {k: was, n: bound.n}}
`);
    sample.invoke("A.a", { k: "x", n: 3 });
    sample.invoke("A.a", { k: "x", n: 4 });
    expect(fired(sample)).toEqual([
      '[3] A.c {"k":"was","n":3} <- [2] s {"n":3}',
      '[7] A.c {"k":"was","n":4} <- [6] s {"n":4}',
    ]);
  });

  test("one variable met twice in a pattern must agree", async () => {
    const sample = await sampleOf(`
sync: s
when: {action: A.a, match: {args.k: "?k", output.k: "?k", "o.list[1]": "?k"}}
then: {action: A.c, args: {k: bound.k, n: 1}}
`);
    sample.invoke("A.a", { k: "x", n: 3 });
    sample.invoke("A.a", { k: "x", n: 4 });
    expect(fired(sample)).toHaveLength(1);
  });
});

describe("a join (scenarios row 22)", () => {
  const join = (scope: string): string => `
sync: s
scope: ${scope}
when:
  - {action: A.a, bind: {k: k, n: n}}
  - {action: A.b, match: {k: "?k"}, bind: {m: n}}
then: {action: A.c, args: {k: bound.k, n: bound.m}}
`;

  test("fires once, at the later completion, in either order", async () => {
    for (const [first, second] of [
      ["A.a", "A.b"],
      ["A.b", "A.a"],
    ] as const) {
      const sample = await sampleOf(join("flow"));
      sample.invoke(first, { k: "x", n: 1 });
      expect(fired(sample)).toEqual([]);
      sample.invoke(second, { k: "x", n: 2 });
      sample.invoke("A.c", { k: "x", n: 0 });
      const [n, m] = first === "A.a" ? [1, 2] : [2, 1];
      expect(fired(sample)).toEqual([`[5] A.c {"k":"x","n":${m}} <- [4] s {"k":"x","m":${m},"n":${n}}`]);
    }
  });

  test("of events that disagree, or of another flow, fires nothing; under global and keyed the flow does not matter", async () => {
    for (const scope of ["flow", "global", "keyed(k)"]) {
      const sample = await sampleOf(join(scope));
      sample.invoke("A.a", { k: "x", n: 1 }, "g");
      sample.invoke("A.b", { k: "y", n: 2 });
      sample.invoke("A.b", { k: "x", n: 3 });
      expect(fired(sample)).toEqual(scope === "flow" ? [] : ['[7] A.c {"k":"x","n":3} <- [6] s {"k":"x","m":3,"n":1}']);
      expect(fired(sample, "g")).toEqual([]);
    }
  });

  test("gives its combinations in the order of their events, pattern by pattern", async () => {
    const sample = await sampleOf(join("flow"));
    for (const n of [1, 2]) sample.invoke("A.a", { k: "x", n });
    for (const n of [3, 4]) sample.invoke("A.b", { k: "x", n });
    expect(fired(sample).map((line) => line.replace(/.*s /, ""))).toEqual([
      '{"k":"x","m":3,"n":1}',
      '{"k":"x","m":3,"n":2}',
      '{"k":"x","m":4,"n":1}',
      '{"k":"x","m":4,"n":2}',
    ]);
  });

  test("takes invocations in their order, also where a log has their completions in another", async () => {
    const sample = await sampleOf(`
sync: s
scope: global
when:
  - {action: A.a, event: invoked, bind: {n: n}}
  - {action: A.end}
then: {action: A.c, args: {k: x, n: bound.n}}
`);
    const { store } = sample;
    const written = [1, 2].map((n) => {
      const args = { k: "x", n };
      return { args, id: store.writeInvocation({ flow_token: "old", action_uri: "A.a", args, seq: n }) };
    });
    for (const [index, { id, args }] of written.toReversed().entries()) {
      store.writeCompletion({ invocation_id: id, output_case: "Odd", result: args, seq: 3 + index });
    }
    store.failFlow("old", { code: "E_X", message: "m" });
    const engine = new SampleEngine(sample.program, { store });
    engine.invoke("A.end", { v: {} });
    expect(engine.rows("sync_firings")).toMatchObject([{ bindings: '{"n":1}' }, { bindings: '{"n":2}' }]);
  });

  test("of an action with itself takes no event twice, and the trigger in every place", async () => {
    const sample = await sampleOf(`
sync: s
when:
  - {action: A.b, bind: {x: n}}
  - {action: A.b, bind: {y: n}}
then: {action: A.c, args: {k: bound.flow_token, n: bound.x}}
`);
    for (const n of [1, 2, 3]) sample.invoke("A.b", { k: "", n });
    expect(fired(sample).map((line) => line.replace(/.*s /, ""))).toEqual([
      '{"x":1,"y":2}',
      '{"x":2,"y":1}',
      '{"x":1,"y":3}',
      '{"x":2,"y":3}',
      '{"x":3,"y":1}',
      '{"x":3,"y":2}',
    ]);
  });

  test("an invocation and its completion are two events", async () => {
    const sample = await sampleOf(`
sync: s
when:
  - {action: A.b, event: invoked, bind: {x: n}}
  - {action: A.b, bind: {y: n}}
then: {action: A.c, args: {k: bound.flow_token, n: bound.x}}
`);
    for (const n of [1, 2]) sample.invoke("A.b", { k: "", n });
    expect(fired(sample).map((line) => line.replace(/.*s /, ""))).toEqual([
      '{"x":1,"y":1}',
      '{"x":1,"y":2}',
      '{"x":2,"y":1}',
      '{"x":2,"y":2}',
    ]);
  });

  test("of three goes on where an engine was opened on the log", async () => {
    const spec = `
sync: s
when:
  - {action: A.a, bind: {n: n}}
  - {action: A.b, bind: {m: n}}
  - {action: A.a, bind: {o: n}}
then: {action: A.c, args: {k: bound.flow_token, n: bound.n}}
`;
    const sample = await sampleOf(spec);
    sample.invoke("A.a", { k: "", n: 1 });
    sample.invoke("A.b", { k: "", n: 2 });
    const again = new SampleEngine(sample.program, { store: sample.store });
    again.invoke("A.a", { k: "", n: 3 });
    expect(fired(again).map((line) => line.replace(/.*s /, ""))).toEqual([
      '{"m":2,"n":1,"o":3}',
      '{"m":2,"n":3,"o":1}',
    ]);
  });
});

describe("where (scenarios row 21)", () => {
  const where = (query: string, then = "{k: bound.v, n: bound.id}"): string => `
sync: s
when: {action: A.b, bind: {k: k}}
where: ${query}
then: {action: A.c, args: ${then}}
`;
  const put = (sample: SampleEngine, ...rows: [id: number, v: string, flow?: string][]): void => {
    for (const [id, v, flow] of rows) sample.invoke("A.put", { id, v }, flow);
  };

  test("without rows fires nothing; of rows each fires, in row order", async () => {
    const sample = await sampleOf(
      where(`{from: T, filter: "v <> :k AND id < 9", bind: {id: id, v: v}, order_by: v desc}`),
    );
    sample.invoke("A.b", { k: "k", n: 1 });
    expect(fired(sample)).toEqual([]);
    put(sample, [3, "a"], [1, "b"], [2, "a"], [4, "k"], [9, "z"]);
    sample.invoke("A.b", { k: "k", n: 1 });
    expect(fired(sample).map((line) => line.replace(/.*s /, ""))).toEqual([
      '{"id":1,"k":"k","v":"b"}',
      '{"id":2,"k":"k","v":"a"}',
      '{"id":3,"k":"k","v":"a"}',
    ]);
  });

  test("rows with equal bindings are one firing and a warning", async () => {
    const sample = await sampleOf(where("{from: T, bind: {v: v}}", "{k: bound.v, n: 1}"));
    put(sample, [1, "a"], [2, "a"], [3, "b"]);
    sample.invoke("A.b", { k: "k", n: 1 });
    expect(fired(sample)).toHaveLength(2);
    expect(sample.warnings).toEqual([
      'W_SYNC_ROWS_COLLAPSED: sync "s": 3 rows for [8] gave 2 distinct bindings, and fire as many times',
    ]);
  });

  test.each(["flow_token", "Flow_Token"])(
    "sees rows of the current flow only, where the table has a column %s; all under global",
    async (column) => {
      for (const scope of ["flow", "global"]) {
        const query = where("{from: T, bind: {id: id, v: v}}").replace("when:", `scope: ${scope}\nwhen:`);
        const sample = await sampleOf(query, ACTIONS.replace("flow_token: string", `${column}: string`));
        put(sample, [1, "a", "g"], [2, "b", "f"]);
        sample.invoke("A.b", { k: "k", n: 1 });
        expect(fired(sample)).toHaveLength(scope === "flow" ? 1 : 2);
      }
    },
  );

  test("a list is a nested join; rows that disagree with what is bound are skipped", async () => {
    const sample = await sampleOf(
      where(
        `[{from: G, bind: {k: k, id: id, b: b, o: o}}, {from: T, filter: "id >= bound.id AND bound.b = 1", bind: {v: v, to: id}}]`,
        "{k: bound.v, n: bound.o.x}",
      ),
    );
    for (const [k, id] of [
      ["k", 1],
      ["k", 2],
      ["j", 1],
      ["k", 3],
    ] as const)
      sample.invoke("A.grow", { k, id });
    put(sample, [1, "one"], [3, "three"]);
    sample.invoke("A.b", { k: "k", n: 1 });
    expect(fired(sample).map((line) => line.replace(/ <- \[\d+\]/, ""))).toEqual([
      '[15] A.c {"k":"one","n":1} s {"b":true,"id":1,"k":"k","o":{"x":1},"to":1,"v":"one"}',
      '[16] A.c {"k":"three","n":1} s {"b":true,"id":1,"k":"k","o":{"x":1},"to":3,"v":"three"}',
      '[17] A.c {"k":"three","n":3} s {"b":true,"id":3,"k":"k","o":{"x":3},"to":3,"v":"three"}',
    ]);
  });

  test("SQL that fails, and a value outside the strict profile, fail the flow with the place of the query", async () => {
    const failing = await sampleOf(where(`{from: T, filter: "abs(-9223372036854775807 - id)", bind: {v: v, id: id}}`));
    put(failing, [1, "a"]);
    expect(failing.say("A.b", { k: "k", n: 1 })).toBe(
      "E_ACTION_FAILED: the sync s failed at a.concept.yaml:17:15: integer overflow",
    );
    const float = await sampleOf(where("{from: G, bind: {o: o}}", "{k: bound.k, n: bound.o.x}"));
    float.store.unit(() => float.store.db.run("INSERT INTO G VALUES ('k', 1, 0, '{\"x\":1.5}')"));
    expect(float.say("A.b", { k: "k", n: 1 })).toStartWith("E_VALUE_FLOAT: $.o.x is 1.5");
  });
});

describe("then", () => {
  test("several items: an invocation each, stored as s and s#2, with one name in the trace (scenarios row 21)", async () => {
    const sample = await sampleOf(`
sync: s
when: {action: A.b, bind: {n: n}}
then:
  - {action: A.c, args: {k: one, n: bound.n}}
  - {action: A.c, args: {k: two, n: bound.n}}
`);
    sample.invoke("A.b", { k: "", n: 5 });
    expect(fired(sample)).toEqual([
      '[3] A.c {"k":"one","n":5} <- [2] s {"n":5}',
      '[4] A.c {"k":"two","n":5} <- [2] s {"n":5}',
    ]);
    expect(sample.rows("sync_firings")).toMatchObject([
      { sync_id: "s", seq: 3n },
      { sync_id: "s#2", seq: 4n },
    ]);
    expect(sample.fired).toEqual(["s", "s"]);
  });

  test("a value from inside an object is checked when it runs; a refusal undoes all firings of the trigger", async () => {
    const sample = await sampleOf(`
sync: first
when: {action: A.end}
then: {action: A.c, args: {k: "", n: 1}}
sync: s
when: {action: A.end, bind: {v: args.v}}
then: {action: A.c, args: {k: "", n: bound.v.n}}
`);
    expect(sample.say("A.end", { v: { n: "1" } })).toBe(
      'E_SYNC_ARG_TYPE: the sync s gives A.c the arg n, declared as int: "1"',
    );
    expect(sample.trace()).toHaveLength(2);
    expect(sample.say("A.end", { v: {} }, "g")).toBe(
      "E_SYNC_ARG_TYPE: the sync s gives A.c the arg n from bound.v.n, which is absent",
    );
    expect(sample.say("A.end", { v: { n: 1 } }, "h")).toBe("Success {}");
    expect(fired(sample, "h")).toHaveLength(2);
  });
});

test("syncs are evaluated in load order, and completions before invocations", async () => {
  const sample = await sampleOf(`
sync: z
when: {action: A.b, bind: {n: n}}
then: {action: A.a, args: {k: z, n: bound.n}}
sync: y
when: {action: A.b, bind: {n: n}}
then: {action: A.c, args: {k: y, n: bound.n}}
sync: x
when: {action: A.a, bind: {n: n}}
then: {action: A.c, args: {k: x, n: bound.n}}
`);
  sample.invoke("A.b", { k: "", n: 1 });
  expect(sample.fired).toEqual(["z", "y", "x"]);
  expect(sample.trace().map((line) => line.split(" {")[0])).toEqual([
    "[1] A.b",
    "[2]   [1] = Success",
    "[3] A.a",
    "[4] A.c",
    "[5]   [3] = Odd",
    "[6] A.c",
    "[7]   [4] = Success",
    "[8]   [6] = Success",
  ]);
});
