import { describe, expect, test } from "bun:test";
import { found, helps as helpsOf, policy } from "./lint_sample.ts";

const lint = (lines: readonly string[]) =>
  found({ "p.pdl": policy(...lines) }).map((line) => line.slice("p.pdl:".length));

/** `evaluate` from line 6 on, and an emit that is right. */
const evaluate = (...lines: string[]) => ["evaluate:", ...lines.map((line) => `  ${line}`), "emit:", "  done: True"];
const emit = (...lines: string[]) => ["evaluate:", "  a = 1", "emit:", ...lines.map((line) => `  ${line}`)];

/** Each with the findings of a policy that has the mistake, and the same policy without it, which has none. */
const ROWS: readonly [what: string, wrong: readonly string[], findings: readonly string[], right: readonly string[]][] =
  [
    [
      "bad-expression: in an assignment, a condition, an option, a probability",
      evaluate("a = 1 +", "b = 1 ? 2", "if a &&  b:", "  c = 01", "choose:", "  x: r = 2 2", "  y: r = 3 with p=(1"),
      [
        "6:10 error bad-expression",
        "7:9 error bad-expression",
        "8:8 error bad-expression",
        "9:9 error bad-expression",
        "11:14 error bad-expression",
        "12:23 error bad-expression",
      ],
      evaluate("a = 1 + 1", "b = 1", "if a and b:", "  c = 1", "choose:", "  x: r = 2", "  y: r = 3 with p=(1 / 2)"),
    ],
    [
      "bad-expression: a label does not move it",
      evaluate("label: a = 1 +"),
      ["6:17 error bad-expression"],
      evaluate("label: a = 1"),
    ],
    [
      "bad-expression: an emit field, at any depth",
      emit("x: 1 1", "y:", "  - {'a': }"),
      ["8:8 error bad-expression", "10:13 error bad-expression"],
      emit("x: 1", "y:", "  - {'a': a}"),
    ],
    [
      "bad-expression: a function without a call, a wrong number of arguments, an option that assigns to nothing",
      evaluate("a = min + 1", "b = abs()", "choose:", "  x: = 1"),
      ["6:7 error bad-expression", "7:7 error bad-expression", "9:8 error bad-expression"],
      evaluate("a = min(1, 2) + 1", "b = abs(1)", "choose:", "  x: c = 1"),
    ],
    [
      "unknown-name: assigned nowhere before",
      evaluate("a = nothing", "b = later + 1", "later = 1", "b = [1, other.x]"),
      ["6:7 error unknown-name", "7:7 error unknown-name", "9:11 error unknown-name"],
      evaluate("a = values.x", "later = 1", "b = later + 1", "c = epsilon"),
    ],
    [
      "maybe-unset: on the other branch only",
      evaluate("if values.x:", "  a = 1", "else:", "  b = a + 1"),
      ["9:9 warning maybe-unset"],
      evaluate("if values.x:", "  a = 1", "  b = a + 1", "else:", "  a = 2"),
    ],
    [
      "unknown-function",
      evaluate("a = str(1)", "b = [coalese(1)]"),
      ["6:7 error unknown-function", "7:8 error unknown-function"],
      evaluate("a = int(1)", "b = [coalesce(1)]"),
    ],
    [
      "maybe-unset: assigned on some ways only",
      evaluate("if values.x:", "  a = 1", "b = a", "c = 2 * a.k"),
      ["8:7 warning maybe-unset", "9:11 warning maybe-unset"],
      evaluate("if values.x:", "  a = {}", "else:", "  a = None", "b = a", "c = 2 * a.k"),
    ],
    [
      "maybe-unset: an option that may not be taken",
      evaluate("choose:", "  x: a = 1", "  y: b = 2 with p=0.5", "c = a + b"),
      ["9:7 warning maybe-unset", "9:11 warning maybe-unset"],
      evaluate("choose:", "  x: a = 1", "  y: a = 2 with p=0.5", "  z: 3 with p=0.5", "c = a + 0"),
    ],
    [
      "flows row 4: bare-word-emit: a word that is no variable",
      emit("action: WRITE", "flag: true", "n:", "  - nested"),
      ["8:11 error bare-word-emit", "9:9 error bare-word-emit", "11:7 error bare-word-emit"],
      emit('action: "WRITE"', "flag: True", "n:", "  - a", "e: epsilon"),
    ],
    [
      "maybe-unset and unknown-name: in an emit field",
      ["evaluate:", "  if values.x:", "    a = 1", "emit:", "  a: a", "  b: WRITE.BACK"],
      ["9:6 warning maybe-unset", "10:6 error unknown-name"],
      ["evaluate:", "  if values.x:", "    a = 1", "  else:", "    a = 2", "emit:", "  a: a"],
    ],
    [
      "flows row 4: unknown-arm: any but active, and by index",
      evaluate("a = arms.soft.t", "b = arms['active']['limit']"),
      ["6:12 error unknown-arm", "7:11 error unknown-arm"],
      evaluate("a = arms.active.limit", "b = arms"),
    ],
    [
      "unknown-arm-field: by name and by index",
      evaluate("a = 1 + arms.active.limt", "b = arms.active['limt']", "c = arms.active.limit"),
      ["6:23 error unknown-arm-field", "7:19 error unknown-arm-field"],
      evaluate("a = 1 + arms.active.limit", "b = arms.active['limit']", "c = arms.active.get('limt')"),
    ],
    [
      "flows row 4: unreachable-option: a later one without p, with a literal p of 0, and any behind a p of 1",
      evaluate(
        "choose:",
        "  u: a = 1",
        "  v: a = 2",
        "  w: a = 3 with p=0",
        "  x: a = 4 with p=1.0",
        "  y: a = 5 with p=0.5",
      ),
      ["8:5 warning unreachable-option", "9:5 warning unreachable-option", "11:5 warning unreachable-option"],
      evaluate("choose:", "  u: a = 1 with p=0", "  v: a = 2 with p=epsilon", "  w: a = 3 with p=0.5"),
    ],
    [
      "bad-probability: a literal that is no number in 0…1",
      evaluate("choose:", "  u: a = 1", "  v: a = 2 with p=1.5", "  w: a = 3 with p='half'"),
      ["8:21 error bad-probability", "9:5 warning unreachable-option", "9:21 error bad-probability"],
      evaluate("choose:", "  u: a = 1", "  v: a = 2 with p=0.5", "  w: a = 3 with p=epsilon * 2"),
    ],
    [
      "bad-probability: text with ' with p ' that was not split",
      evaluate("choose:", "  u: a = 1", "  v: a = 2 with p = 0.5", "  w: 3 with p 0.5"),
      [
        "8:5 warning unreachable-option",
        "8:14 error bad-probability",
        "9:5 warning unreachable-option",
        "9:10 error bad-probability",
      ],
      evaluate("choose:", "  u: a = 1", "  v: a = 'with pepper' with p=0.5"),
    ],
    [
      "empty-choose and empty-block: at their keys",
      evaluate("choose:", "if values.x:", "if values.y:", "  a = 1", "else:"),
      ["6:3 error empty-choose", "7:3 warning empty-block", "10:3 warning empty-block"],
      evaluate("choose:", "  u: a = 1", "if values.x:", "  a = 1", "else:", "  a = 2"),
    ],
    [
      "bad-epsilon: at the value",
      ["epsilon: 5 %", ...evaluate("a = 1")],
      ["5:10 error bad-epsilon"],
      ["epsilon: 5e-2", ...evaluate("a = 1")],
    ],
    [
      "bad-target: no dotted name",
      evaluate("a b = 1", "x[0] = 2", "label: if = 3", "choose:", "  u: a-b = 1"),
      ["6:3 warning bad-target", "7:3 warning bad-target", "8:10 warning bad-target", "10:8 warning bad-target"],
      evaluate("a.b = 1", "x_0 = 2", "wärme = 3"),
    ],
    [
      "shadowed-name: a function or a given name",
      evaluate("min = 1", "values = 2", "choose:", "  u: epsilon = 3", "random.x = 4"),
      [
        "6:3 warning shadowed-name",
        "7:3 warning shadowed-name",
        "9:8 warning shadowed-name",
        "10:3 warning shadowed-name",
      ],
      evaluate("minimum = 1", "value = 2"),
    ],
    [
      "unknown-key: at the key",
      ["epsilom: 0.1", ...evaluate("a = 1")],
      ["5:1 error unknown-key"],
      ["epsilon: 0.1", ...evaluate("a = 1")],
    ],
    [
      "duplicate-key: arms, options and emit fields; statements may be repeated",
      evaluate("choose:", "  u: a = 1", "  u: a = 2", "same: b = 1", "same: b = 2").concat("  done: False"),
      ["8:5 error duplicate-key", "13:3 error duplicate-key"],
      evaluate("choose:", "  u: a = 1", "if a:", "  a = 2", "if a:", "  a = 2").concat("  also: False"),
    ],
  ];

describe.each(ROWS)("%s", (_, wrong, findings, right) => {
  test("is found", () => {
    expect(lint(wrong)).toEqual([...findings]);
  });
  test("is not found without the mistake", () => {
    expect(lint(right)).toEqual([]);
  });
});

test("a text that is exactly a variable's name is that variable, whatever else it says", () => {
  expect(lint(evaluate("a b = 1", "min = 2", "c = a b", "d = min"))).toEqual([
    "6:3 warning bad-target",
    "7:3 warning shadowed-name",
  ]);
});

test("unsupported-version: at the value", () => {
  const texts = (version: string) => ({ "p.pdl": `version: ${version}\narms:\nevaluate:\nemit:\n` });
  expect(found(texts("pdl/v1"))).toEqual(["p.pdl:1:10 error unsupported-version"]);
  expect(found(texts("pdl/v0"))).toEqual([]);
});

test("trailing-space and trailing-comment: in the fields of arms, where they are part of the text", () => {
  const texts = (field: string) => ({ "p.pdl": `version: pdl/v0\narms:\n  a:\n    f: ${field}\nevaluate:\nemit:\n` });
  expect(found(texts("WRITE "))).toEqual(["p.pdl:4:13 warning trailing-space"]);
  expect(found(texts("WRITE # back"))).toEqual(["p.pdl:4:14 warning trailing-comment"]);
  expect(found(texts("WRITE"))).toEqual([]);
});

test("the arm named default is the active one, else the first; without arms there is none", () => {
  const texts = (...arms: string[]) => ({
    "p.pdl": ["version: pdl/v0", "arms:", ...arms, "evaluate:", "  a = arms.active.t", "emit:"].join("\n"),
  });
  expect(found(texts("  soft:", "    s: 1", "  default:", "    t: 1"))).toEqual([]);
  expect(found(texts("  soft:", "    t: 1", "  hard:", "    s: 1"))).toEqual([]);
  expect(found(texts("  soft:", "    s: 1", "  hard:", "    t: 1"))).toEqual(["p.pdl:8:19 error unknown-arm-field"]);
  expect(found(texts())).toEqual(["p.pdl:4:12 error unknown-arm"]);
});

test("columns inside an expression count code points", () => {
  expect(lint(evaluate("a = ['😀é', nothing]"))).toEqual(["6:14 error unknown-name"]);
});

test("helps say what was meant", () => {
  const helps = (lines: readonly string[]) => helpsOf("p.pdl", policy(...lines));
  expect(helps(evaluate("warm = 1", "a = wram + 1"))).toEqual(["warm"]);
  expect(helps(evaluate("a = [true, null]"))).toEqual(["True", "None"]);
  expect(helps(emit("x: { key: 1 }"))).toEqual(['"key"']);
  expect(helps(emit("x: WRITE"))).toEqual(['"WRITE"']);
  expect(helps(emit("x: true"))).toEqual(['True, or "true" for the text']);
  expect(helps(evaluate("a = lenn(1)"))).toEqual(["len"]);
  expect(helps(evaluate("a = arms.active.limt"))).toEqual(["limit"]);
  expect(helps(evaluate("choose:", "  u: a = 1 with p = 0.5"))).toEqual(["with p=0.5"]);
});

test("a file of another suffix is read as its first line says", () => {
  expect(found({ "rules.txt": policy(...evaluate("a = nothing")) })).toEqual(["rules.txt:6:7 error unknown-name"]);
  expect(found({ "rules.txt": "version: dsl/v0\nworkflow: w\nsteps: 1" })).toEqual(["rules.txt:3:8 error parse-error"]);
});
