import { describe, expect, test } from "bun:test";
import type { Json } from "../../value/mod.ts";
import type { ACTIONS } from "./actions.ts";
import { readScript } from "./read_script.ts";

const problems = (document: Json) => readScript(document).problems.map(({ message, help }) => [message, help]);
const rule = (action: Json) => [{ on: "Runtime.Poll", do: [action] }];

/** One right value for every action, and one that is wrong. */
const SAMPLES: Record<keyof typeof ACTIONS, readonly [Json, Json | undefined]> = {
  result: [[1], undefined],
  error: [{ code: 42, message: "m", data: {} }, { message: "m" }],
  default: [null, 1],
  raw: ["x", 1],
  hex: ["00 fF", "0"],
  nest: [3, 0],
  flood: [
    { text: "a", bytes: 9 },
    { text: "", bytes: 9 },
  ],
  chunk: [1, 0],
  repeat: [2, 1.5],
  sleep_ms: [0, -1],
  stderr: [{ text: "a" }, { text: "a", times: 0 }],
  close: ["stdout", "stderr"],
  fork_ms: [10, "10"],
  exit: [255, 256],
  signal: ["SIGSEGV", "segv"],
  ignore: [null, "x"],
};

describe("a script", () => {
  test("has rules of every action", () => {
    for (const [name, [value]] of Object.entries(SAMPLES))
      expect([name, problems(rule({ [name]: value }))]).toEqual([name, []]);
    expect(readScript([{ on: "eof", nth: 2, do: ["ignore", { exit: 1 }] }]).data).toEqual([
      {
        on: "eof",
        nth: 2,
        actions: [
          { name: "ignore", value: null },
          { name: "exit", value: 1 },
        ],
      },
    ]);
  });

  test("is refused where an action has a wrong value", () => {
    for (const [name, [, wrong]] of Object.entries(SAMPLES))
      if (wrong !== undefined) expect([name, problems(rule({ [name]: wrong })).length]).toEqual([name, 1]);
  });

  test("is refused with a sentence for each mistake, and a correction where there is one", () => {
    expect(problems({})).toEqual([["/: expected a list of rules, found an object", undefined]]);
    expect(problems([3])).toEqual([["/0: expected a rule with on and do, found 3", undefined]]);
    expect(problems([{ on: "Poll", do: [], nht: 1 }])).toEqual([
      ["/0/nht: a rule has on, nth, do only", "nth"],
      ["/0/on: there is no occasion Poll; expected a method, start, eof, sigterm", "Runtime.Poll"],
    ]);
    expect(problems(rule({ exti: 1 }))).toEqual([["/0/do/0/exti: there is no action exti", "exit"]]);
    expect(problems(rule({ exit: 1, raw: "" }))).toEqual([
      ["/0/do/0: expected an action, which is a mapping of one key, found 2 keys", undefined],
    ]);
    expect(problems(rule({ flood: { text: "a" } }))).toEqual([["/0/do/0/flood/bytes: it is missing", undefined]]);
  });
});
