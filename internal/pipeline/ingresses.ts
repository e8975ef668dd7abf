import type { PipelineGraph } from "../ami/mod.ts";
import { didYouMean } from "../diag/mod.ts";

/** The steps that external events enter, by name (pipelines §3, §5). */
export class Ingresses {
  readonly #byName = new Map<string, number>();
  readonly #first: number | undefined;

  constructor(graph: PipelineGraph) {
    for (const [index, { kind, label }] of graph.nodes.entries()) {
      if (kind === "ingress") this.#byName.set(label, index);
    }
    this.#first = this.#byName.values().next().value;
  }

  /** The number in the graph of the ingress that an event names, or of the first; undefined: there is none. */
  find(name: string | undefined): number | undefined {
    return name === undefined ? this.#first : this.#byName.get(name);
  }

  /** The sentence of `E_INGRESS_UNKNOWN`. */
  unknown(name: string | undefined): string {
    if (this.#first === undefined) return "the pipeline has no ingress that an event could enter";
    const names = [...this.#byName.keys()];
    const guess = name === undefined ? undefined : didYouMean(name, names);
    const hint = guess === undefined ? `the pipeline has ${names.join(", ")}` : `did you mean ${guess}?`;
    return `unknown ingress ${JSON.stringify(name)}; ${hint}`;
  }
}
