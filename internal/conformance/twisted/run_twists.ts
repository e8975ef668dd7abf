import { isObject } from "../../value/mod.ts";
import {
  type BrokenExecutor,
  broken,
  outputs,
  POLL,
  recoded,
  requests,
  START,
  set,
  starts,
  texts,
} from "./twist_parts.ts";

/** Executors that break the rules of starting runs and of values (flows §6, §9, §12). */
export const BROKEN_RUN: readonly BrokenExecutor[] = [
  broken("REP-RUN-01", "it chooses run_ids by itself", () => ({
    request({ params }) {
      if (typeof params.run_id === "string") params.run_id = params.run_id.replace(/-own$/, "");
      if (typeof params.options?.run_id === "string")
        params.options.run_id = params.options.run_id.replace(/-own$/, "");
      return undefined;
    },
    reply: ({ result }) => set(result, result?.run_id === undefined ? {} : { run_id: `${result.run_id}-own` }),
  })),
  broken(
    "REP-RUN-02",
    "a run with a step finish never ends",
    () => {
      const endless = new Set<string>();
      return {
        request({ params: { ir, options } }) {
          const hasFinish = ir?.graph?.nodes.some(({ type, id }) => type === "finish" && id === "end") ?? false;
          if (hasFinish && ir?.graph?.nodes.length === 2) endless.add(String(options?.run_id));
          return undefined;
        },
        reply({ result }, { method, params }) {
          if (method === POLL && endless.has(String(params.run_id))) set(result, { status: "running" });
        },
      };
    },
    ["REP-RUN-04", "REP-RUN-06"],
  ),
  broken(
    "REP-RUN-03",
    "null makes the same run_id each time",
    requests(({ params: { options } }) => {
      if (options?.run_id === null) options.run_id = "the-run";
      return undefined;
    }),
  ),
  broken("REP-RUN-04", "a run_id that is known is a failed step", () => {
    const known = new Set<string>();
    return {
      request({ params: { options } }) {
        const id = options?.run_id;
        if (typeof id !== "string") return undefined;
        if (known.has(id)) return { error: { code: 2001, message: "known" } };
        known.add(id);
        return undefined;
      },
    };
  }),
  broken(
    "REP-RUN-05",
    "it takes every version",
    starts(({ ir }) => {
      if (ir !== undefined && /^(?:1\.1|2)\./.test(ir.version)) ir.version = "1.0.0";
    }),
  ),
  broken(
    "REP-RUN-06",
    "it takes version 1.0.0 only",
    requests(({ params: { ir } }) =>
      ir?.version === "1.0.9" ? { error: { code: 1001, message: "1.0.0 only" } } : undefined,
    ),
  ),
  broken(
    "REP-RUN-06",
    "it refuses unknown members of nodes",
    requests(({ params: { ir } }) =>
      ir?.graph?.nodes?.some((node) => "x_unknown" in node) ? { error: { code: 1003, message: "unknown" } } : undefined,
    ),
  ),
  broken("REP-RUN-07", "an unknown kind is an invalid flow", recoded(1002, 1003)),
  broken(
    "REP-RUN-08",
    "an ir without graph is an internal error",
    requests(({ method, params: { ir } }) =>
      method === START && ir?.graph === undefined ? { error: { code: -32603, message: "undefined" } } : undefined,
    ),
  ),
  broken(
    "REP-RUN-09",
    "it keeps the last of two nodes with one id",
    starts(({ ir }) => {
      const byId = new Map(ir?.graph?.nodes?.map((node) => [node.id, node]));
      if (ir?.graph !== undefined) ir.graph.nodes = [...byId.values()];
    }),
  ),
  broken(
    "REP-RUN-10",
    "it drops edges to nowhere",
    starts(({ ir }) => {
      if (ir?.graph !== undefined) ir.graph.edges = ir.graph.edges.filter(({ to }) => to !== "nowhere");
    }),
  ),
  broken(
    "REP-RUN-11",
    "it drops edges that lead back",
    starts(({ ir }) => {
      if (ir?.graph !== undefined)
        ir.graph.edges = ir.graph.edges.filter(({ from, to }) => !(from === "c" && to === "b"));
    }),
  ),
  broken(
    "REP-RUN-12",
    "it takes a list as inputs",
    starts((params) => {
      if (Array.isArray(params.inputs)) params.inputs = {};
    }),
  ),
  broken(
    "REP-RUN-13",
    "it loses what is beyond the first 65,536 code points",
    texts((text) => text.replaceAll("🜁", "?")),
  ),
  broken(
    "REP-RUN-14",
    "its integers are doubles",
    texts((text) => text.replaceAll("9007199254740993", "9007199254740992")),
  ),
  broken(
    "REP-RUN-15",
    "it cuts mappings below a depth",
    outputs((out) => {
      if (isObject(out.v ?? null)) out.v = { k15: null };
    }),
  ),
  broken(
    "REP-RUN-16",
    "01 is a number",
    outputs((out) => {
      if ("zero_one" in out) out.zero_one = 1;
    }),
  ),
  broken(
    "REP-RUN-16",
    "a step without result is no mapping",
    outputs((out) => {
      if ("none" in out) out.none = "$step.none.x";
    }),
  ),
  broken(
    "REP-RUN-17",
    "it does not interpolate",
    outputs((out) => {
      if (out.v === "a text b") out.v = "a ${input.s} b";
    }),
  ),
];
