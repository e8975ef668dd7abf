import { describe, expect, setDefaultTimeout, test } from "bun:test";
import type { Check } from "./check.ts";
import { CHECKS } from "./checks/mod.ts";
import { runSuite } from "./run_suite.ts";
import { QuickAlarms } from "./twisted/quick_alarms.ts";
import type { Twist } from "./twisted/twist.ts";
import { twistedBench } from "./twisted/twisted_executor.ts";
import { BROKEN } from "./twisted/twists.ts";

// Flows §16, §21 row 25: whoever breaks a rule is caught by its check, and by no check that does not rest on the rule. The executors
// are the mock in this process, in virtual time, so that nothing here depends on how busy the machine is.

setDefaultTimeout(60_000);

/** A thousand requests for Capabilities say nothing of runs, and take most of the time. */
const OF_RUNS = CHECKS.filter(({ id }) => id !== "REP-RPC-16");

async function failures(
  twist: () => Twist,
  checks: readonly Check[],
): Promise<{ readonly failed: readonly string[]; readonly details: string }> {
  const alarms = new QuickAlarms();
  const bench = twistedBench(alarms, twist);
  const { records } = await alarms.until(runSuite({ bench, checks, alarms, atOnce: checks.length }));
  const failed = records.filter(({ status }) => status !== "ok");
  return { failed: failed.map(({ id }) => id), details: failed.map(({ id, detail }) => `${id}: ${detail}`).join("\n") };
}

test("an executor without a twist passes every check", async () => {
  expect(await failures(() => ({}), CHECKS)).toEqual({ failed: [], details: "" });
});

describe("flows row 25: an executor of which is true that", () => {
  test.each(BROKEN.map((one) => [one.what, one.id, one] as const))(
    "%s fails %s",
    async (_, id, { twist, also = [] }) => {
      const { failed, details } = await failures(twist, /^REP-(?:CAP|RPC)/.test(id) ? CHECKS : OF_RUNS);
      const expected = CHECKS.filter((check) => check.id === id || also.includes(check.id)).map((check) => check.id);
      expect(failed, details).toEqual(expected);
    },
  );
});

test("every check has an executor that breaks its rule", () => {
  const ids = new Set(BROKEN.map(({ id }) => id));
  expect(CHECKS.filter(({ id }) => !ids.has(id))).toEqual([]);
});
