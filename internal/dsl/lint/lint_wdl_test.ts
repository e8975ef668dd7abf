import { describe, expect, test } from "bun:test";
import type { DslSource } from "../syntax/mod.ts";
import { lintDsl } from "./lint_dsl.ts";
import { flow, found, helps as helpsOf } from "./lint_sample.ts";

/** What is found in a file of these lines, the third one being the first that is given. */
const lint = (lines: readonly string[]) =>
  found({ "f.wdl": flow(...lines) }).map((line) => line.slice("f.wdl:".length));

const INPUT = ["inputs:", "  a: string", "steps:"];

/** Each with the findings of a flow that has the mistake, and the same flow without it, which has none. */
const ROWS: readonly [what: string, wrong: readonly string[], findings: readonly string[], right: readonly string[]][] =
  [
    [
      "missing-input: at the $, in text, lists and deeper mappings, in braces too",
      [
        ...INPUT,
        "  - r(op.x):",
        "      v: $input.b",
        "      w:",
        "        - k:",
        "            z: x ${input.b.c} $${input.b}",
        "      u: $input.a",
      ],
      ["7:10 error missing-input", "10:18 error missing-input"],
      [...INPUT, "  - r(op.x):", "      v: $input.a"],
    ],
    [
      "missing-input: in an output and in a condition",
      [...INPUT, '  - when $input.b == "x":', "      r(op.x):", "        v: $input.a", "outputs:", "  o: $input.c.d"],
      ["6:10 error missing-input", "10:6 error missing-input"],
      [...INPUT, '  - when $input.a == "x":', "      r(op.x):", "outputs:", "  o: $input.a.d"],
    ],
    [
      "unknown-step-ref: a step that comes later, and the step itself",
      ["steps:", "  - r(op.x):", "      v: $step.s", "      w: $step.r", "  - s(op.y):", "      v: ${step.r.k}"],
      ["5:10 error unknown-step-ref", "6:10 error unknown-step-ref"],
      ["steps:", "  - s(op.y):", "  - r(op.x):", "      v: $step.s"],
    ],
    [
      "unknown-step-ref: the steps of a body are visible in it and deeper only",
      [
        ...INPUT,
        '  - when $input.a == "x":',
        "      r(op.x):",
        '      when $step.r.k == "y":',
        "        s(op.y):",
        "          v: $step.r",
        "  - t(op.z):",
        "      v: $step.r",
        "outputs:",
        "  o: $step.s",
      ],
      ["12:10 error unknown-step-ref", "14:6 error unknown-step-ref"],
      [
        ...INPUT,
        '  - when $input.a == "x":',
        "      r(op.x):",
        '      when $step.r.k == "y":',
        "        s(op.y):",
        "          v: $step.r",
      ],
    ],
    [
      "unknown-step-ref: a handler sees its step, and nobody sees its steps",
      [
        "steps:",
        "  - r(op.x):",
        "  - on failure:",
        "      h(op.y):",
        "        v: $step.r.error.message",
        "  - s(op.z):",
        "      v: $step.h",
      ],
      ["9:10 error unknown-step-ref"],
      [
        "steps:",
        "  - r(op.x):",
        "  - on failure finish:",
        "      h(op.y):",
        "        v: $step.r.error",
        "outputs:",
        "  o: $step.r",
      ],
    ],
    [
      "flows row 3: unknown-step-ref of a when whose key is at 7:5 stands at 7:10",
      [
        "inputs:",
        "  a: string",
        "steps:",
        "  - r(op.x):",
        '  - when $step.zz.k == "x":',
        "      s(op.y):",
        "        v: $input.a",
      ],
      ["7:10 error unknown-step-ref"],
      [
        "inputs:",
        "  a: string",
        "steps:",
        "  - r(op.x):",
        '  - when $step.r.k == "x":',
        "      s(op.y):",
        "        v: $input.a",
      ],
    ],
    [
      "duplicate-step-id and cycle-detected: at the second definition, and once at the first",
      [...INPUT, "  - r(op.x):", "  - s(op.y):", '  - when $input.a == "x":', "      r(op.z):", "  - s(op.y):"],
      ["6:5 error cycle-detected", "9:7 error duplicate-step-id", "10:5 error duplicate-step-id"],
      [...INPUT, "  - r(op.x):", "  - s(op.y):", '  - when $input.a == "x":', "      t(op.z):", "  - u(op.y):"],
    ],
    [
      "duplicate-step-id without a cycle: on two ways that do not follow each other",
      [
        "steps:",
        "  - r(op.x):",
        "  - on failure finish:",
        "      h(op.y):",
        "  - s(op.z):",
        "  - on failure finish:",
        "      h(op.y):",
      ],
      ["9:7 error duplicate-step-id"],
      [
        "steps:",
        "  - r(op.x):",
        "  - on failure finish:",
        "      h(op.y):",
        "  - s(op.z):",
        "  - on failure finish:",
        "      i(op.y):",
      ],
    ],
    [
      "empty-branch: a when and a handler without steps",
      [...INPUT, "  - r(op.x):", "  - on failure:", '  - when $input.a == "x":'],
      ["7:5 warning empty-branch", "8:5 warning empty-branch"],
      [...INPUT, "  - r(op.x):", "  - on failure:", "      h(op.y):", '  - when $input.a == "x":', "      s(op.z):"],
    ],
    [
      "no-call-steps: at the first content line",
      [...INPUT, '  - when $input.a == "x":', '      when $input.a == "y":'],
      ["1:1 error no-call-steps", "7:7 warning empty-branch"],
      [...INPUT, '  - when $input.a == "x":', '      when $input.a == "y":', "        r(op.x):"],
    ],
    [
      "flows row 4: bad-condition: neither form, at the condition",
      [...INPUT, '  - when $input.a >= "x":', "      r(op.x):"],
      ["6:10 error bad-condition"],
      [...INPUT, '  - when $input.a == "x":', "      r(op.x):"],
    ],
    [
      "bad-condition: no reference, at the reference; it names nothing",
      [
        ...INPUT,
        '  - when input.a == "x":',
        "      r(op.x):",
        '  - when $step..k in ["x"]:',
        "      s(op.x):",
        "        v: $input.a",
      ],
      ["6:10 error bad-condition", "8:10 error bad-condition"],
      [...INPUT, "  - when $input.a in (\"x\", 'y'):", "      r(op.x):"],
    ],
    [
      "bad-condition: no quoted text, at the literal; an empty list",
      [...INPUT, '  - when $input.a in ["x", y]:', "      r(op.x):", "  - when $input.a in []:", "      s(op.x):"],
      ["6:28 error bad-condition", "8:22 error bad-condition"],
      [...INPUT, '  - when $input.a in ["x", "y"]:', "      r(op.x):"],
    ],
    [
      "reserved-case and duplicate-case: at the literal",
      [...INPUT, '  - when $input.a in ["x", "_DEFAULT", \'x\']:', "      r(op.x):"],
      ["6:28 error reserved-case", "6:40 warning duplicate-case"],
      [...INPUT, '  - when $input.a in ["x", "DEFAULT"]:', "      r(op.x):"],
    ],
    [
      "bad-identifier: the id of a step",
      ["steps:", "  - r s(op.x):"],
      ["4:5 error bad-identifier"],
      ["steps:", "  - r.s-t_2(op.x):"],
    ],
    [
      "bad-reference: without a name, in the plural, neither input nor step, unclosed",
      [
        ...INPUT,
        "  - r(op.x):",
        "      a: $input",
        "      b: $step.",
        "      c: $inputs.a",
        "      d: ${a.b}",
        "      e: ${input.a",
        "      f: ${input.}",
        "      g: x $steps.r",
      ],
      [
        "7:10 error bad-reference",
        "8:10 error bad-reference",
        "9:10 error bad-reference",
        "10:10 error bad-reference",
        "11:10 error bad-reference",
        "12:10 error bad-reference",
        "13:12 error bad-reference",
      ],
      [...INPUT, "  - r(op.x):", "      a: $${a.b} costs 5$ $inputs $stepwise", "      b: $input.a"],
    ],
    [
      "uninterpolated-reference: inside or before other text, at the $",
      [
        ...INPUT,
        "  - r(op.x):",
        "      a: at $input.a",
        "      b: $input.a and more",
        '      c: "$input.a"',
        "      d: [$input.a]",
        "      e: $input.a$input.a",
      ],
      [
        "7:13 warning uninterpolated-reference",
        "8:10 warning uninterpolated-reference",
        "9:11 warning uninterpolated-reference",
        "10:11 warning uninterpolated-reference",
        "11:10 warning uninterpolated-reference",
        "11:18 warning uninterpolated-reference",
      ],
      [...INPUT, "  - r(op.x):", "      a: at ${input.a}", "      b: $input.a.ns=2;i=5"],
    ],
    [
      "unknown-key: at the key",
      ["timeot: 5s", "steps:", "  - r(op.x):"],
      ["3:1 error unknown-key"],
      ["timeout: 5s", "steps:", "  - r(op.x):"],
    ],
    [
      "duplicate-key: the second one, in a nested mapping of any kind",
      [
        "inputs:",
        "  a: string",
        "  a: int",
        "steps:",
        "  - r(op.x):",
        "      v: $input.a",
        "      v: 2",
        "      n:",
        "        k: 1",
        "        k: 2",
        "outputs:",
        "  o: 1",
        "  o: 2",
      ],
      ["5:3 error duplicate-key", "9:7 error duplicate-key", "12:9 error duplicate-key", "15:3 error duplicate-key"],
      [
        "inputs:",
        "  a: string",
        "steps:",
        "  - r(op.x):",
        "      v: $input.a",
        "      n:",
        "        v: 1",
        "outputs:",
        "  v: 1",
      ],
    ],
    [
      "duplicate-key: two handlers in one mapping of steps",
      [
        ...INPUT,
        '  - when $input.a == "x":',
        "      r(op.x):",
        "      on failure:",
        "        h(op.y):",
        "      s(op.x):",
        "      on failure:",
        "        i(op.y):",
      ],
      ["11:7 error duplicate-key"],
      [
        ...INPUT,
        '  - when $input.a == "x":',
        "      - r(op.x):",
        "      - on failure:",
        "          h(op.y):",
        "      - s(op.x):",
        "      - on failure:",
        "          i(op.y):",
      ],
    ],
    [
      "missing-key: a line without a key inside nested arguments and outputs",
      ["steps:", "  - r(op.x):", "      v:", "        k: 1", "        lost", "outputs:", "  o:", "    gone"],
      ["7:9 error missing-key", "10:5 error missing-key"],
      ["steps:", "  - r(op.x):", "      v:", "        k: 1", "        kept: 1", "outputs:", "  o:", "    - kept"],
    ],
    [
      "dropped-step: the second and later step of an item",
      ["steps:", "  - ", "    r(op.x):", "    s(op.y):", "    t(op.z):"],
      ["6:5 error dropped-step", "7:5 error dropped-step"],
      ["steps:", "  - r(op.x):", "  - s(op.y):"],
    ],
    [
      "unknown-policy: at the name",
      ["steps:", "  - r(policy.apply) policy limits:"],
      ["4:28 error unknown-policy"],
      ["steps:", "  - r(op.x):"],
    ],
    [
      "missing-policy: at the step",
      ["steps:", "  - r(policy.apply):"],
      ["4:5 warning missing-policy"],
      ["steps:", "  - r(policies.apply):"],
    ],
    [
      "misplaced-option: at the option",
      ["steps:", "  - r(op.x) retry 1 policy limits:"],
      ["4:21 error misplaced-option"],
      ["steps:", "  - r(op.x) retry 1:"],
    ],
    [
      "bad-trigger: at the trigger's key",
      ["triggers:", "  cron:", "    timezone: UTC", "steps:", "  - r(op.x):"],
      ["4:3 error bad-trigger"],
      ["triggers:", "  cron:", '    schedule: "* * * * *"', "steps:", "  - r(op.x):"],
    ],
    [
      "bad-trigger: an unknown type, in a list too",
      ["triggers:", "  - ", "    type: corn", "    cron: x", "  - mail:", "      path: x", "steps:", "  - r(op.x):"],
      ["5:5 error bad-trigger", "7:5 error bad-trigger"],
      ["triggers:", "  - ", "    type: cron", "    cron: x", "  - fs:", "      path: x", "steps:", "  - r(op.x):"],
    ],
    [
      "unknown-type: at the type",
      ["inputs:", "  a: strng", "steps:", "  - r(op.x):", "      v: $input.a"],
      ["4:6 warning unknown-type"],
      ["inputs:", "  a: List< string? >", "steps:", "  - r(op.x):", "      v: $input.a"],
    ],
    [
      "unused-input: at the key",
      ["inputs:", "  a: string", "  b: string", "steps:", "  - r(op.x):", "      v: ${input.b}"],
      ["4:3 warning unused-input"],
      ["inputs:", "  b: string", "steps:", "  - r(op.x):", "outputs:", "  o: ${input.b}"],
    ],
    [
      "trailing-space: at the first blank",
      ["steps:", "  - r(op.x):", "      v: a b  ", "      w:", "        - 1 "],
      ["5:13 warning trailing-space", "7:12 warning trailing-space"],
      ["steps:", "  - r(op.x):", "      v: a b", "      w:   1"],
    ],
    [
      "trailing-comment: at the #, outside quotes only",
      ["steps:", "  - r(op.x):", "      v: 5 # a comment", "      w: # one", "      x: it's # one too"],
      ["5:12 warning trailing-comment", "6:10 warning trailing-comment", "7:15 warning trailing-comment"],
      ["steps:", "  - r(op.x):", "      v: a#b", "      # a comment", "      w: '5 # text'", "      x: #fff"],
    ],
    [
      "item-looks-like-map: at the item",
      ["steps:", "  - r(op.x):", "      v:", "        - q: 1", "        - 'a b': c"],
      ["6:11 warning item-looks-like-map", "7:11 warning item-looks-like-map"],
      [
        "steps:",
        "  - r(op.x):",
        "      v:",
        "        - q:",
        "            1: 2",
        "        - http://x",
        "        - {'a': 1}",
        "        - a sentence, then: more",
      ],
    ],
  ];

describe.each(ROWS)("%s", (_, wrong, findings, right) => {
  test("is found", () => {
    expect(lint(wrong)).toEqual([...findings]);
  });
  test("is not found without the mistake", () => {
    expect(lint(right).filter((line) => !line.endsWith("unused-input"))).toEqual([]);
  });
});

test("parse-error: one ends a file", () => {
  expect(found({ "f.wdl": "version: nope\nworkflow: w\nsteps: x\n" })).toEqual(["f.wdl:3:8 error parse-error"]);
  expect(found({ "f.wdl": "# nothing\n" })).toEqual(["f.wdl:0:0 error parse-error"]);
});

test("read-error: a text that no file could hold", () => {
  expect(found({ "f.wdl": flow("steps:", "  - a(op.x):", "      v: \ud800") })).toEqual(["f.wdl:0:0 error read-error"]);
});

test("flows row 5: an option without its unit, and a handler without a step, are parse errors where they stand", () => {
  expect(lint(["steps:", "  - read(op.x) timeout 5 retry 2:"])).toEqual(["4:24 error parse-error"]);
  expect(lint(["steps:", "  - on failure:", "      r(op.x):"])).toEqual(["4:5 error parse-error"]);
});

test("bad-identifier: the name of a workflow, taken with its blanks", () => {
  const texts = (name: string) => ({ "f.wdl": `version: dsl/v0\nworkflow: ${name}\nsteps:\n  - r(op.x):\n` });
  expect(found(texts("my flow"))).toEqual(["f.wdl:2:11 error bad-identifier"]);
  expect(found(texts("w "))).toEqual(["f.wdl:2:11 error bad-identifier", "f.wdl:2:12 warning trailing-space"]);
  expect(found(texts("my-flow_2.x"))).toEqual([]);
});

test("unsupported-version: at the value", () => {
  const texts = (version: string) => ({ "f.wdl": `version: ${version}\nworkflow: w\nsteps:\n  - r(op.x):\n` });
  expect(found(texts("dsl/v1"))).toEqual(["f.wdl:1:10 error unsupported-version"]);
  expect(found(texts("dsl/v0"))).toEqual([]);
});

test("columns count code points, also behind a byte-order mark", () => {
  expect(found({ "f.wdl": `\uFEFF${flow("steps:", "  - r(op.x):", "      v: 😀é $input.a")}` })).toEqual([
    "f.wdl:5:13 error missing-input",
    "f.wdl:5:13 warning uninterpolated-reference",
  ]);
});

test("findings of one place are sorted by code, files by path", () => {
  const text = flow("steps:", "  - r(op.x):", "      v: ${input.a");
  expect(found({ "b.wdl": text, "a.wdl": text })).toEqual([
    "a.wdl:5:10 error bad-reference",
    "a.wdl:5:10 error missing-input",
    "b.wdl:5:10 error bad-reference",
    "b.wdl:5:10 error missing-input",
  ]);
});

test("a step that is there and cannot be seen is told as such", () => {
  const text = flow("steps:", "  - a(op.x):", "      v: $step.b", "      w: $step.c", "  - b(op.x):");
  expect(lintDsl([{ path: "f.wdl", text }]).map(({ message }) => message)).toEqual([
    "step 'b' comes later, or in a branch: it cannot be seen here",
    "there is no step 'c'",
  ]);
});

test("helps say what was meant", () => {
  const helps = (...lines: string[]) => helpsOf("f.wdl", flow(...lines));
  expect(helps("timeot: 5s", "steps:", "  - r(op.x):")).toEqual(["timeout"]);
  const step = ["inputs:", "  store: string", "steps:", "  - read(op.x):", "  - s(op.x):", "      u: $input.store"];
  expect(helps(...step, "      v: $input.stoer")).toEqual(["store"]);
  expect(helps(...step, "      v: $step.raed.values")).toEqual(["read"]);
  expect(helps(...step, "      v: at $input.store.")).toEqual(["${input.store}"]);
  expect(helps(...step, "      v: ${inputs.store}")).toEqual(["${input.store}"]);
  expect(helps(...step, "      v: $inputs.store")).toEqual(["$input.store"]);
});

describe("policies", () => {
  const apply = (policy: string) => flow("steps:", `  - r(policy.apply)${policy}:`);
  const POLICY = "version: pdl/v0\narms:\nevaluate:\nemit:\n";

  test("a policy is found among the files, whatever their folder", () => {
    expect(found({ "a/f.wdl": apply(" policy p"), "b/p.pdl": POLICY })).toEqual([]);
    expect(found({ "a/f.wdl": apply(""), "b/f.pdl": POLICY })).toEqual([]);
  });

  test("a policy that is named is found near the flow too, one of its own name is not", () => {
    const isNear = (name: string, flow: DslSource) => flow.path === "a/f.wdl" && ["p", "f"].includes(name);
    expect(found({ "a/f.wdl": apply(" policy p") }, { isNear })).toEqual([]);
    expect(found({ "b/f.wdl": apply(" policy p") }, { isNear })).toEqual(["b/f.wdl:4:28 error unknown-policy"]);
    expect(found({ "a/f.wdl": apply("") }, { isNear })).toEqual(["a/f.wdl:4:5 warning missing-policy"]);
  });

  test("unattached-policy: at 1:1 of a policy that no flow uses, if all flows can be read", () => {
    const used = apply(" policy p");
    expect(found({ "f.wdl": used, "p.pdl": POLICY, "q.pdl": POLICY })).toEqual(["q.pdl:1:1 warning unattached-policy"]);
    expect(found({ "p.pdl": POLICY })).toEqual([]);
    expect(found({ "f.wdl": used, "p.pdl": POLICY, "q.pdl": POLICY, "g.wdl": "x" })).toEqual([
      "g.wdl:1:1 error parse-error",
    ]);
  });

  test("trigger ids are unique among all flows", () => {
    const text = flow("triggers:", "  cron:", "    id: t", "    cron: x", "steps:", "  - r(op.x):");
    expect(found({ "a.wdl": text, "b.wdl": text })).toEqual(["b.wdl:4:3 error bad-trigger"]);
  });
});
