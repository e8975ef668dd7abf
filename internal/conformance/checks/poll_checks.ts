import type { ValueObject } from "../../flow/mod.ts";
import { METHODS, STATUSES } from "../../rep/mod.ts";
import type { Check } from "../check.ts";
import { emit, type ProbeStep, probeFlow } from "../probe_flow.ts";
import { demandOutputs, eventsOf, FINAL, poll, runProbe, same, shown, start, stepEvents } from "../probe_run.ts";
import type { Capable } from "../trial.ts";
import { demand, NotApplicable } from "../verdict.ts";

/** A Poll must be answered within this while a step works (flows §16). */
const AT_ONCE_MS = 500;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** What Polls tell of a run (flows §12). */
export const POLL_CHECKS: readonly Check[] = [
  {
    id: "REP-POLL-01",
    level: "MUST",
    rule: `the status of every Poll is one of ${STATUSES.join(", ")} (§12)`,
    fix: "use these five words only",
    async run(trial) {
      const begun = await trial.begin();
      const { statuses } = await runProbe(trial, begun, longer(begun.capable));
      const other = statuses.find((status) => !STATUSES.some((known) => known === status));
      demand(other === undefined, `status ${shown(other)}`);
    },
  },
  {
    id: "REP-POLL-02",
    level: "MUST",
    rule: "a Poll after the end shows the same status and no events (§12)",
    fix: "keep the end of a run, and drop events once they are sent (poll_after: once they are acknowledged)",
    async run(trial) {
      const begun = await trial.begin();
      const run = await runProbe(trial, begun, longer(begun.capable));
      for (let times = 0; times < 2; times += 1) {
        const after = await poll(begun.wire, begun.capable, run.runId, run.events.length);
        demand(after.status === run.status, `the status was ${run.status}, then ${shown(after.status)}`);
        const [event] = eventsOf(after);
        demand(event === undefined, `behind the end there is the event ${shown(event)}`);
      }
    },
  },
  {
    id: "REP-POLL-03",
    level: "MUST",
    rule: "a Poll of a run that there is not is answered with an error, or with status failed (§12)",
    fix: 'answer error -32602 with data.details.cause "UnknownRun"',
    async run(trial) {
      const { wire } = await trial.begin();
      const answer = await wire.call(METHODS.poll, { run_id: trial.runId(), after: 0 });
      const status = (answer.result as { status?: unknown } | undefined)?.status;
      demand(answer.result === undefined || status === "failed", `it was answered with status ${shown(status)}`);
    },
  },
  {
    id: "REP-POLL-04",
    level: "MUST",
    rule: "every event of a run comes once, with type and an RFC 3339 timestamp (§10, §12)",
    fix: 'give each event "type" and "timestamp":"2026-01-01T00:00:00.000Z", and send it in one Poll only',
    async run(trial) {
      const begun = await trial.begin();
      const run = await runProbe(trial, begun, longer(begun.capable));
      demand(run.events.length > 0, "the run has no events");
      for (const event of run.events) {
        demand(typeof event.type === "string", `an event has no type: ${shown(event)}`);
        const { timestamp } = event;
        const isTime = typeof timestamp === "string" && RFC_3339.test(timestamp);
        demand(isTime, `the timestamp of an event is ${shown(timestamp)}`);
      }
      const seen = new Set<string>();
      for (const { step_id, attempt, state } of stepEvents(run)) {
        const key = `${shown(step_id)} ${shown(attempt)} ${shown(state)}`;
        demand(!seen.has(key), `the event ${state} of step ${shown(step_id)}, attempt ${shown(attempt)}, came twice`);
        seen.add(key);
      }
    },
  },
  {
    id: "REP-POLL-05",
    level: "SHOULD",
    rule: "timestamps of events do not go back (§10)",
    fix: "stamp events by a clock that never falls, in the order in which they happen",
    async run(trial) {
      const begun = await trial.begin();
      const { events } = await runProbe(trial, begun, longer(begun.capable));
      let before = { ms: Number.NEGATIVE_INFINITY, shown: "" };
      for (const { timestamp } of events) {
        const ms = Date.parse(String(timestamp));
        demand(!(ms < before.ms), `${shown(timestamp)} stands behind ${before.shown}`);
        if (ms > before.ms) before = { ms, shown: shown(timestamp) };
      }
    },
  },
  {
    id: "REP-POLL-06",
    level: "MUST",
    rule: "the last Poll has as outputs what dsl.emit evaluated, and {} in a flow without one (§10, §12)",
    fix: "send outputs with the final status, an empty object where there was no dsl.emit",
    async run(trial) {
      const begun = await trial.begin();
      const ir = probeFlow([emit({ old: 1 }, "first"), emit({ n: "$input.n", t: "text" })], ["first -> emit"]);
      demandOutputs(await runProbe(trial, begun, ir, { n: 3 }), { n: 3, t: "text" });
      demandOutputs(await runProbe(trial, begun, probeFlow([{ id: "end", type: "finish" }])), {});
    },
  },
  {
    id: "REP-POLL-07",
    level: "MUST",
    rule: "a Poll while check.sleep takes 2000 ms is answered within 500 ms, and the status is running (§12)",
    fix: "run steps beside the reader of stdin: in a thread, or as one more thing that your event loop waits for",
    async run(trial) {
      const { wire, capable } = await trial.beginWith("check.sleep");
      const runId = await start(trial, wire, probeFlow([sleep(2000)]));
      let received = 0;
      for (let polls = 0; polls < 4; polls += 1) {
        await wire.pause(50);
        const since = wire.now();
        const result = await poll(wire, capable, runId, received);
        const took = Math.round(wire.now() - since);
        demand(took <= AT_ONCE_MS, `Poll ${polls + 1} was answered after ${took} ms`);
        received += eventsOf(result).length;
        const isStarting = result.status === "pending" && polls < 3;
        demand(result.status === "running" || isStarting, `the status is ${shown(result.status)}`);
      }
    },
  },
  {
    id: "REP-POLL-08",
    level: "MUST",
    rule: "with feature poll_after, two Polls with one after give the same events (§12)",
    fix: "keep events until a Poll says by after that they were received",
    async run(trial) {
      const { wire, capable } = await trial.begin();
      if (!capable.pollsAfter) throw new NotApplicable("it does not have the feature poll_after");
      const runId = await start(trial, wire, longer(capable));
      // Without acknowledging anything.
      const isOver = ({ status }: ValueObject) => FINAL.has(String(status));
      for (let polls = 0; polls < 100; polls += 1) {
        if (isOver(await poll(wire, capable, runId, 0))) break;
        await wire.pause(20);
      }
      for (const after of [0, 1]) {
        const [first, second] = [await poll(wire, capable, runId, after), await poll(wire, capable, runId, after)];
        const [events, again] = [[...eventsOf(first)], [...eventsOf(second)]];
        demand(events.length > 0, `a Poll with after ${after} has no events, though they were not acknowledged`);
        demand(same(events, again), `a Poll with after ${after} gave ${shown(events)}, then ${shown(again)}`);
      }
    },
  },
];

/** A run that takes a few Polls where it can. */
function longer({ kinds }: Capable) {
  const tail = [emit({ v: 1 }), { id: "end", type: "finish" }];
  const steps: ProbeStep[] = [
    ...(kinds.has("check.echo") ? [{ id: "echo", type: "check.echo", with: { a: 1 } }] : []),
    ...(kinds.has("check.sleep") ? [sleep(30)] : []),
    ...tail,
  ];
  return probeFlow(
    steps,
    steps.slice(1).map(({ id }, at) => `${steps[at]?.id} -> ${id}`),
  );
}

function sleep(ms: number): ProbeStep {
  return { id: "sleep", type: "check.sleep", with: { ms } };
}
