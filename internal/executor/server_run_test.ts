import { expect, test } from "bun:test";
import { ServerRun } from "./server_run.ts";

test("a run whose engine breaks has failed, as its host hears", async () => {
  const run = new ServerRun(() => Promise.reject(new Error("no policy")));
  await Promise.resolve();
  expect(run.isOver).toBe(true);
  expect(JSON.parse(run.poll(0, 1 << 20))).toMatchObject({
    status: "failed",
    outputs: {},
    error: { code: 3002, message: "the executor failed inside: no policy" },
  });
});
