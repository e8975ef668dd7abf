import { expect, test } from "bun:test";
import { fixedWall } from "./fixed_wall.ts";
import { freshRunId, freshTraceId } from "./run_tokens.ts";

test("the ids of a run have the form of flows §12 and §15, and differ from run to run", () => {
  expect([freshRunId(), freshTraceId()]).toEqual([
    expect.stringMatching(/^run-[0-9a-f]{16}$/),
    expect.stringMatching(/^[0-9a-f]{32}$/),
  ]);
  expect(freshRunId()).not.toBe(freshRunId());
  expect(freshRunId(fixedWall())).toBe("run-0000000000000000");
});
