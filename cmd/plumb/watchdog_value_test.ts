import { expect, test } from "bun:test";
import { WATCHDOG_MS } from "../../internal/ts_workers/mod.ts";
import { DEFAULT_WATCHDOG_MS } from "./watchdog_value.ts";

test("the default of --watchdog is that of the workers", () => expect(DEFAULT_WATCHDOG_MS).toBe(WATCHDOG_MS));
