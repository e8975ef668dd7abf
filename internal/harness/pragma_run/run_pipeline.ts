import type { PipelineGraph } from "../../ami/mod.ts";
import type { Registry } from "../../kvstore/mod.ts";
import { type Hop, type IoFiles, LastHops, PipelineRun, type RunInput } from "../../pipeline/mod.ts";
import type { VirtualWorld } from "../../world/mod.ts";
import type { Arrival, KvAction } from "./events_in.ts";
import { identityGraph } from "./identity_graph.ts";
import { type EventRun, runIdentity } from "./identity_run.ts";

/** Turns of the executor's loop between two looks at the time: few, because one turn of a heavy worker takes milliseconds. */
const TURNS = 256;

/** What a case's pipeline left, and the last things that happened in it. */
export interface PipelineOutcome extends EventRun {
  /** hop.v1 records, made when they are asked for, because most cases pass. */
  readonly lastHops: () => readonly Hop[];
}

/** How a case's events are run. */
export interface PipelineCase {
  /** Undefined: the pipeline is declared nowhere, so what goes in comes out. */
  readonly graph: PipelineGraph | undefined;
  /** The pipeline that the case names; empty if it names none. */
  readonly name: string;
  readonly world: VirtualWorld;
  readonly stores: Registry;
  readonly arrivals: readonly Arrival[];
  /** Virtual milliseconds; 0: no limit. */
  readonly limitMs: number;
  readonly strict: boolean;
  readonly files: (folder: string) => IoFiles;
  /** Acts for the tester when an event with kv meta keys enters. */
  readonly onKv: (action: KvAction) => void;
}

/** Runs a pipeline to its end in virtual time, yielding now and then, so that long runs do not keep signals waiting. */
export function* runPipeline(how: PipelineCase): Generator<undefined, PipelineOutcome> {
  const { graph, name, arrivals, world, limitMs } = how;
  if (graph !== undefined) return yield* simulate(graph, how);
  // An envelope that names a step is the executor's business: it knows which there are.
  if (arrivals.some(({ ingress }) => ingress !== undefined)) return yield* simulate(identityGraph(name), how);
  return { ...runIdentity(world.clock, name, arrivals, limitMs, how.onKv), lastHops: () => [] };
}

function* simulate(graph: PipelineGraph, how: PipelineCase): Generator<undefined, PipelineOutcome> {
  const { world, stores, limitMs, strict } = how;
  const hops = new LastHops();
  const input = how.arrivals.map((arrival) => inputOf(arrival, how.onKv));
  const options = { limitMs, strict, files: how.files(graph.folder), sinks: { hops } };
  const run = new PipelineRun(graph, input, { clock: world.clock, rng: world.rng, stores }, options);
  while (run.step(TURNS) === "budget") yield undefined;
  const { outputs, errors, endMs } = run.result();
  return { outputs: outputs.map(({ payload }) => payload), errors, endMs, lastHops: () => hops.records() };
}

function inputOf({ kv, ...arrival }: Arrival, onKv: (action: KvAction) => void): RunInput {
  return kv === undefined ? arrival : { ...arrival, onEntry: () => onKv(kv) };
}
