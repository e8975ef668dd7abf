import type { Check } from "../check.ts";
import { runSuite } from "../run_suite.ts";
import { QuickAlarms } from "./quick_alarms.ts";
import type { Twist } from "./twist.ts";
import { twistedBench } from "./twisted_executor.ts";

/** What is not ok of an executor with a twist. */
export interface TwistOutcome {
  readonly failed: readonly string[];
  readonly notApplicable: readonly string[];
  /** For people. */
  readonly details: string;
}

/** Holds the mock in this process, with a twist, to checks: in virtual time, so that nothing depends on how busy the machine is. */
export async function tryTwist(twist: () => Twist, checks: readonly Check[]): Promise<TwistOutcome> {
  const alarms = new QuickAlarms();
  const bench = twistedBench(alarms, twist);
  const { records } = await alarms.until(runSuite({ bench, checks, alarms, atOnce: checks.length }));
  const ids = (wanted: string) => records.flatMap(({ id, status }) => (status === wanted ? [id] : []));
  const others = records.filter(({ status }) => status !== "ok");
  const details = others.map(({ id, status, detail }) => `${id} ${status}: ${detail}`).join("\n");
  return { failed: ids("fail"), notApplicable: ids("n/a"), details };
}
