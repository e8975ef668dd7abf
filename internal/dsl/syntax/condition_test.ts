import { describe, expect, test } from "bun:test";
import { readCondition } from "./condition.ts";

const read = (text: string) => readCondition({ text, at: 100 });

describe("conditions", () => {
  test.each([
    ['$input.a == "x"', "input", "a", "==", ["x"]],
    ["$step.s.f.g=='x'", "step", "s.f.g", "==", ["x"]],
    ['$input.a == "p in q == r"', "input", "a", "==", ["p in q == r"]],
    ['$input.a in ["x", \'y\' ,"x",]', "input", "a", "in", ["x", "y", "x"]],
    ['$input.in in("x")', "input", "in", "in", ["x"]],
    ['$input.a == ""', "input", "a", "==", [""]],
    ['$input.a == "\\x41\\u00e9\\U0001F389\\\\\\n"', "input", "a", "==", ["Aé🎉\\\n"]],
  ] as const)("%s", (text, root, path, operator, values) => {
    const condition = read(text);
    expect(condition).toMatchObject({ kind: "condition", operator, reference: { root, path, at: 100 } });
    expect(condition.kind === "condition" && condition.literals.map(({ value }) => value)).toEqual([...values]);
  });
  test("a literal knows its place", () => {
    expect(read('$input.a in ["x", "y"]')).toMatchObject({
      literals: [
        { text: '"x"', at: 113 },
        { text: '"y"', at: 118 },
      ],
    });
  });
  test.each([
    ["", 100],
    ["$input.a", 100],
    ['$input.a >= "x"', 100],
    ['not $input.a == "x"', 100],
    ['$input.a in"x"', 112 - 1],
    ['$inputs.a == "x"', 100],
    ['"x" == $input.a', 100],
    ['$input. == "x"', 100],
    ["$input.a == 3", 112],
    ["$input.a ==", 111],
    ['$input.a == "x', 112],
    ['$input.a == "\\q"', 112],
    ['$input.a == "\\ud800"', 112],
    ['$input.a == "x" and "y"', 116],
    ["$input.a in [1]", 113],
    ['$input.a in ["x", y]', 118],
    ["$input.a in []", 112],
    ['$input.a in ["x"', 116],
    ['$input.a in ["x" "y"]', 117],
    ['$input.a in ["x"] or', 118],
    ['$input.a in "x"', 112],
  ])("%s is none", (text, at) => {
    expect(read(text)).toMatchObject({ kind: "fault", at });
  });
  test("a bare word is offered in quotes", () => {
    expect(read("$input.a == HOT")).toMatchObject({ at: 112, length: 3, help: '"HOT"' });
  });
});
