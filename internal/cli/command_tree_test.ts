import { expect, test } from "bun:test";
import { runCommandTree } from "./command_tree.ts";
import { COMPILE, PROGRAM, RUN } from "./sample_program.ts";

test("citty finds a command of one word and one of two, and runs its body once", async () => {
  for (const spec of [RUN, COMPILE]) {
    let runs = 0;
    await runCommandTree(PROGRAM, spec, async () => {
      runs += 1;
    });
    expect(runs).toBe(1);
  }
});

test("what a body throws comes through as it is", async () => {
  const error = new Error("from the body");
  const run = runCommandTree(PROGRAM, RUN, () => Promise.reject(error));
  await expect(run).rejects.toBe(error);
});
