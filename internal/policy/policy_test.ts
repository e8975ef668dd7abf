import { describe, expect, test } from "bun:test";
import type { Json } from "../value/mod.ts";
import { compilePolicy } from "./compile_policy.ts";
import { evaluatePolicy } from "./evaluate_policy.ts";
import type { PolicyStatement } from "./policy_document.ts";
import { PolicyError } from "./policy_error.ts";
import { assignment, branch, policyDocument, type SamplePolicy } from "./sample_policies.ts";

type Option = { expression: string; probability?: Json };

function choose(options: readonly Option[], line = 5): PolicyStatement {
  const placed = options.map((option, at) => ({ ...option, line: line + 1 + at, column: 7 }));
  return { type: "choose", options: placed, line, column: 5 };
}

function outcome(policy: SamplePolicy, options: { values?: object; epsilon?: number; draws?: number[] } = {}): unknown {
  return evaluatePolicy(policyDocument(policy), { values: {}, draws: [0.5], ...options });
}

/** The place and reason of the error that an evaluation ends with. */
function failure(policy: SamplePolicy, options: Parameters<typeof outcome>[1] = {}): PolicyError {
  try {
    outcome(policy, options);
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
  throw new Error("the policy was evaluated");
}

describe("statements", () => {
  test("are done in their order, and a text that is a variable's name is that variable", () => {
    const evaluate = [
      assignment("x.y", "4"),
      assignment("a b", "x.y + 1"),
      assignment("r", " a b "),
      assignment("r", "r * 2"),
    ];
    expect(outcome({ evaluate, emit: { r: "r" } })).toEqual({ emit: { r: 10 }, drawsUsed: 0 });
  });

  test("a name that is a function or given is a variable where it stands alone", () => {
    const evaluate = [assignment("min", "4"), assignment("epsilon", "0.9")];
    const emit = { alone: "min", called: "min(1, 2)", epsilon: "epsilon", inside: "epsilon + 0" };
    const result = { alone: 4, called: 1, epsilon: 0.9, inside: 0.25 };
    expect(outcome({ evaluate, epsilon: "0.25", emit })).toEqual({ emit: result, drawsUsed: 0 });
  });

  test("if takes the branch of its condition", () => {
    const choice = (condition: string): PolicyStatement =>
      branch(condition, [assignment("r", "'yes'")], [assignment("r", "'no'")]);
    for (const [condition, r] of [
      ["values.a > 1", "yes"],
      ["'False'", "yes"],
      ["[]", "no"],
      ["values.a - 2", "no"],
    ] as const) {
      expect(outcome({ evaluate: [choice(condition)], emit: { r: "r" } }, { values: { a: 2 } })).toEqual({
        emit: { r },
        drawsUsed: 0,
      });
    }
  });

  test("what is assigned on a branch that was not taken is not assigned", () => {
    const never = branch("False", [assignment("r", "1")]);
    expect(failure({ evaluate: [never], emit: { r: "r" } }).reason).toBe("'r' is not assigned yet");
  });

  test("a syntax error on a branch that is not taken is never met", () => {
    const never = branch("False", [assignment("r", "1 +")]);
    expect(outcome({ evaluate: [never], emit: { r: "1" } })).toEqual({ emit: { r: 1 }, drawsUsed: 0 });
  });
});

describe("choose", () => {
  const first = { expression: "r = 1" };
  const rows: readonly [what: string, options: readonly Option[], draws: number[], r: Json, drawsUsed: number][] = [
    ["the first option applies if none is drawn", [first, { expression: "r = 2", probability: "0.4" }], [0.4], 1, 1],
    ["an option is drawn below its probability", [first, { expression: "r = 2", probability: "0.4" }], [0.39], 2, 1],
    ["no probability above 0 draws nothing", [first, { expression: "r = 2", probability: "0" }], [], 1, 0],
    ["a negative probability is 0", [first, { expression: "r = 2", probability: "-1" }], [], 1, 0],
    ["a probability above 1 is 1", [first, { expression: "r = 2", probability: "7" }], [0.999], 2, 1],
    ["text that is no number is 0", [first, { expression: "r = 2", probability: "'x'" }], [], 1, 0],
    ["text that is a number counts", [first, { expression: "r = 2", probability: "'0.5'" }], [0.4], 2, 1],
    ["a boolean is 0 or 1", [first, { expression: "r = 2", probability: "True" }], [0.9], 2, 1],
    ["a number of a foreign document counts", [first, { expression: "r = 2", probability: 0.5 }], [0.4], 2, 1],
    ["a later option without probability is never taken", [first, { expression: "r = 2" }], [0], 1, 0],
    [
      "options are drawn in turn, each on its own",
      [
        { expression: "r = 1", probability: "0.5" },
        { expression: "r = 2", probability: "0.5" },
        { expression: "r = 3", probability: "0.5" },
      ],
      [0.5, 0.6, 0.1],
      3,
      3,
    ],
    [
      "an option without target has that of the first one that has",
      [{ expression: "7" }, { expression: "8", probability: "1" }, first],
      [0],
      8,
      1,
    ],
    ["values are drawn too", [first, { expression: "random([4, 5])", probability: "1" }], [0, 0.99], 5, 2],
    ["the last draw repeats", [first, { expression: "random([4, 5])", probability: "1" }], [0.6], 5, 2],
  ];
  test.each(rows)("%s", (_, options, draws, r, drawsUsed) => {
    expect(outcome({ evaluate: [choose(options)], emit: { r: "r" } }, { draws })).toEqual({ emit: { r }, drawsUsed });
  });

  test("without any target the option is evaluated and dropped", () => {
    expect(outcome({ evaluate: [choose([{ expression: "1" }])], emit: {} })).toEqual({ emit: {}, drawsUsed: 0 });
    const { line, column, reason } = failure({ evaluate: [choose([{ expression: "1 / 0" }])] });
    expect({ line, column, reason }).toEqual({ line: 6, column: 7, reason: "division by zero" });
  });

  test("errors stand at the option, of its probability too", () => {
    const { line, column, expression, reason } = failure({
      evaluate: [choose([first, { expression: "2", probability: "[]" }])],
    });
    expect({ line, column, expression, reason }).toEqual({
      line: 7,
      column: 7,
      expression: "[]",
      reason: "a probability is a number, found a list",
    });
  });

  test("without options it fails, and so does an assignment to nothing", () => {
    expect(failure({ evaluate: [choose([])] }).message).toBe("policy p: p.pdl:5:5: there is no option to choose from");
    expect(failure({ evaluate: [choose([{ expression: "= 1" }])] }).reason).toBe(
      "there is nothing before '=' to assign to",
    );
  });

  test("a draw that is not there is an error", () => {
    const options = [first, { expression: "2", probability: "1" }];
    expect(failure({ evaluate: [choose(options)] }, { draws: [] }).reason).toBe("there is no draw left to decide this");
  });
});

describe("arms and epsilon", () => {
  test("the active arm is default, else the first, with its text fields literal-parsed", () => {
    const fields = {
      t: "75.0",
      yes: "True",
      text: "true",
      node: "ns=2;i=5",
      quoted: '"q"',
      list: "[1, 2]",
      nested: { t: "1" },
      n: 3,
    };
    const result = {
      t: 75,
      yes: true,
      text: "true",
      node: "ns=2;i=5",
      quoted: "q",
      list: [1, 2],
      nested: { t: "1" },
      n: 3,
    };
    const emit = { active: "arms.active" };
    expect(outcome({ arms: { other: {}, default: fields }, emit })).toEqual({ emit: { active: result }, drawsUsed: 0 });
    expect(outcome({ arms: { first: fields, second: {} }, emit })).toEqual({ emit: { active: result }, drawsUsed: 0 });
  });

  test("without arms there is no active one", () => {
    expect(failure({ emit: { r: "arms.active.x" } }).reason).toStartWith("the policy has no arm");
  });

  test.each([
    ["0.05", 0.05],
    ["abc", 0],
    ["1e-3", 0.001],
    [null, 0],
    [0.5, 0.5],
  ])("epsilon %p is %p", (epsilon, value) => {
    expect(outcome({ epsilon, emit: { r: "epsilon" } })).toEqual({ emit: { r: value }, drawsUsed: 0 });
  });

  test("an override wins over the policy's own", () => {
    expect(outcome({ epsilon: "0.5", emit: { r: "epsilon" } }, { epsilon: 0 })).toEqual({
      emit: { r: 0 },
      drawsUsed: 0,
    });
  });
});

describe("emit", () => {
  test("lists and mappings recurse, other values are themselves", () => {
    const emit = { a: { k: "values.n", l: ["values.n + 1", 5, null] }, "b c": "'x'" };
    expect(outcome({ emit }, { values: { n: 1 } })).toEqual({
      emit: { a: { k: 1, l: [2, 5, null] }, "b c": "x" },
      drawsUsed: 0,
    });
  });

  test("flows row 13: a bare key of a mapping literal is an unknown name; the message names the field", () => {
    const error = failure(
      { evaluate: [assignment("warm", "values.air", 10)], emit: { reason: "{ warm: warm, limit: 1 }" } },
      { values: { air: 9 } },
    );
    expect(error.message).toBe("policy p: p.pdl: emit.reason: 'limit' is not a known name");
    expect(error.details).toEqual({
      cause: "Policy",
      policy: "p",
      file: "p.pdl",
      line: 0,
      column: 0,
      field: "reason",
      expression: "{ warm: warm, limit: 1 }",
    });
  });

  test("flows row 13: an error of a statement stands at its line and column", () => {
    const error = failure({ evaluate: [assignment("warm", "values.air >= 12", 13)] }, { values: { air: "x" } });
    expect(error.message).toBe(
      `policy p: p.pdl:13:3: '>=' compares number with number, text with text or list with list, found text "x" and number 12`,
    );
    const { line, column, expression } = error;
    expect(error.details).toEqual({ cause: "Policy", policy: "p", file: "p.pdl", line, column, expression });
    expect({ line, column, expression }).toEqual({ line: 13, column: 3, expression: "values.air >= 12" });
  });

  test("a nested field is named by its path", () => {
    expect(failure({ emit: { a: { b: ["1", "x"] } } }).field).toBe("a.b[1]");
  });
});

describe("bounds", () => {
  const sum = `1${"+1".repeat(1000)}`;

  test("100,000 evaluation steps are made, and no more", () => {
    const evaluate = Array.from({ length: 49 }, () => assignment("r", sum));
    expect(outcome({ evaluate, emit: {} })).toEqual({ emit: {}, drawsUsed: 0 });
    const more = [...evaluate, ...evaluate.slice(0, 2)];
    expect(failure({ evaluate: more }).reason).toBe("the policy takes more than 100000 evaluation steps");
  });

  test("a value has 1,000,000 elements or characters, and no more", () => {
    const size = (expression: string): unknown => outcome({ emit: { r: `len(${expression})` } });
    expect(size("'a' * 1000000")).toEqual({ emit: { r: 1_000_000 }, drawsUsed: 0 });
    expect(size("[0] * 1000000")).toEqual({ emit: { r: 1_000_000 }, drawsUsed: 0 });
    expect(size("'😀' * 1000000")).toEqual({ emit: { r: 1_000_000 }, drawsUsed: 0 });
    const tooLong = ["'a' * 1000001", "'a' * 600000 + 'b' * 600000", "'😀' * 1000001", "['a' * 1000] * 1001"];
    for (const expression of tooLong) {
      expect(failure({ emit: { r: expression } }).reason).toBe("a value has more than 1000000 characters");
    }
    const tooMany = ["[0] * 1000001", "[0] * 600000 + [0] * 600000", "[[0] * 1000] * 1000", "'' * 9e15 or [1] * 9e15"];
    for (const expression of tooMany) {
      expect(failure({ emit: { r: expression } }).reason).toBe("a value has more than 1000000 elements");
    }
  });

  test("a value that holds itself many times does not grow beyond measure", () => {
    const evaluate = [assignment("x", "[0]"), ...Array.from({ length: 60 }, () => assignment("x", "[x, x]"))];
    expect(failure({ evaluate }).reason).toBe("a value has more than 1000000 elements");
  });

  test("a value is nested as deep as JSON may be", () => {
    const evaluate = [assignment("x", "0"), ...Array.from({ length: 255 }, () => assignment("x", "[x]"))];
    expect(() => outcome({ evaluate, emit: { x: "x" } })).not.toThrow();
    expect(failure({ evaluate: [...evaluate, assignment("x", "[x]")], emit: { x: "x" } }).reason).toBe(
      "a value is nested more than 256 deep",
    );
  });

  test("large values cost steps, so that no policy takes long", () => {
    const evaluate = [
      assignment("big", "'a' * 1000000"),
      ...Array.from({ length: 100 }, () => assignment("r", "'b' in big")),
    ];
    expect(failure({ evaluate }).reason).toBe("the policy takes more than 100000 evaluation steps");
  });
});

describe("documents", () => {
  test.each<[Json, string]>([
    [{}, "policy: "],
    [{ policy: { id: "p", params: { arms: {}, emit: {} } } }, "policy.params.evaluate: "],
    [policyDocument({ arms: { a: 1 } }), "policy.params.arms: expected a mapping of arms, each a mapping of fields"],
    [policyDocument({ evaluate: [{ type: "loop" } as unknown as PolicyStatement] }), "policy.params.evaluate.0"],
  ])("%# what is no policy document is a policy error", (document, reason) => {
    expect(() => compilePolicy(document)).toThrow(PolicyError);
    expect(() => compilePolicy(document)).toThrow(reason);
  });

  test("values that are no mapping of JSON are a policy error", () => {
    for (const values of [[1], { a: Number.NaN }, { a: undefined }]) {
      expect(() => evaluatePolicy(policyDocument({}), { values })).toThrow(PolicyError);
    }
  });

  test("names that every object has are names like any other", () => {
    const arms = JSON.parse('{"default": {"constructor": "1", "__proto__": "2"}}') as { [arm: string]: Json };
    const evaluate = [
      assignment("toString", "arms.active.constructor"),
      assignment("__proto__", "arms.active.__proto__"),
    ];
    const emit = { r: "toString + __proto__" };
    expect(outcome({ arms, evaluate, emit })).toEqual({ emit: { r: 3 }, drawsUsed: 0 });
    expect(failure({ emit: { r: "hasOwnProperty" } }).reason).toBe("'hasOwnProperty' is not a known name");
  });

  test("evaluations share nothing", () => {
    const policy = compilePolicy(policyDocument({ evaluate: [assignment("x", "[1]")], emit: { x: "x", l: ["'a'"] } }));
    const inputs = { values: {}, draws: () => 0.5 };
    const [first, second] = [policy.evaluate(inputs), policy.evaluate(inputs)];
    expect(first).toEqual(second);
    expect(first.emit.x).not.toBe(second.emit.x);
    expect(first.emit.l).not.toBe(second.emit.l);
  });

  test("without draws of its own, an evaluation draws the same each time", () => {
    const document = policyDocument({ emit: { r: "random([1, 2, 3, 4, 5, 6, 7, 8])" } });
    expect(evaluatePolicy(document, { values: {} })).toEqual(evaluatePolicy(document, { values: {} }));
  });
});
