import type { ValueObject } from "../../flow/mod.ts";
import { METHODS } from "../../rep/mod.ts";
import { shownAnswer } from "../answer.ts";
import type { Check } from "../check.ts";
import { emit, probeFlow } from "../probe_flow.ts";
import { demandCompleted, follow, poll, runProbe, shown, start } from "../probe_run.ts";
import type { Capable, Trial } from "../trial.ts";
import { demand } from "../verdict.ts";
import type { Wire } from "../wire.ts";

/** Longer than a cancelled run may take to end. */
const SLEEP_MS = 8000;
const CANCELLED_MS = 5000;

/** Cancelling runs (flows §12). */
export const CANCEL_CHECKS: readonly Check[] = [
  {
    id: "REP-CAN-01",
    level: "MUST",
    rule: "Cancel of a run that there is not gives ok false or an error, and the next request is answered (§12)",
    fix: 'answer {"ok":false}',
    async run(trial) {
      const { wire } = await trial.begin();
      const answer = await wire.call(METHODS.cancel, { run_id: trial.runId() });
      const ok = (answer.result as ValueObject | undefined)?.ok;
      demand(answer.result === undefined || ok === false, `ok is ${shown(ok)}`);
      await wire.result(METHODS.capabilities, {});
    },
  },
  {
    id: "REP-CAN-02",
    level: "MUST",
    rule: "Cancel while check.sleep works gives ok true (§12)",
    fix: 'answer {"ok":true} at once, and stop the run then',
    async run(trial) {
      const { wire, runId } = await sleeping(trial);
      await cancel(wire, runId);
    },
  },
  {
    id: "REP-CAN-03",
    level: "MUST",
    rule: "a run that is cancelled while check.sleep works is cancelled or failed within 5 s, never completed (§12)",
    fix: "end the running attempt on Cancel, or let it go; report cancelled without waiting for it",
    async run(trial) {
      const { wire, capable, runId } = await sleeping(trial);
      await wire.call(METHODS.cancel, { run_id: runId });
      const run = await follow(wire, capable, runId, wire.now(), CANCELLED_MS);
      demand(run.status !== "completed", "the run is completed");
    },
  },
  {
    id: "REP-CAN-04",
    level: "MUST",
    rule: "Cancel after the end gives ok true, and the status stays (§12)",
    fix: "answer ok true for every run that you know, and leave one that has ended as it is",
    async run(trial) {
      const begun = await trial.begin();
      const run = await runProbe(trial, begun, probeFlow([emit({})]));
      await cancel(begun.wire, run.runId);
      const { status } = await poll(begun.wire, begun.capable, run.runId, run.events.length);
      demand(status === run.status, `the status was ${run.status}, then ${shown(status)}`);
    },
  },
  {
    id: "REP-CAN-05",
    level: "MUST",
    rule: "a run that is started after another was cancelled is completed (§12)",
    fix: "keep what belongs to a run apart from the next one's",
    async run(trial) {
      const begun = await sleeping(trial);
      await begun.wire.call(METHODS.cancel, { run_id: begun.runId });
      await follow(begun.wire, begun.capable, begun.runId, begun.wire.now(), CANCELLED_MS);
      demandCompleted(await runProbe(trial, begun, probeFlow([emit({})])));
    },
  },
];

/** A run in the middle of check.sleep. */
async function sleeping(trial: Trial): Promise<{ wire: Wire; capable: Capable; runId: string }> {
  const { wire, capable } = await trial.beginWith("check.sleep");
  const step = { id: "sleep", type: "check.sleep", with: { ms: SLEEP_MS } };
  const runId = await start(trial, wire, probeFlow([step]));
  await poll(wire, capable, runId, 0);
  return { wire, capable, runId };
}

/** @throws Broken: ok is not true */
async function cancel(wire: Wire, run_id: string): Promise<void> {
  const answer = await wire.call(METHODS.cancel, { run_id });
  const ok = (answer.result as ValueObject | undefined)?.ok;
  demand(
    ok === true,
    answer.result === undefined ? `it was answered with ${shownAnswer(answer)}` : `ok is ${shown(ok)}`,
  );
}
