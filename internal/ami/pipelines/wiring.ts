import type { Span } from "../syntax/mod.ts";
import type { GraphStep, StepInstance } from "./step_instance.ts";
import type { Mention } from "./step_mentions.ts";

/** An edge as it is written; findings about it stand at its right-hand step. */
export interface Wire {
  readonly from: GraphStep;
  readonly to: GraphStep;
  readonly at: Span;
}

/**
 * The edges of a body in source order, without those to or from a step that could not be told. Both connectors connect the
 * step on their left to the one on their right; a body without any is wired in the order of its steps (pipelines §2).
 */
export function wiresOf(
  chains: readonly (readonly Mention[])[],
  instanceOf: ReadonlyMap<Mention, StepInstance>,
): readonly Wire[] {
  const connected = chains.some((chain) => chain.length > 1);
  const wires: Wire[] = [];
  for (const chain of connected ? chains : [chains.flat()]) {
    let from: StepInstance | undefined;
    for (const mention of chain) {
      const to = instanceOf.get(mention);
      if (from !== undefined && to !== undefined) wires.push({ from, to, at: mention.word });
      from = to;
    }
  }
  return wires;
}
