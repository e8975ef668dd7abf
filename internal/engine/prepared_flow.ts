import {
  compileTemplate,
  FlowGraph,
  type FlowIr,
  type FlowNode,
  isControlKind,
  type JsonObject,
  type SwitchRule,
  switchRule,
  type Template,
} from "../flow/mod.ts";

/** A node made ready to run. */
export interface PreparedNode {
  readonly node: FlowNode;
  readonly isControl: boolean;
  readonly args: Template;
  /** Of a switch. */
  readonly rule: SwitchRule | undefined;
}

/** A flow made ready for any number of runs. */
export interface PreparedFlow {
  readonly graph: FlowGraph;
  readonly nodes: readonly PreparedNode[];
}

const PREPARED = new WeakMap<FlowIr, PreparedFlow>();

/** Makes a valid IR ready, once. */
export function prepareFlow(ir: FlowIr): PreparedFlow {
  const known = PREPARED.get(ir);
  if (known !== undefined) return known;
  const graph = new FlowGraph(ir.graph);
  const nodes = graph.nodes.map((node) => ({
    node,
    isControl: isControlKind(node.type),
    args: compileTemplate(node.with as JsonObject),
    rule: node.type === "switch" ? switchRule(node) : undefined,
  }));
  const prepared = { graph, nodes };
  PREPARED.set(ir, prepared);
  return prepared;
}
