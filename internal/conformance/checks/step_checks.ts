import type { Check } from "../check.ts";
import { choose, emit, type ProbeStep, probeFlow } from "../probe_flow.ts";
import {
  attemptsOf,
  demandCompleted,
  demandFailed,
  demandOutputs,
  type EndedRun,
  runProbe,
  shown,
  stepEvents,
} from "../probe_run.ts";
import { demand } from "../verdict.ts";

const FAIL = "check.fail";
const SLEEP = "check.sleep";
const BACKOFF_MS = 200;
/** Timers of executors may be a little early. */
const LEAST_BACKOFF_MS = 180;
/** A time limit must have ended a run by then. */
const LIMITED_MS = 1000;

const PICK = choose("pick", { x: "a", 3: "a", true: "a", z: "other" }, "z");
const BRANCHES = [PICK, emit({ went: "a" }, "a"), emit({ went: "other" }, "other")];
const WAYS = ["pick -x> a", "pick -3> a", "pick -true> a", "pick -z> other"];

/** How the graph is walked (flows §10). */
export const STEP_CHECKS: readonly Check[] = [
  {
    id: "REP-STEP-01",
    level: "MUST",
    rule: "the events of steps: started before succeeded or failed, steps in the order of the graph (§10)",
    fix: "report started when an attempt begins, and succeeded or failed when it has ended",
    async run(trial) {
      const { run, ids } = await runChain(trial);
      demandCompleted(run);
      let before = -1;
      for (const id of ids) {
        const states = stepEvents(run, undefined, id).map(({ state }) => state);
        const isRight = states[0] === "started" && states.includes("succeeded");
        demand(isRight, `the events of step ${id} are ${states.length === 0 ? "missing" : states.join(", ")}`);
        const first = run.events.findIndex(({ step_id }) => step_id === id);
        demand(first > before, `step ${id} has events before those of the step in front of it`);
        before = run.events.findIndex(({ step_id, state }) => step_id === id && state === "succeeded");
      }
    },
  },
  {
    id: "REP-STEP-02",
    level: "SHOULD",
    rule: "the event started has args, the event succeeded has result (§10)",
    fix: "put the resolved arguments into started, and what the step gave into succeeded",
    async run(trial) {
      const { run, ids } = await runChain(trial);
      for (const [state, member] of [
        ["started", "args"],
        ["succeeded", "result"],
      ] as const) {
        for (const id of ids) {
          for (const event of stepEvents(run, state, id))
            demand(event[member] !== undefined, `${member} is missing: ${shown(event)}`);
        }
      }
    },
  },
  {
    id: "REP-STEP-03",
    level: "MUST",
    rule: "a switch takes the branch of its case, and the steps of the other have no events (§10)",
    fix: "after a switch take only the edges of the chosen case; a step without any taken edge is skipped, without events",
    run: (trial) => takes(trial, "x", "a"),
  },
  {
    id: "REP-STEP-04",
    level: "MUST",
    rule: "a switch without a matching case takes its default (§10)",
    fix: "take the case that default names where none matches and cases has it",
    run: (trial) => takes(trial, "none of them", "other"),
  },
  {
    id: "REP-STEP-05",
    level: "MUST",
    rule: "a switch without a matching case and without default fails with 2001 (§10)",
    fix: "fail the switch as a step fails: the run ends with error 2001",
    async run(trial) {
      const ir = probeFlow([choose("pick", { x: "a" }), emit({}, "a")], ["pick -x> a"]);
      demandFailed(await runProbe(trial, await trial.begin(), ir, { key: "y" }));
    },
  },
  {
    id: "REP-STEP-06",
    level: "MUST",
    rule: 'in a switch the number 3 and true match the cases "3" and "true" (§10)',
    fix: "compare a number or a boolean by its JSON text",
    async run(trial) {
      const begun = await trial.begin();
      for (const key of [3, true])
        demandOutputs(await runProbe(trial, begun, probeFlow(BRANCHES, WAYS), { key }), { went: "a" });
    },
  },
  {
    id: "REP-STEP-07",
    level: "MUST",
    rule: "a failed step fails the run with error 2001 that has its step_id, and no later step starts (§10)",
    fix: "end the run when a step without a failure edge has failed; put step_id into error.data",
    async run(trial) {
      const begun = await trial.beginWith(FAIL);
      const run = await runProbe(trial, begun, probeFlow([fail({ times: 9 }), emit({}, "later")], ["fail -> later"]));
      const { step_id } = demandFailed(run);
      demand(step_id === "fail", `error.data.step_id is ${shown(step_id)} instead of "fail"`);
      demand(stepEvents(run, undefined, "later").length === 0, "the step behind it has events");
    },
  },
  {
    id: "REP-STEP-08",
    level: "MUST",
    rule: "a failed step with a failure edge: that is taken, the run is completed, $step.S.error.code is 2001 (§10)",
    fix: 'keep {"error": {code, message, data}} as the result of a failed step, and take its failure edges',
    async run(trial) {
      const begun = await trial.beginWith(FAIL);
      const handler = emit({ code: "$step.fail.error.code" }, "handler");
      const ir = probeFlow([fail({ times: 9 }), handler, emit({}, "happy")], ["fail -!> handler", "fail -> happy"]);
      demandOutputs(await runProbe(trial, begun, ir), { code: 2001 });
    },
  },
  {
    id: "REP-STEP-09",
    level: "MUST",
    rule: "a step that fails twice, with retry.max 2, has attempts 1, 2 and 3, and the run is completed (§10)",
    fix: "try a step again until it succeeds or 1 + retry.max attempts were made; number attempts from 1",
    async run(trial) {
      const begun = await trial.beginWith(FAIL);
      const run = await runProbe(trial, begun, probeFlow([fail({ times: 2 }, 2)]));
      demandCompleted(run);
      demandAttempts(run, [1, 2, 3]);
    },
  },
  {
    id: "REP-STEP-10",
    level: "MUST",
    rule: "a step that always fails, with retry.max 1, has two attempts, and the run is failed (§10)",
    fix: "make at most 1 + retry.max attempts",
    async run(trial) {
      const begun = await trial.beginWith(FAIL);
      const run = await runProbe(trial, begun, probeFlow([fail({ times: 9 }, 1)]));
      demandFailed(run);
      demandAttempts(run, [1, 2]);
    },
  },
  {
    id: "REP-STEP-11",
    level: "SHOULD",
    rule: "with backoff_ms 200 there are at least 180 ms between two attempts (§10)",
    fix: "wait backoff_ms between the end of an attempt and the start of the next",
    async run(trial) {
      const begun = await trial.beginWith(FAIL);
      const run = await runProbe(trial, begun, probeFlow([fail({ times: 1 }, 1, BACKOFF_MS)]));
      const took = Math.round(run.tookMs);
      demand(took >= LEAST_BACKOFF_MS, `the whole run, with both attempts, took ${took} ms`);
    },
  },
  {
    id: "REP-STEP-12",
    level: "SHOULD",
    rule: "an error with retriable false is not retried (§10)",
    fix: "look at retriable of the error before you try again",
    async run(trial) {
      const begun = await trial.beginWith(FAIL);
      const run = await runProbe(trial, begun, probeFlow([fail({ times: 9, retriable: false }, 2)]));
      demandAttempts(run, [1]);
    },
  },
  {
    id: "REP-STEP-13",
    level: "MUST",
    rule: 'check.sleep of 5000 ms with timeout_ms 100 fails within 1 s with 2001 and cause "Timeout" (§10)',
    fix: "end an attempt that takes longer than the node's timeout_ms, whatever its step does",
    run: (trial) => limited(trial, 100, 0, "Timeout"),
  },
  {
    id: "REP-STEP-14",
    level: "MUST",
    rule: 'check.sleep of 5000 ms in a flow with timeout_ms 200 fails within 1 s with 2001 and cause "FlowTimeout" (§10)',
    fix: "end a run that takes longer than flow.timeout_ms, counted from its start",
    run: (trial) => limited(trial, 0, 200, "FlowTimeout"),
  },
  {
    id: "REP-STEP-15",
    level: "MUST",
    rule: "in a diamond the join runs once, after both branches (§10)",
    fix: "run a step when all steps in front of it have settled, and then never again",
    async run(trial) {
      const steps = [emit({}, "top"), emit({}, "left"), emit({}, "right"), emit({ done: 1 }, "join")];
      const ways = ["top -> left", "top -> right", "left -> join", "right -> join"];
      const run = await runProbe(trial, await trial.begin(), probeFlow(steps, ways));
      demandOutputs(run, { done: 1 });
      const count = stepEvents(run, "started", "join").length;
      demand(count <= 1, `the join was started ${count} times`);
      const joined = run.events.findIndex(({ step_id }) => step_id === "join");
      for (const id of joined < 0 ? [] : ["left", "right"]) {
        const ended = run.events.findIndex(({ step_id, state }) => step_id === id && state === "succeeded");
        demand(ended < joined, `the join has events before step ${id} has succeeded`);
      }
    },
  },
  {
    id: "REP-STEP-16",
    level: "MUST",
    rule: "a join with one skipped branch runs, and a step behind skipped steps only never does (§10)",
    fix: "count skipped steps as settled; run a step if at least one edge to it was taken, else skip it",
    async run(trial) {
      const steps = [
        choose("pick", { x: "a", y: "b" }),
        emit({}, "a"),
        emit({}, "b"),
        emit({}, "behind_b"),
        emit({ done: 1 }, "join"),
      ];
      const ways = ["pick -x> a", "pick -y> b", "a -> join", "b -> join", "b -> behind_b"];
      const run = await runProbe(trial, await trial.begin(), probeFlow(steps, ways), { key: "x" });
      demandOutputs(run, { done: 1 });
      const [event] = stepEvents(run, undefined, "behind_b");
      demand(event === undefined, `the step behind the skipped one has the event ${shown(event)}`);
    },
  },
];

/** Three steps in a row; check.echo where it is offered. */
async function runChain(trial: Parameters<Check["run"]>[0]) {
  const begun = await trial.begin();
  const hasEcho = begun.capable.kinds.has("check.echo");
  if (!hasEcho) trial.note = "tried with dsl.emit: it does not offer check.echo under PLUMB_CHECK=1";
  const ids = ["one", "two", "three"];
  const steps = ids.map((id): ProbeStep => ({ id, type: hasEcho ? "check.echo" : "dsl.emit", with: { of: id } }));
  return { ids, run: await runProbe(trial, begun, probeFlow(steps, ["one -> two", "two -> three"])) };
}

async function takes(trial: Parameters<Check["run"]>[0], key: string, went: "a" | "other"): Promise<void> {
  const run = await runProbe(trial, await trial.begin(), probeFlow(BRANCHES, WAYS), { key });
  demandOutputs(run, { went });
  const [event] = stepEvents(run, undefined, went === "a" ? "other" : "a");
  demand(event === undefined, `the branch that was not taken has the event ${shown(event)}`);
}

async function limited(
  trial: Parameters<Check["run"]>[0],
  stepMs: number,
  flowMs: number,
  cause: string,
): Promise<void> {
  const begun = await trial.beginWith(SLEEP);
  const step: ProbeStep = { id: "sleep", type: SLEEP, with: { ms: 5000 }, timeout_ms: stepMs };
  const run = await runProbe(trial, begun, probeFlow([step], [], flowMs));
  demandFailed(run, cause);
  demand(run.tookMs <= LIMITED_MS, `the run failed after ${Math.round(run.tookMs)} ms`);
}

function fail(args: { readonly times: number; readonly retriable?: boolean }, max = 0, backoff_ms = 0): ProbeStep {
  return { id: "fail", type: FAIL, with: { ...args }, retry: { max, backoff_ms } };
}

function demandAttempts(run: EndedRun, expected: readonly number[]): void {
  const found = attemptsOf(run, "fail");
  demand(shown(found) === shown(expected), `attempts ${shown(found)} were started instead of ${shown(expected)}`);
}
