import { describe, expect, test } from "bun:test";
import { sampleFindings, samplePackage } from "./sample_package.ts";

// The attributes and the checks of pipelines §9. The step is `C` at column 24 of line 2, its attributes begin at column 26.

function source(attributes: string): string {
  return `package app\npipeline P { ingress ; C ${attributes} ; egress }`;
}

function findings(attributes: string): readonly string[] {
  return sampleFindings(source(attributes)).map((found) => found.replace(" 2:", " "));
}

function planOf(attributes: string) {
  const { pipelines, findings: all } = samplePackage(source(attributes));
  const graph = pipelines.get("P");
  if (graph === undefined) throw new Error(`P does not run: ${JSON.stringify(all)}`);
  return graph.nodes[1]?.plan;
}

describe("plans", () => {
  const rows: [attributes: string, plan: object][] = [
    ["merge.Sort(k)", { sort: [{ field: "k", order: "asc" }] }],
    [
      'merge.Sort("a.b", desc), merge.Sort(c.d, order="asc")',
      {
        sort: [
          { field: "a.b", order: "desc" },
          { field: "c.d", order: "asc" },
        ],
      },
    ],
    ["merge.Sort(order=desc, field=k)", { sort: [{ field: "k", order: "desc" }] }],
    ['merge.Sort("")', { sort: [{ field: "", order: "asc" }] }],
    ["merge.Stable()", { stable: true }],
    ["merge.Stable", { stable: true }],
    ["merge.Key(id)", { key: "id" }],
    ['merge.PartitionBy("a b")', { partitionBy: "a b" }],
    ["merge.Window(size=2)", { window: 2 }],
    ["merge.Timeout(1.5s)", { timeoutMs: 1500 }],
    ["merge.Timeout(ms=10)", { timeoutMs: 10 }],
    ["merge.Watermark(meta.ts, 0)", { watermark: { field: "meta.ts", latenessMs: 0 } }],
    ["merge.Watermark(lateness=5ms, field=ts)", { watermark: { field: "ts", latenessMs: 5 } }],
    ["merge.LatePolicy(drop)", { latePolicy: "drop" }],
    ["merge.LatePolicy(policy=accept)", { latePolicy: "accept" }],
    ['merge.LatePolicy("shunt")', { latePolicy: "shunt" }],
    ["merge.Idle(1m)", { idleMs: 60_000 }],
    ["merge.Dedup()", { dedup: {} }],
    ["merge.Dedup(id)", { dedup: { field: "id" } }],
    ["merge.Buffer(3)", { buffer: { capacity: 3, policy: "block" } }],
    ["merge.Buffer(capacity=3, policy=shuntOldest)", { buffer: { capacity: 3, policy: "shuntOldest" } }],
    ["merge.Buffer(3, drop)", { buffer: { capacity: 3, policy: "dropNewest" } }],
  ];
  for (const [attributes, plan] of rows) {
    test(attributes, () => {
      expect(planOf(attributes)).toEqual(plan);
      expect(planOf(`(${attributes})`)).toEqual(plan);
    });
  }

  test("of a Collect without attributes it is empty", () => {
    const { pipelines } = samplePackage("package app\npipeline P { ingress; Collect; egress }");
    expect(pipelines.get("P")?.nodes[1]?.plan).toEqual({});
  });
});

describe("errors", () => {
  const W = "merge.Window(2), ";
  const rows: [attributes: string, ...found: string[]][] = [
    ["merge.Windw(2)", "E_MERGE_ATTR_UNKNOWN 26 help merge.Window"],
    ["merge.window(2)", "E_MERGE_ATTR_UNKNOWN 26 help merge.Window"],
    [`${W}merge.Sort()`, "E_MERGE_ATTR_ARGS 43"],
    [`${W}merge.Sort`, "E_MERGE_ATTR_ARGS 43"],
    [`${W}merge.Sort(a, asc, b)`, "E_MERGE_ATTR_ARGS 62"],
    [`${W}merge.Sort(a, fild=b)`, "E_MERGE_ATTR_ARGS 62 help field"],
    [`${W}merge.Sort(a, field=b)`, "E_MERGE_ATTR_ARGS 63"],
    ["merge.Window=2", "E_MERGE_ATTR_ARGS 26"],
    ["merge.Watermark(ts)", "E_MERGE_ATTR_ARGS 26"],
    [`${W}merge.Stable(1)`, "W_MERGE_STABLE_WITHOUT_SORT 24", "E_MERGE_ATTR_ARGS 56"],
    ["merge.Window(0)", "E_MERGE_ATTR_TYPE 39"],
    ["merge.Window(-1)", "E_MERGE_ATTR_TYPE 39"],
    ["merge.Window(1.5)", "E_MERGE_ATTR_TYPE 39"],
    ["merge.Window(2ms)", "E_MERGE_ATTR_TYPE 39"],
    ["merge.Window(n)", "E_MERGE_ATTR_TYPE 39"],
    ["merge.Timeout(0ms)", "E_MERGE_ATTR_TYPE 40"],
    ["merge.Timeout(500us)", "E_DURATION 40"],
    ["merge.Watermark(ts, -1)", "E_MERGE_ATTR_TYPE 46"],
    ["merge.Watermark(ts, x)", "E_MERGE_ATTR_TYPE 46"],
    ["merge.Watermark(ts, 0), merge.Idle(0)", "E_MERGE_ATTR_TYPE 61"],
    ["merge.Buffer(0)", "E_MERGE_ATTR_TYPE 39"],
    ["merge.Key(a), merge.Key(a)", "E_MERGE_ATTR_DUP 40"],
    ["merge.Key()", "E_MERGE_ATTR_ARGS 26"],
    ['merge.Key("a..b")', "E_MERGE_FIELD_NAME_INVALID 36"],
    ['merge.Key(".a")', "E_MERGE_FIELD_NAME_INVALID 36"],
    ['merge.Key("a.")', "E_MERGE_FIELD_NAME_INVALID 36"],
    ["merge.Key(3)", "E_MERGE_FIELD_NAME_INVALID 36"],
    ["merge.Key(a[0])", "E_MERGE_FIELD_NAME_INVALID 36"],
    [`${W}merge.Sort(a, up)`, "E_MERGE_SORT_ORDER_INVALID 57"],
    [`${W}merge.Sort(a, descc)`, "E_MERGE_SORT_ORDER_INVALID 57 help desc"],
    [`${W}merge.Sort(a, DESC)`, "E_MERGE_SORT_ORDER_INVALID 57 help desc"],
    ["merge.Buffer(2, dropoldest)", "E_MERGE_BUFFER_POLICY 42 help dropOldest"],
    ["merge.Buffer(2, 3)", "E_MERGE_BUFFER_POLICY 42"],
    ["merge.Watermark(ts, 0), merge.LatePolicy(keep)", "E_MERGE_LATE_POLICY 67"],
    ["merge.Watermark(ts, 0), merge.LatePolicy(3)", "E_MERGE_LATE_POLICY 67"],
  ];
  for (const [attributes, ...found] of rows) {
    test(`${attributes} gives ${found.join(", ")}`, () => expect(findings(attributes)).toEqual(found));
  }

  test("merge attributes are for Collect", () => {
    expect(
      sampleFindings("package app\npipeline P { ingress merge.Window(2) -> FanOut(merge.Key(a)) -> egress }"),
    ).toEqual(["E_MERGE_ON_NON_COLLECT 2:22", "E_MERGE_ON_NON_COLLECT 2:48"]);
  });
});

describe("warnings", () => {
  const rows: [attributes: string, ...found: string[]][] = [
    ["merge.Sort(k)", "W_MERGE_SORT_UNTIL_END 24"],
    ["merge.Sort(k), merge.Window(1)"],
    ["merge.Sort(k), merge.Timeout(1)"],
    ["merge.Sort(k), merge.Watermark(k, 1)"],
    ["merge.Sort(k), merge.Buffer(1)"],
    ["merge.Stable(), merge.Window(1)", "W_MERGE_STABLE_WITHOUT_SORT 24"],
    ["merge.Sort(k), merge.Sort(ts), merge.Watermark(ts, 1)", "W_MERGE_WATERMARK_NOT_PRIMARY_SORT 24"],
    ["merge.Sort(ts), merge.Sort(k), merge.Watermark(ts, 1)"],
    ["merge.Watermark(ts, 1)"],
    ["merge.Dedup()", "W_MERGE_DEDUP_WITHOUT_KEY 24"],
    ["merge.Dedup(id)"],
    ["merge.Dedup(), merge.Key(id)"],
    ["merge.Buffer(1), merge.Window(2)", "W_MERGE_BUFFER_LT_WINDOW 24"],
    ["merge.Buffer(2), merge.Window(2)"],
    ["merge.LatePolicy(drop)", "W_MERGE_LATE_WITHOUT_WATERMARK 24"],
    ["merge.Idle(5)", "W_MERGE_IDLE_WITHOUT_WATERMARK 24"],
    ["merge.Buffer(2, drop)", "W_MERGE_BUFFER_DROP_ALIAS 42 help dropNewest"],
    ["merge.Idle(5), merge.Sort(k)", "W_MERGE_IDLE_WITHOUT_WATERMARK 24", "W_MERGE_SORT_UNTIL_END 24"],
  ];
  for (const [attributes, ...found] of rows) {
    test(`${attributes} gives ${found.join(", ") || "none"}`, () => expect(findings(attributes)).toEqual(found));
  }

  test("a misspelt attribute may be what seems to be missing", () => {
    expect(findings("merge.Sort(k), merge.Windw(2)")).toEqual(["E_MERGE_ATTR_UNKNOWN 41 help merge.Window"]);
  });

  test("lint:disable drops warnings with its codes, of its file, and no errors", () => {
    const text = (codes: string) =>
      `package app\n#pragma lint:disable ${codes}\npipeline P { ingress; Collect merge.Sort(k), merge.Idle(1); nope() -> egress }`;
    expect(sampleFindings(text("W_MERGE_SORT_UNTIL_END, W_MERGE_IDLE_WITHOUT_WATERMARK E_WORKER_UNDEFINED"))).toEqual([
      "E_WORKER_UNDEFINED 3:61",
    ]);
    expect(sampleFindings(text("W_OTHER"))).toHaveLength(3);
  });
});
