import { expect, test } from "bun:test";
import { FixedFlowGenerator } from "./mod.ts";

test("a FixedFlowGenerator gives the same token always (scenarios, acceptance 8)", () => {
  const tokens = new FixedFlowGenerator("t");
  expect([tokens.generate(), tokens.generate(), tokens.generate()]).toEqual(["t", "t", "t"]);
});
