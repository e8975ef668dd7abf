import { METHODS, RPC } from "../../rep/mod.ts";
import { isObject, type Json } from "../../value/mod.ts";
import { type Answer, shownAnswer } from "../answer.ts";
import type { Check } from "../check.ts";
import { emit, type ProbeIr, probeFlow } from "../probe_flow.ts";
import { demandCompleted, follow, runProbe, shown, start, stepEvents, tryStart } from "../probe_run.ts";
import type { Trial } from "../trial.ts";
import { Broken, demand } from "../verdict.ts";

const VERSION_REFUSED = 1001;
const KIND_REFUSED = 1002;
const INVALID = 1003;

const FINISH = { id: "end", type: "finish" };
const FLOW = probeFlow([emit({ a: 1 }), FINISH], ["emit -> end"]);

/** Starting runs, and what is refused (flows §12, §9). */
export const RUN_CHECKS: readonly Check[] = [
  {
    id: "REP-RUN-01",
    level: "MUST",
    rule: "StartRun with a run_id gives that run_id (§12)",
    fix: "use options.run_id where it is a text, and answer it",
    async run(trial) {
      const { wire } = await trial.begin();
      const asked = trial.runId();
      const { run_id } = resultOf(await tryStart(wire, FLOW, {}, asked));
      demand(run_id === asked, `run_id is ${shown(run_id)} instead of "${asked}"`);
    },
  },
  {
    id: "REP-RUN-02",
    level: "MUST",
    rule: "a run of dsl.emit and finish is completed (§12, Poll)",
    fix: "settle every node of the graph, then say completed",
    async run(trial) {
      demandCompleted(await runProbe(trial, await trial.begin(), FLOW));
    },
  },
  {
    id: "REP-RUN-03",
    level: "MUST",
    rule: "StartRun with run_id null, twice, gives two different run_ids (§12)",
    fix: "make a fresh run_id where options.run_id is null or absent",
    async run(trial) {
      const { wire } = await trial.begin();
      const ids: unknown[] = [];
      for (let times = 0; times < 2; times += 1) {
        const { run_id } = resultOf(await tryStart(wire, FLOW, {}, null));
        demand(typeof run_id === "string" && run_id !== "", `run_id is ${shown(run_id)}`);
        trial.addRun(run_id);
        ids.push(run_id);
      }
      demand(ids[0] !== ids[1], `both runs are ${shown(ids[0])}`);
    },
  },
  {
    id: "REP-RUN-04",
    level: "MUST",
    rule: "StartRun twice with one run_id starts one run: the same run_id or 1003, each event once (§12)",
    fix: "look the run_id up before you start anything",
    async run(trial) {
      const { wire, capable } = await trial.begin();
      const runId = await start(trial, wire, FLOW);
      const again = await tryStart(wire, FLOW, {}, runId);
      const sameId = isObject(again.result ?? null) && (again.result as { run_id?: Json }).run_id === runId;
      demand(sameId || again.code === INVALID, `the second StartRun was answered with ${shownAnswer(again)}`);
      const run = await follow(wire, capable, runId);
      demandCompleted(run);
      const count = stepEvents(run, "started", "emit").length;
      demand(count <= 1, `step emit was started ${count} times`);
    },
  },
  refusal(
    "REP-RUN-05",
    "a flow of IR version 2.0.0 or 1.1.0 is refused with 1001",
    [VERSION_REFUSED],
    [
      { ...FLOW, version: "2.0.0" },
      { ...FLOW, version: "1.1.0" },
    ],
    "compare the first two numbers of version with 1.0 before you look at the rest",
  ),
  {
    id: "REP-RUN-06",
    level: "MUST",
    rule: "a flow of IR version 1.0.9 with unknown members in root, node, edge and metadata runs (§9)",
    fix: "take every version 1.0.x, and ignore members that you do not know",
    async run(trial) {
      const further = { x_unknown: { a: [1] } };
      const extended = {
        ...FLOW,
        ...further,
        version: "1.0.9",
        metadata: { ...(FLOW.metadata as object), ...further },
        graph: { nodes: extend(FLOW.graph.nodes, further), edges: extend(FLOW.graph.edges, further) },
      };
      demandCompleted(await runProbe(trial, await trial.begin(), extended));
    },
  },
  refusal(
    "REP-RUN-07",
    "a node of kind no.such is refused with 1002",
    [KIND_REFUSED],
    [probeFlow([{ id: "a", type: "no.such" }])],
    "check every node's type against your step_kinds and the control kinds before the run starts",
  ),
  refusal(
    "REP-RUN-08",
    "an ir without graph, or that is no object, is refused with 1003",
    [INVALID],
    [Object.fromEntries(Object.entries(FLOW).filter(([key]) => key !== "graph")), "not a flow", 3],
    "check that ir is an object with graph.nodes and graph.edges",
  ),
  refusal(
    "REP-RUN-09",
    "a node id that is there twice is refused with 1003",
    [INVALID],
    [probeFlow([emit({}, "a"), { id: "b", type: "finish" }, { id: "b", type: "finish" }], ["a -> b"])],
    "check that node ids are unique before the run starts",
  ),
  refusal(
    "REP-RUN-10",
    "an edge to a node that is not there is refused with 1003",
    [INVALID],
    [probeFlow([emit({}, "a"), FINISH], ["a -> end", "a -> nowhere"])],
    "check that both ends of each edge are nodes before the run starts",
  ),
  refusal(
    "REP-RUN-11",
    "a cycle is refused with 1003",
    [INVALID],
    [probeFlow([emit({}, "a"), emit({}, "b"), emit({}, "c"), FINISH], ["a -> b", "b -> c", "c -> b", "c -> end"])],
    "sort the graph topologically before the run starts; what cannot be sorted is a cycle",
  ),
  {
    id: "REP-RUN-12",
    level: "MUST",
    rule: "inputs [] are refused with -32602 or 1003 (§12)",
    fix: "check that inputs is an object",
    async run(trial) {
      const { wire } = await trial.begin();
      demandRefused(await tryStart(wire, FLOW, [], trial.runId()), [RPC.badParams, INVALID]);
    },
  },
];

function refusal(id: string, rule: string, codes: readonly number[], irs: readonly unknown[], fix: string): Check {
  return {
    id,
    level: "MUST",
    rule: `${rule} (§9, §12)`,
    fix,
    async run(trial: Trial) {
      const { wire } = await trial.begin();
      for (const ir of irs) demandRefused(await tryStart(wire, ir, {}, trial.runId()), codes);
    },
  };
}

function demandRefused(answer: Answer, codes: readonly number[]): void {
  const isRight = answer.code !== undefined && codes.includes(answer.code);
  demand(
    isRight,
    `${METHODS.startRun} was answered with ${shownAnswer(answer)} instead of error ${codes.join(" or ")}`,
  );
}

function resultOf(answer: Answer): { readonly [key: string]: unknown } {
  if (answer.result === undefined || !isObject(answer.result))
    throw new Broken(`${METHODS.startRun} was answered with ${shownAnswer(answer)}`);
  return answer.result;
}

function extend(list: ProbeIr["graph"]["nodes"], further: object): Json[] {
  return list.map((one) => ({ ...(one as { [key: string]: Json }), ...further }));
}
