import type { ValueObject } from "../../flow/mod.ts";
import { isObject } from "../../value/mod.ts";
import { shownAnswer } from "../answer.ts";
import type { Check } from "../check.ts";
import { emit, type ProbeIr, probeFlow } from "../probe_flow.ts";
import { demandCompleted, demandOutputs, type EndedRun, follow, shown, start, tryStart } from "../probe_run.ts";
import { demand, NotApplicable } from "../verdict.ts";

const EXECUTOR_FAILED = 3002;
/** So many runs at once are not tried. */
const MOST_RUNS = 256;
const SLEEP_MS = 300;

/** Runs at the same time (flows §12, StartRun). */
export const LIMITS_CHECKS: readonly Check[] = [
  {
    id: "REP-LIM-01",
    level: "MUST",
    rule: "one run more than limits.concurrency waits as pending and is done later, or is refused with 3002, cause Busy, retriable true (§12)",
    fix: 'count the runs that go on, and answer error 3002 with data {"retriable":true,"details":{"cause":"Busy"}}',
    async run(trial) {
      const { wire, capable } = await trial.beginWith("check.sleep");
      const { concurrency } = capable;
      if (concurrency >= MOST_RUNS) throw new NotApplicable(`limits.concurrency is ${concurrency}`);
      const ir = probeFlow([{ id: "sleep", type: "check.sleep", with: { ms: SLEEP_MS } }]);
      const runIds: string[] = [];
      for (let at = 0; at <= concurrency; at += 1) {
        const runId = trial.runId();
        const answer = await tryStart(wire, ir, {}, runId);
        if (answer.result !== undefined) {
          runIds.push(runId);
          continue;
        }
        demand(at === concurrency, `run ${at + 1} of ${concurrency} was refused with ${shownAnswer(answer)}`);
        demandBusy(answer.code, answer.error);
      }
      for (const runId of runIds)
        demandCompleted(await follow(wire, capable, runId, wire.now(), 10_000 + concurrency * SLEEP_MS));
    },
  },
  {
    id: "REP-LIM-02",
    level: "MUST",
    rule: "outputs and events of two runs at once are not mixed (§12)",
    fix: "keep inputs, results, events and outputs per run",
    async run(trial) {
      const { wire, capable } = await trial.begin();
      if (capable.concurrency < 2) throw new NotApplicable("limits.concurrency is 1");
      const names = ["a", "b"];
      const runIds: string[] = [];
      for (const name of names) runIds.push(await start(trial, wire, own(name, capable.kinds), { who: name }));
      const runs: EndedRun[] = [];
      for (const runId of runIds) runs.push(await follow(wire, capable, runId));
      for (const [at, run] of runs.entries()) {
        const name = names[at] ?? "";
        demandOutputs(run, { who: name });
        for (const { step_id } of run.events) {
          const isOwn = typeof step_id !== "string" || step_id.startsWith(`${name}_`);
          demand(isOwn, `run ${name} has an event of step ${shown(step_id)}`);
        }
      }
    },
  },
];

function demandBusy(code: number | undefined, error: ValueObject | undefined): void {
  demand(code === EXECUTOR_FAILED, `it was refused with code ${shown(code)} instead of 3002`);
  const data = isObject(error?.data ?? null) ? (error?.data as ValueObject) : {};
  const details = isObject(data.details ?? null) ? (data.details as ValueObject) : {};
  demand((details.cause ?? data.cause) === "Busy", `error.data.details.cause is ${shown(details.cause)}`);
  demand(data.retriable === true, `error.data.retriable is ${shown(data.retriable)}`);
}

/** A flow whose steps have names of its own. */
function own(name: string, kinds: ReadonlySet<string>): ProbeIr {
  const last = emit({ who: "$input.who" }, `${name}_emit`);
  if (!kinds.has("check.sleep")) return probeFlow([last]);
  const sleep = { id: `${name}_sleep`, type: "check.sleep", with: { ms: 50 } };
  return probeFlow([sleep, last], [`${name}_sleep -> ${name}_emit`]);
}
