import { Findings } from "../syntax/mod.ts";
import { checkEdges } from "./edge_checks.ts";
import type { PipelineGraph } from "./graph.ts";
import type { GraphStep } from "./step_instance.ts";
import { checkWholeGraph } from "./whole_graph.ts";

/** Where nothing stands: a graph that was built has no source. */
const NOWHERE = { start: 0, end: 0 };

/**
 * What is wrong with a graph that was not read from a source (the rows of pipelines §2 about edges and whole graphs), by code.
 * A graph without errors can run.
 */
export function checkGraph({ nodes, edges }: Pick<PipelineGraph, "nodes" | "edges">): readonly {
  readonly code: string;
  readonly message: string;
}[] {
  const findings = new Findings();
  const steps = nodes.map(({ name, id, kind }, index): GraphStep => ({ index, name, id, kind, at: NOWHERE }));
  const wires = edges.flatMap((edge) => {
    const [from, to] = [steps[edge.from], steps[edge.to]];
    return from === undefined || to === undefined ? [] : [{ from, to, at: NOWHERE }];
  });
  checkEdges(wires, steps, () => undefined, findings);
  if (!findings.hasErrors) checkWholeGraph({ keyword: NOWHERE, isError: false, steps, edges }, findings);
  return findings.list.map(({ code, message }) => ({ code, message }));
}
