import type { PipelineGraph } from "../ami/mod.ts";
import type { Ingresses } from "./ingresses.ts";
import { type BadLine, type ReadInput, readSteps } from "./read_steps.ts";
import type { RunInput } from "./run_input.ts";
import type { RunOptions } from "./run_options.ts";
import type { Raised } from "./run_record.ts";
import { deniedMessage, firstDenied } from "./sandbox.ts";

/** What a run starts with. */
export interface Prepared {
  readonly known: readonly RunInput[];
  /** The node that each of them comes to, by its number in the graph. */
  readonly sources: Int32Array;
  /** Events for an ingress that does not exist; a real run records them and goes on. */
  readonly strays: readonly RunInput[];
  /** Lines of io.Read that are no events. */
  readonly bad: readonly BadLine[];
}

/** Why a run does not start: its only record. */
export interface Refusal {
  readonly refused: Raised;
  /** A capability is missing: the run has no statistics either (pipelines §12). */
  readonly denied: boolean;
}

/** Looks, before the first event, at what the run needs and what it is given (pipelines §5, §10, §12). */
export function prepareRun(
  graph: PipelineGraph,
  input: readonly RunInput[],
  ingresses: Ingresses,
  options: RunOptions,
): Prepared | Refusal {
  const denied = firstDenied(graph, options.sandbox ?? {});
  if (denied !== undefined) {
    const message = deniedMessage(denied.capability);
    return { refused: { code: "E_SANDBOX_DENIED", message, node: { label: denied.node } }, denied: true };
  }
  const read = readSteps(graph, options.files);
  if ("fault" in read) {
    const { code, message } = read.fault;
    return { refused: { code, message, node: { label: read.node } }, denied: code === "E_SANDBOX_DENIED" };
  }
  const entering = entrances(input, ingresses);
  const [stray] = entering.strays;
  if (stray !== undefined && options.live !== true) {
    const data = stray.ingress === undefined ? {} : { ingress: stray.ingress };
    return { refused: { code: "E_INGRESS_UNKNOWN", message: ingresses.unknown(stray.ingress), data }, denied: false };
  }
  const count = entering.known.length + read.inputs.length;
  const endless = count > 0 || options.live === true ? undefined : endlessTimer(graph, options);
  if (endless !== undefined) {
    const message = `Timer ${endless} ticks without end and no event comes: give it a count, or the run an input`;
    return { refused: { code: "E_TIMER_UNBOUNDED", message, node: { label: endless } }, denied: false };
  }
  return { ...withRead(entering, read.inputs), bad: read.bad };
}

type Entering = Omit<Prepared, "bad">;

/** Finds the ingress of every event. */
function entrances(input: readonly RunInput[], ingresses: Ingresses): Entering {
  const sources = new Int32Array(input.length);
  const strays: RunInput[] = [];
  for (let at = 0; at < input.length; at += 1) {
    const event = input[at];
    const source = event === undefined ? undefined : ingresses.find(event.ingress);
    if (source !== undefined) sources[at] = source;
    else if (event !== undefined) strays.push(event);
  }
  if (strays.length === 0) return { known: input, sources, strays };
  const known = input.filter((event) => ingresses.find(event.ingress) !== undefined);
  return { known, sources: Int32Array.from(known, (event) => ingresses.find(event.ingress) ?? 0), strays };
}

/** What io.Read gives comes after the input at the same instant (pipelines §7). */
function withRead({ known, sources, strays }: Entering, read: readonly ReadInput[]): Entering {
  if (read.length === 0) return { known, sources, strays };
  const all = new Int32Array(known.length + read.length);
  all.set(sources);
  for (const [index, { source }] of read.entries()) all[known.length + index] = source;
  return { known: [...known, ...read.map(({ input }) => input)], sources: all, strays };
}

function endlessTimer(graph: PipelineGraph, options: RunOptions): string | undefined {
  return graph.nodes.find(({ kind, timer }) => kind === "timer" && (options.timerCount ?? timer?.count ?? 0) === 0)
    ?.label;
}
