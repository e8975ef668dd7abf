import { expect, test } from "bun:test";
import { LineIndex } from "../diag/mod.ts";
import type { Origin } from "./setting.ts";
import { settingError } from "./setting_error.ts";
import { TEST_KEYS } from "./test_keys.ts";

const source = new LineIndex("test:\n  paths: [x]\n");
const pos = source.position(8);

test.each([
  [{ kind: "flag", name: "--known-failing" }, "--known-failing: x is missing", undefined],
  [{ kind: "environment", name: "PLUMB_KNOWN_FAILING" }, "PLUMB_KNOWN_FAILING: x is missing", undefined],
  [{ kind: "file", file: "plumb.yaml", pos, source }, "test.known_failing: x is missing", pos],
  [{ kind: "default" }, "test.known_failing: x is missing", undefined],
] as const)("a value that cannot be used is told where it comes from: %j", (origin: Origin, message, place) => {
  const error = settingError(TEST_KEYS.known_failing, { value: "x", origin }, "x is missing");
  expect(error.findings).toMatchObject([{ code: "E_CONFIG_SHAPE", message }]);
  expect([error.findings[0]?.pos, error.source]).toEqual(place === undefined ? [undefined, undefined] : [pos, source]);
});
