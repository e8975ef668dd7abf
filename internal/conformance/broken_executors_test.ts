import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { CHECKS } from "./checks/mod.ts";
import { tryTwist } from "./twisted/try_twist.ts";
import { BROKEN } from "./twisted/twists.ts";

// Flows §16, §21 row 25: whoever breaks a rule is caught by its check, and by no check that does not rest on the rule.

setDefaultTimeout(60_000);

/** A thousand requests for Capabilities say nothing of runs, and take most of the time. */
const OF_RUNS = CHECKS.filter(({ id }) => id !== "REP-RPC-16");

test("an executor without a twist passes every check", async () => {
  expect(await tryTwist(() => ({}), CHECKS)).toEqual({ failed: [], notApplicable: [], details: "" });
});

describe("flows row 25: an executor of which is true that", () => {
  test.each(BROKEN.map((one) => [one.what, one.id, one] as const))("%s fails %s", async (_, id, broken) => {
    const { twist, also = [], notApplicable = [] } = broken;
    const outcome = await tryTwist(twist, /^REP-(?:CAP|RPC)/.test(id) ? CHECKS : OF_RUNS);
    const failed = CHECKS.filter((check) => check.id === id || also.includes(check.id)).map((check) => check.id);
    expect(outcome, outcome.details).toMatchObject({ failed, notApplicable });
  });
});

test("every check has an executor that breaks its rule", () => {
  const ids = new Set(BROKEN.map(({ id }) => id));
  expect(CHECKS.filter(({ id }) => !ids.has(id))).toEqual([]);
});
