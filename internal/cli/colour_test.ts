import { expect, test } from "bun:test";
import { closeSync, openSync } from "node:fs";
import { isTerminal, wantsColour } from "./colour.ts";

const never = (): boolean => false;
const always = (): boolean => true;

// The table of DESIGN, output: the first row that applies decides.
test.each([
  ["never", { FORCE_COLOR: "1" }, always, false],
  ["always", { NO_COLOR: "1", TERM: "dumb" }, never, true],
  ["auto", { NO_COLOR: "1", FORCE_COLOR: "1" }, always, false],
  ["auto", { NO_COLOR: "" }, always, true],
  ["auto", { FORCE_COLOR: "1", TERM: "dumb" }, never, true],
  ["auto", { FORCE_COLOR: "0" }, always, false],
  ["auto", { FORCE_COLOR: "false" }, always, false],
  ["auto", { FORCE_COLOR: "" }, never, false],
  ["auto", { TERM: "dumb" }, always, false],
  ["auto", { TERM: "xterm" }, always, true],
  ["auto", {}, never, false],
] as const)("--color=%s with %j", (choice, env, terminal, expected) => {
  expect(wantsColour(choice, env, terminal)).toBe(expected);
});

test("files, /dev/null and closed descriptors are no terminals", () => {
  for (const path of ["/dev/null", import.meta.path]) {
    const fd = openSync(path, "r");
    expect(isTerminal(fd)).toBe(false);
    closeSync(fd);
  }
  expect(isTerminal(1_000_000)).toBe(false);
});
