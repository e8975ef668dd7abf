import * as v from "valibot";
import { didYouMean } from "../diag/mod.ts";
import { isObject } from "../value/mod.ts";
import { findCycle } from "./find_cycle.ts";
import { FlowGraph } from "./flow_graph.ts";
import { type FlowIr, FlowIrSchema, type FlowNode } from "./flow_ir.ts";
import { type JsonPath, type Problem, pointer, shownValue } from "./problem.ts";
import { schemaProblems } from "./schema_problems.ts";
import { parseKeyFrom } from "./switch_rule.ts";
import { unreachableNodes } from "./unreachable.ts";

/** What came of holding a document to flows §9. */
export interface CheckedIr {
  /** Undefined where any problem is an error. */
  readonly ir: FlowIr | undefined;
  /** All of them, errors and warnings. */
  readonly problems: readonly Problem[];
}

/** The code of an IR whose version is one, but not ours: REP error 1001, exit 3 (flows §9). */
export const VERSION_REFUSED = "E_IR_VERSION";

/**
 * Holds a JSON value to Flow IR 1.0.0: its schema, then the rules beyond it. A version that is refused is the only problem of its
 * document: the rest is not ours to judge.
 */
export function checkIr(value: unknown): CheckedIr {
  const refused = refusedVersion(value);
  if (refused !== undefined) return { ir: undefined, problems: [refused] };
  const parsed = v.safeParse(FlowIrSchema, value);
  if (!parsed.success) return { ir: undefined, problems: schemaProblems("E_IR_SCHEMA", parsed.issues) };
  // The value itself: valibot's copy has lost keys such as `constructor`.
  const ir = value as FlowIr;
  const problems = new IrRules(ir).problems;
  return { ir: problems.some(({ level }) => level === "error") ? undefined : ir, problems };
}

function refusedVersion(value: unknown): Problem | undefined {
  const version = typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  if (typeof version !== "string" || !/^\d+\.\d+\.\d+$/.test(version) || /^1\.0\.\d+$/.test(version)) return undefined;
  return {
    code: VERSION_REFUSED,
    level: "error",
    path: ["version"],
    message: `the flow is of IR version ${version}; plumb runs 1.0.x`,
    help: "compile it again with this plumb",
  };
}

/** The rules beyond the schema, each with its code. */
class IrRules {
  readonly problems: Problem[] = [];
  readonly #ir: FlowIr;
  readonly #graph: FlowGraph;

  constructor(ir: FlowIr) {
    this.#ir = ir;
    this.#graph = new FlowGraph(ir.graph);
    this.#duplicates();
    this.#edges();
    for (const [number, node] of ir.graph.nodes.entries()) if (node.type === "switch") this.#switch(node, number);
    this.#shape();
  }

  #add(code: string, path: JsonPath, message: string, help?: string): void {
    this.problems.push({
      code,
      level: code.startsWith("W_") ? "warn" : "error",
      path,
      message: `${pointer(path)}: ${message}`,
      help,
    });
  }

  #duplicates(): void {
    for (const [number, { id }] of this.#ir.graph.nodes.entries()) {
      const first = this.#graph.number(id);
      if (first !== undefined && first < number)
        this.#add(
          "E_IR_DUPLICATE_NODE",
          ["graph", "nodes", number, "id"],
          `node ${id} is there already, as number ${first}`,
        );
    }
  }

  #edges(): void {
    const ids = this.#ir.graph.nodes.map(({ id }) => id);
    for (const [number, edge] of this.#ir.graph.edges.entries()) {
      for (const end of ["from", "to"] as const) {
        if (this.#graph.number(edge[end]) !== undefined) continue;
        const message = `there is no node ${edge[end]}`;
        this.#add("E_IR_DANGLING_EDGE", ["graph", "edges", number, end], message, didYouMean(edge[end], ids));
      }
      const from = this.#graph.nodes[this.#graph.number(edge.from) ?? -1];
      if (edge.case !== undefined && from !== undefined && from.type !== "switch") {
        const message = `only an edge that leaves a switch has a case; ${from.id} is ${from.type}`;
        this.#add("E_IR_SWITCH", ["graph", "edges", number, "case"], message);
      }
    }
  }

  #switch(node: FlowNode, number: number): void {
    const path = ["graph", "nodes", number, "with"] as const;
    const { key_from, cases, default: fallback } = node.with;
    if (parseKeyFrom(key_from) === undefined) {
      const message = `expected $.inputs.PATH or $.vars.STEP.PATH, found ${shownValue(key_from)}`;
      this.#add("E_IR_SWITCH", [...path, "key_from"], message);
    }
    if (fallback !== undefined && typeof fallback !== "string")
      this.#add("E_IR_SWITCH", [...path, "default"], `expected a case, found ${shownValue(fallback)}`);
    if (cases === undefined || !isObject(cases)) {
      this.#add("E_IR_SWITCH", [...path, "cases"], `expected an object, found ${shownValue(cases)}`);
      return;
    }
    const leaving = this.#graph.leaving[number] ?? [];
    const targets = new Set(leaving.map(({ to }) => this.#graph.nodes[to]?.id));
    for (const [literal, id] of Object.entries(cases)) {
      if (typeof id === "string" && targets.has(id)) continue;
      const isNode = typeof id === "string" && this.#graph.number(id) !== undefined;
      const message = isNode
        ? `no edge leads from ${node.id} to ${id}`
        : `expected the id of a node that an edge from ${node.id} leads to, found ${shownValue(id)}`;
      const help =
        typeof id === "string" && !isNode
          ? didYouMean(
              id,
              [...targets].flatMap((to) => to ?? []),
            )
          : undefined;
      this.#add("E_IR_SWITCH", [...path, "cases", literal], message, help);
    }
  }

  /** What can be said of a graph whose nodes and edges fit together. */
  #shape(): void {
    const graph = this.#graph;
    const entries = graph.entering.flatMap((edges, node) => (edges.length === 0 ? [node] : []));
    const idOf = (node: number) => graph.nodes[node]?.id ?? "";
    const cycle = findCycle(graph);
    if (cycle !== undefined) {
      const ids = [...cycle, ...cycle.slice(0, 1)].map(idOf);
      const shown = ids.length > 12 ? [...ids.slice(0, 6), "…", ...ids.slice(-5)] : ids;
      this.#add("E_IR_CYCLE", ["graph", "nodes", cycle[0] ?? 0], `the graph has a cycle: ${shown.join(" -> ")}`);
    }
    const broken = this.problems.some(({ code }) => code === "E_IR_DANGLING_EDGE" || code === "E_IR_DUPLICATE_NODE");
    // An edge that dangles may be what a second entry lacks.
    if (broken) return;
    if (entries.length === 0)
      this.#add("E_IR_ENTRY", ["graph"], "no node is without incoming edges, so none can be first");
    for (const node of entries.slice(1)) {
      const message = `${idOf(node)} has no incoming edges, as ${idOf(entries[0] ?? 0)} has none; a flow has one entry`;
      this.#add("E_IR_ENTRY", ["graph", "nodes", node], message);
    }
    if (cycle !== undefined || entries.length !== 1) return;
    for (const node of unreachableNodes(graph)) {
      const message = `${idOf(node)} can never run: it stands behind cases that its switch does not have`;
      this.#add("W_IR_UNREACHABLE", ["graph", "nodes", node], message);
    }
  }
}
