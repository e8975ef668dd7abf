import { describe, expect, test } from "bun:test";
import { LineIndex } from "../../diag/mod.ts";
import { parseSource, readFilePragmas } from "../mod.ts";
import type { FilePragmas } from "./file_pragmas.ts";

function read(text: string, isTestFile = false) {
  return readFilePragmas(parseSource(text).tree, text, { isTestFile });
}

/** The findings of one pragma, as `CODE column`, with what they point at and their help. */
function findings(pragma: string, isTestFile = false): string[] {
  const text = `package p\n#pragma ${pragma}\n`;
  const lines = new LineIndex(text);
  return read(text, isTestFile).findings.map(({ code, start, end, help }) => {
    const { line, column } = lines.position(start);
    expect(line).toBe(2);
    return [code, column, text.slice(start, end), ...(help === undefined ? [] : [`help ${help}`])].join(" ");
  });
}

/** What pragmas say, without what they do not. */
function values(...pragmas: string[]): Partial<FilePragmas> {
  const { pragmas: found, findings: wrong } = read(pragmas.map((pragma) => `#pragma ${pragma}\n`).join(""));
  expect(wrong).toEqual([]);
  const none = (value: unknown): boolean =>
    value === undefined ||
    (Array.isArray(value) && value.length === 0) ||
    (value instanceof Object && "size" in value && value.size === 0);
  return Object.fromEntries(Object.entries(found).filter(([, value]) => !none(value)));
}

describe("what pragmas say", () => {
  test("nothing, where there are none", () => {
    expect(values()).toEqual({});
    expect(values("telemetry enabled=true", "telemetry")).toEqual({});
  });

  test("servers, limits and the schedule", () => {
    expect(values("concurrency:workers 3")).toEqual({ workers: 3 });
    expect(values("concurrency:workers 1024 ", "concurrency:workers 2")).toEqual({ workers: 2 });
    expect(values("concurrency:limits transform=2 FanOut=5000", "concurrency:limits transform=3\tegress=1")).toEqual({
      limits: new Map([
        ["transform", 3],
        ["fanout", 5000],
        ["egress", 1],
      ]),
    });
    expect(values("concurrency:schedule fair")).toEqual({ schedule: "fair" });
    expect(values("concurrency:schedule worksteal")).toEqual({ schedule: "fifo" });
  });

  test("the policy of edges, capabilities, trust", () => {
    expect(values("backpressure policy=shuntOldest")).toEqual({ policy: "shuntOldest" });
    expect(values("capabilities list=io,fs", "capabilities list=device")).toEqual({
      capabilities: new Set(["io", "fs", "device"]),
    });
    expect(values("trust level=untrusted")).toEqual({ trust: "untrusted" });
  });

  test("worker modules with their places, and disabled warnings", () => {
    expect(values('workers "./w.ts"', 'workers\t"./größe \\"2\\".ts" ')).toEqual({
      modules: [
        { text: "./w.ts", start: 16, end: 24 },
        { text: './größe "2".ts', start: 41, end: 59 },
      ],
    });
    expect(values("lint:disable W_A W_B,W_C , W_D")).toEqual({ disabled: new Set(["W_A", "W_B", "W_C", "W_D"]) });
  });

  test("what is wrong leaves the value that stood before", () => {
    const { pragmas } = read(
      "#pragma concurrency:workers 2\n#pragma concurrency:workers 0\n#pragma backpressure policy=x",
    );
    expect(pragmas.workers).toBe(2);
    expect(pragmas.policy).toBeUndefined();
  });
});

describe("what is wrong with pragmas", () => {
  const wrong: [pragma: string, expected: string[]][] = [
    ["concurency:workers 2", ["E_PRAGMA_UNKNOWN 9 concurency:workers help concurrency:workers"]],
    ["Trust level=trusted", ["E_PRAGMA_UNKNOWN 9 Trust help trust"]],
    ["nonsense", ["E_PRAGMA_UNKNOWN 9 nonsense"]],
    ["", ["E_PRAGMA_UNKNOWN 1 #pragma "]],
    ["test:case a", ["W_PRAGMA_MISPLACED 9 test:case"]],
    ["test:nonsense", ["W_PRAGMA_MISPLACED 9 test:nonsense"]],
    ["concurrency:workers", ["E_CONCURRENCY_WORKERS 9 concurrency:workers"]],
    ["concurrency:workers 0", ["E_CONCURRENCY_WORKERS 29 0"]],
    ["concurrency:workers 1025", ["E_CONCURRENCY_WORKERS 29 1025"]],
    ["concurrency:workers -1", ["E_CONCURRENCY_WORKERS 29 -1"]],
    ["concurrency:workers 1.5", ["E_CONCURRENCY_WORKERS 29 1.5"]],
    ["concurrency:workers 99999999999999999999", ["E_CONCURRENCY_WORKERS 29 99999999999999999999"]],
    ["concurrency:workers 2 3 4", ["E_CONCURRENCY_WORKERS 31 3"]],
    ["concurrency:limits", ["E_CONCURRENCY_LIMITS 9 concurrency:limits"]],
    [
      "concurrency:limits tranform=2 transform",
      ["E_CONCURRENCY_LIMITS 28 tranform help transform", "E_CONCURRENCY_LIMITS 39 transform"],
    ],
    ["concurrency:limits transform=0 egress=x", ["E_CONCURRENCY_LIMITS 38 0", "E_CONCURRENCY_LIMITS 47 x"]],
    ["concurrency:schedule", ["E_CONCURRENCY_SCHEDULE 9 concurrency:schedule"]],
    ["concurrency:schedule FIFO", ["E_CONCURRENCY_SCHEDULE 30 FIFO help fifo"]],
    ["backpressure", ["E_EDGE_BACKPRESSURE 9 backpressure"]],
    ["backpressure policy=dropoldest", ["E_EDGE_BACKPRESSURE 29 dropoldest help dropOldest"]],
    ["backpressure polcy=block", ["E_EDGE_BACKPRESSURE 22 polcy=block help policy"]],
    ["backpressure block", ["E_EDGE_BACKPRESSURE 22 block"]],
    ["backpressure policy=drop", ["W_EDGE_BP_LEGACY_DROP 29 drop help dropNewest"]],
    ["capabilities list=io,nett,fs", ["E_CAPABILITY_UNKNOWN 30 nett help net"]],
    ["capabilities list=", ["E_CAPABILITY_UNKNOWN 27 "]],
    ["capabilities list=io, fs", ["E_CAPABILITY_UNKNOWN 31 fs"]],
    ["capabilities io", ["E_CAPABILITY_UNKNOWN 22 io"]],
    ["trust level=trustd", ["E_TRUST_LEVEL 21 trustd help trusted"]],
    ["trust", ["E_TRUST_LEVEL 9 trust"]],
    ["workers", ["E_PRAGMA_SYNTAX 9 workers"]],
    ["workers ./w.ts", ["E_PRAGMA_SYNTAX 17 ./w.ts"]],
    ['workers "./w.ts', ['E_PRAGMA_SYNTAX 17 "./w.ts']],
    ['workers "./w.ts" x', ["E_PRAGMA_SYNTAX 26 x"]],
    ["lint:disable ,", ["E_PRAGMA_SYNTAX 9 lint:disable"]],
  ];
  for (const [pragma, expected] of wrong) {
    test(`${JSON.stringify(pragma)}: ${expected.join(", ")}`, () => {
      expect(findings(pragma)).toEqual(expected);
    });
  }

  test("test pragmas belong into test files, where others read them", () => {
    expect(findings("test:case a", true)).toEqual([]);
    expect(findings("test:nonsense", true)).toEqual([]);
    expect(findings("nonsense", true)).toEqual(["E_PRAGMA_UNKNOWN 9 nonsense"]);
  });

  test("drop is dropNewest all the same", () => {
    expect(read("#pragma backpressure policy=drop").pragmas.policy).toBe("dropNewest");
  });

  test("a word of a megabyte is shown in part", () => {
    const [finding] = read(`#pragma trust level=${"x".repeat(1_000_000)}`).findings;
    expect(finding?.message).toBe(`unknown trust level "${"x".repeat(40)}…"; known are trusted, untrusted`);
  });
});
