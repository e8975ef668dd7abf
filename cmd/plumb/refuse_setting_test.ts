import { expect, test } from "bun:test";
import { UsageError } from "../../internal/cli/mod.ts";
import { ConfigError, TEST_KEYS } from "../../internal/config/mod.ts";
import { refuseSetting } from "./refuse_setting.ts";

test.each([
  ["flag", "--known-failing", UsageError, "E_USAGE_VALUE", "--known-failing: no"],
  ["flag", "PATH", UsageError, "E_USAGE_ARGUMENT", "no"],
  ["environment", "PLUMB_KNOWN_FAILING", ConfigError, "E_CONFIG_SHAPE", "PLUMB_KNOWN_FAILING: no"],
] as const)("a value of a %s %s is refused under its own name", (kind, name, type, code, message) => {
  const error = refuseSetting(TEST_KEYS.known_failing, { value: "x", origin: { kind, name } }, "no");
  expect(error).toBeInstanceOf(type);
  expect(error instanceof UsageError ? error : error.findings[0]).toMatchObject({ code, message });
});
