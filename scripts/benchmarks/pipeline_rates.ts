import {
  type GraphEdge,
  type GraphNode,
  memoryFiles,
  PackageLoader,
  type PipelineGraph,
} from "../../internal/ami/mod.ts";
import { Registry } from "../../internal/kvstore/mod.ts";
import { Merge, PipelineRun } from "../../internal/pipeline/mod.ts";
import { DeterministicClock, seededRng, wall } from "../../internal/world/mod.ts";
import { atLeast, atMost, type Measured } from "./measured.ts";

const EVENTS = 1_000_000;
/** The first rounds compile; the fastest of the rest is what the code can do, since everything else only disturbs. */
const ROUNDS = 6;

const SOURCE = `package bench
func inc(ev Event<any>) (any, error) {
  ev.payload.k = ev.payload.k + 1
  return ev, nil
}
pipeline P { ingress.inc.Collect(merge.Sort("k"), merge.Window(100)).egress }
`;

/** Events a second through the executor and the merge in memory, and what a node costs (issue 3). */
export function pipelineRates(): readonly Measured[] {
  const four = nsPerNode(4);
  return [
    atLeast("ingress → worker → Collect(sort, window) → egress", eventsPerSecond(compiled()), 2_000_000),
    atLeast("merge of 8 inputs with watermarks", mergedPerSecond(), 3_000_000),
    atMost("cost a node and event, 64 nodes against 4", nsPerNode(64) / four, 1.3, `${four.toFixed(0)} ns`),
  ];
}

function compiled(): PipelineGraph {
  const modules = { exports: () => [], worker: () => () => null };
  const files = memoryFiles({ "/bench.ami": SOURCE });
  const graph = new PackageLoader({ nameOf: (path) => path, modules, files }).load("/bench.ami").pipelines.get("P");
  if (graph === undefined) throw new Error("the benchmark's pipeline does not compile");
  return graph;
}

function eventsPerSecond(graph: PipelineGraph): number {
  return EVENTS / fastest(() => runOnce(graph, EVENTS));
}

/** Nanoseconds of one event in one node of a chain. */
function nsPerNode(nodes: number): number {
  const events = Math.floor(EVENTS / nodes) * 4;
  return (fastest(() => runOnce(chain(nodes), events)) * 1e9) / (events * nodes);
}

function chain(length: number): PipelineGraph {
  const kinds: GraphNode["kind"][] = Array.from({ length }, (_, i) =>
    i === 0 ? "ingress" : i === length - 1 ? "egress" : "transform",
  );
  const nodes = kinds.map(
    (kind, i): GraphNode => ({ name: `n${i}`, id: 1, label: `n${i}`, kind, delayMs: 0, workers: 1 }),
  );
  const edges = nodes
    .slice(1)
    .map((_, i): GraphEdge => ({ from: i, to: i + 1, queue: "FIFO", maxCapacity: 1024, policy: "block" }));
  return {
    package: "bench",
    unit: "bench",
    folder: "/",
    name: "P",
    nodes,
    edges,
    schedule: "fifo",
    granted: new Set(),
  };
}

function runOnce(graph: PipelineGraph, events: number): void {
  const clock = new DeterministicClock();
  const world = { clock, rng: seededRng(1), stores: new Registry(clock) };
  let left = 0;
  const output = (): void => {
    left += 1;
  };
  const input = Array.from({ length: events }, (_, i) => ({ at: i >> 6, payload: { k: (i * 7919) % 1000 } }));
  const run = new PipelineRun(graph, input, world, { sinks: { output } });
  run.step(Number.MAX_SAFE_INTEGER);
  if (left !== events) throw new Error(`${left} of ${events} events left`);
}

function mergedPerSecond(): number {
  const inputs = 8;
  const items = Array.from({ length: EVENTS }, (_, i) => ({ payload: { ts: i >> 3, n: i } }));
  const seconds = fastest(() => {
    const plan = { sort: [{ field: "ts", order: "asc" as const }], watermark: { field: "ts", latenessMs: 100 } };
    const merge = new Merge<(typeof items)[number]>(plan, inputs, () => undefined);
    const out: (typeof items)[number][] = [];
    let left = 0;
    for (const [i, item] of items.entries()) {
      merge.arrive(i & 7, item, i >> 3, out);
      left += out.length;
      out.length = 0;
    }
    for (let input = 0; input < inputs; input += 1) merge.end(input, out);
    if (left + out.length !== EVENTS) throw new Error("the merge lost events");
  });
  return EVENTS / seconds;
}

/** Seconds of the fastest round. */
function fastest(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = wall.monotonicMs();
    work();
    best = Math.min(best, (wall.monotonicMs() - start) / 1000);
  }
  return best;
}
