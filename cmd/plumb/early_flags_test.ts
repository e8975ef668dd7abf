import { expect, test } from "bun:test";
import { earlyFlags } from "./early_flags.ts";

test.each([
  [[], "auto", false],
  [["--color", "always", "test"], "always", false],
  [["test", "--color=never", "-v"], "never", true],
  [["test", "-qv"], "auto", true],
  [["--verbose"], "auto", true],
  [["--color"], "auto", false],
  [["--color=nonsense"], "auto", false],
  [["test", "--", "--color=always", "-v"], "auto", false],
] as const)("%j", (argv, color, verbose) => {
  expect(earlyFlags(argv)).toEqual({ color, verbose });
});
