import {
  type BrokenExecutor,
  broken,
  causes,
  events,
  nodes,
  POLL,
  polls,
  replies,
  starts,
  switches,
} from "./twist_parts.ts";

/** Executors that break the rules of steps (flows §10). */
export const BROKEN_STEP: readonly BrokenExecutor[] = [
  broken(
    "REP-STEP-01",
    "a step succeeds before it starts",
    polls((list) => {
      for (const [at, event] of list.entries()) {
        if (event.step_id !== "two" || event.state !== "started" || list[at + 1] === undefined) continue;
        list.splice(at, 2, list[at + 1] ?? event, event);
        return;
      }
    }),
  ),
  broken(
    "REP-STEP-02",
    "started has no args",
    events((event) => {
      delete event.args;
    }),
  ),
  broken(
    "REP-STEP-03",
    "steps of the other branch have events",
    replies(POLL, ({ result }, { params }) => {
      const last = result?.events?.at(-1);
      if (result?.outputs?.went === "a" && last !== undefined && params.after === 0)
        result.events?.push({ ...last, type: "step", step_id: "other", state: "skipped" });
    }),
  ),
  broken(
    "REP-STEP-04",
    "it knows no default",
    starts(({ ir }) => {
      for (const node of switches(ir)) delete node.with.default;
    }),
  ),
  broken(
    "REP-STEP-05",
    "without default the first case is taken",
    starts(({ ir }) => {
      for (const node of switches(ir)) if (node.with.default === undefined) node.with.default = "x";
    }),
  ),
  broken(
    "REP-STEP-06",
    "a number is another text",
    starts(({ inputs }) => {
      if (typeof inputs?.key === "number") inputs.key = "3.0";
    }),
  ),
  broken(
    "REP-STEP-07",
    "errors do not say the step",
    replies(POLL, ({ result }) => {
      delete result?.error?.data?.step_id;
    }),
  ),
  broken(
    "REP-STEP-07",
    "later steps start",
    polls((list) => {
      const last = list.at(-1);
      if (last !== undefined && list.some(({ step_id, state }) => step_id === "fail" && state === "failed"))
        list.push({ ...last, type: "step", step_id: "later", state: "started" });
    }),
  ),
  broken(
    "REP-STEP-08",
    "failure edges are not taken",
    starts(({ ir }) => {
      if (ir?.graph?.edges?.some(({ on }) => on === "failure")) {
        ir.graph.nodes = ir.graph.nodes.filter(({ id }) => id !== "handler");
        ir.graph.edges = ir.graph.edges.filter(({ to }) => to !== "handler");
      }
    }),
  ),
  broken(
    "REP-STEP-09",
    "it tries again once at most",
    nodes((node) => {
      if (node.with.retriable !== false) node.retry.max = Math.min(1, node.retry.max);
    }),
  ),
  broken(
    "REP-STEP-10",
    "it tries again once too often",
    nodes((node) => {
      if (node.retry.max === 1) node.retry.max = 2;
    }),
  ),
  broken(
    "REP-STEP-11",
    "it tries again at once",
    nodes((node) => {
      node.retry.backoff_ms = 0;
    }),
  ),
  broken(
    "REP-STEP-12",
    "it tries again whatever the error says",
    nodes((node) => {
      delete node.with.retriable;
    }),
  ),
  broken(
    "REP-STEP-13",
    "steps have no time limit",
    nodes((node) => {
      node.timeout_ms = 0;
    }),
  ),
  broken("REP-STEP-13", "the time limit of a step has no cause", causes("Timeout")),
  broken(
    "REP-STEP-14",
    "flows have no time limit",
    starts(({ ir }) => {
      if (ir?.flow !== undefined) ir.flow.timeout_ms = 0;
    }),
  ),
  broken("REP-STEP-14", "the time limit of a flow has no cause", causes("FlowTimeout")),
  broken(
    "REP-STEP-15",
    "the join of a diamond runs twice",
    polls((list) => {
      const at = list.findIndex(({ step_id, state }) => step_id === "join" && state === "started");
      const [event] = list.slice(at);
      if (at >= 0 && event !== undefined && list.some(({ step_id }) => step_id === "left")) list.splice(at, 0, event);
    }),
  ),
  broken(
    "REP-STEP-16",
    "a join with a skipped branch does not run",
    starts(({ ir }) => {
      if (ir?.graph?.nodes?.some(({ id }) => id === "behind_b"))
        ir.graph.edges = ir.graph.edges.filter(({ from, to }) => !(from === "a" && to === "join"));
    }),
  ),
  broken(
    "REP-STEP-16",
    "a step behind a skipped one runs",
    polls((list) => {
      const last = list.at(-1);
      const isIt = list.some(({ step_id }) => step_id === "pick") && list.some(({ step_id }) => step_id === "join");
      if (isIt && last !== undefined) list.push({ ...last, type: "step", step_id: "behind_b", state: "started" });
    }),
  ),
];
