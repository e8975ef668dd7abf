import { expect, test } from "bun:test";
import { nothingToRun } from "./nothing_to_run.ts";

test.each([
  [{ paths: ["."] }, "nothing to run: no *_test.ami or *.scenario.yaml below . has a case"],
  [{ paths: ["a", "b"] }, "nothing to run: no *_test.ami or *.scenario.yaml below a, b has a case"],
  [{ paths: ["a_test.ami"] }, "nothing to run: no case in a_test.ami"],
  [{ paths: ["."], run: /up.*link/ }, "nothing to run: no case of . matches --run up.*link"],
  [{ paths: ["."], shard: { index: 2, count: 3 } }, "nothing to run: no case of . falls to --shard 2/3"],
  [
    { paths: ["a"], run: /x/, shard: { index: 1, count: 2 } },
    "nothing to run: no case of a matches --run x and falls to --shard 1/2",
  ],
])("%j", (selection, sentence) => {
  expect(nothingToRun(selection)).toBe(sentence);
});
