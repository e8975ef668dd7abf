import { describe, expect, test } from "bun:test";
import { dslSource, publicIssue, readWdl } from "../syntax/mod.ts";
import { type CompiledTriggers, compileTriggers } from "./compile_triggers.ts";

/** The triggers of flow `w`, whose lines begin on line 4. */
function compiled(...lines: string[]): CompiledTriggers {
  const text = [
    "version: dsl/v0",
    "workflow: w",
    "triggers:",
    ...lines.map((line) => `  ${line}`),
    "steps:",
    "  - a(b):",
  ];
  const reading = readWdl(dslSource("f.wdl", text.join("\n")));
  if ("issue" in reading) throw new Error(reading.issue.message);
  return compileTriggers(reading.file);
}

const issues = (...lines: string[]) =>
  compiled(...lines)
    .issues.map(publicIssue)
    .map(({ code, line, column, message }) => `${code} ${line}:${column} ${message}`);

describe("triggers", () => {
  test("come as a mapping, a list of one-entry mappings or a list with types", () => {
    const cron = { id: "w-cron-1", kind: "cron", flow_id: "w", cron: "x" };
    const hook = { id: "w-http-2", kind: "webhook", flow_id: "w", route: "/r", method: "POST" };
    const expected = [cron, hook];
    expect(compiled("cron:", "  cron: x", "http:", "  route: /r").triggers).toEqual(expected);
    expect(compiled("- cron:", "    cron: x", "- http:", "    route: /r").triggers).toEqual(expected);
    expect(compiled("- ", "  type: cron", "  cron: x", "- ", "  route: /r", "  type: 'http'").triggers).toEqual(
      expected,
    );
  });
  test("have their keys in the order of the page, then all others", () => {
    const lines = [
      "- CRON:",
      '    z: "1"',
      "    timezone: UTC",
      "    schedule: '* *'",
      "    idempotency_key: k",
      "    input_template:",
      '      a: "\\u00e9"',
      "      b:",
      "        - 'c'",
      "    flow: g",
      "    id: i",
      "    a: 2",
      "    kind: x",
    ];
    const [entry] = compiled(...lines).triggers;
    expect(Object.entries(entry ?? {})).toEqual([
      ["id", "i"],
      ["kind", "cron"],
      ["flow_id", "g"],
      ["input", { a: "é", b: ["c"] }],
      ["idempotency_key", "k"],
      ["cron", "* *"],
      ["timezone", "UTC"],
      ["z", "1"],
      ["a", "2"],
    ]);
  });
  test("have their type as written, lower-cased, in their id", () => {
    expect(compiled("FS:", "  path: /p", "  method: get").triggers).toEqual([
      { id: "w-fs-1", kind: "filesystem", flow_id: "w", path: "/p", method: "get" },
    ]);
    expect(compiled("WebHook:", "  path: /p", "  method: get").triggers).toEqual([
      { id: "w-webhook-1", kind: "webhook", flow_id: "w", route: "/p", method: "GET" },
    ]);
  });
  test.each([
    [["timer:", "  at: x"], "4:3 there is no trigger of type timer"],
    [["cron: x"], "4:3 a trigger of type cron needs cron or schedule"],
    [["cron:", '  schedule: " "'], "4:3 a trigger of type cron needs"],
    [["http:"], "4:3 a trigger of type http needs route or path"],
    [["- fs:", "    pattern: x"], "4:5 a trigger of type fs needs path"],
    [["- ", "  cron: x", "  type: cron", "  input: y"], "6:5 input of a trigger is a mapping"],
    [["- ", "  type: cron", "  cron:", "    a: b"], "5:5 cron of a trigger is a text"],
    [["- ", "  type:", "    a: b"], "5:5 the type of a trigger is a text"],
    [["- cron"], "4:5 a trigger in a list is a mapping"],
    [["- ", "  cron:", "    cron: x", "  http:"], "5:5 a trigger in a list has one key"],
    [["cron", "http:", "  path: x"], "4:3 a trigger is of the form"],
    [["cron:", "  loose"], "4:3 a line of a trigger is of the form"],
    [["cron:", "  - a"], "4:3 the configuration of trigger cron"],
    [["a:", "  cron: x"], "4:3 there is no trigger of type a"],
    [
      ["- cron:", "    cron: x", "    id: i", "- cron:", "    cron: y", "    id: i"],
      "7:5 there is a trigger i already",
    ],
  ])("bad-trigger: %j", (lines, issue) => {
    const [first, ...others] = issues(...lines);
    expect(first).toStartWith(`bad-trigger ${issue}`);
    expect(others).toEqual([]);
  });
});
