import fc from "fast-check";
import {
  type EdgePolicy,
  type MergePlan,
  type NodeKind,
  type PipelineGraph,
  SILENCE,
  WorkerFault,
  type WorkerFn,
} from "../ami/mod.ts";
import { isObject } from "../value/mod.ts";
import { payload, plan } from "./merge_arbitraries.ts";
import type { RunInput } from "./run_input.ts";
import { type SampleStep, sampleGraph } from "./sample_graph.ts";

// Test-only: small pipelines in which everything collides: few instants, tiny queues, every kind, policy and schedule.

/** Workers that keep events, change them, end them, fail, and count in their state; what they do hangs on the event. */
const WORKERS: readonly WorkerFn[] = [
  (event) => event.payload,
  (event) => (isObject(event.payload) ? { ...event.payload, k: event.time } : [event.payload]),
  (event) => (event.id.endsWith("2") ? SILENCE : event.payload),
  (event) => (/[135]$/.test(event.id) ? new WorkerFault("E_ODD", "odd") : event.payload),
  (event, { state, now }) => {
    const seen = state.get("n") ?? 0;
    state.put("n", Number(seen) + 1);
    return event.id.endsWith("1") ? new WorkerFault("E_ONE", "one") : { seen, now: now(), ts: event.time };
  },
  (event, { rng }) => ({ drawn: rng.int(4), ts: event.time }),
];

const POLICIES: readonly EdgePolicy[] = ["block", "dropOldest", "dropNewest", "shuntOldest", "shuntNewest"];

/** How the steps of a pipeline are. */
interface Steps {
  readonly delay: fc.Arbitrary<number>;
  readonly max: fc.Arbitrary<number>;
  readonly workers: fc.Arbitrary<number>;
  readonly plan: fc.Arbitrary<MergePlan>;
  readonly policy: fc.Arbitrary<EdgePolicy>;
}

const ANY_STEPS: Steps = {
  delay: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 7 })),
  max: fc.constantFrom(1, 1, 2, 3, 1024),
  workers: fc.constantFrom(1, 1, 2, 3),
  plan: fc.oneof({ weight: 3, arbitrary: plan }, fc.constant({})),
  policy: fc.constantFrom(...POLICIES),
};

/** Queues that are full most of the time, and batches that come upon them. */
const CONGESTED: Steps = {
  delay: fc.integer({ min: 0, max: 3 }),
  max: fc.constantFrom(1, 1, 2),
  workers: fc.integer({ min: 1, max: 3 }),
  plan: fc.constantFrom<MergePlan[]>(
    {},
    { window: 2 },
    { window: 4 },
    { timeoutMs: 2 },
    { sort: [{ field: "k", order: "asc" }] },
  ),
  policy: fc.oneof({ weight: 8, arbitrary: fc.constant("block" as const) }, fc.constantFrom(...POLICIES)),
};

function step(kind: NodeKind, steps: Steps): fc.Arbitrary<SampleStep> {
  const isSource = kind === "ingress" || kind === "timer";
  return fc
    .record({
      delay: isSource ? fc.constant(0) : steps.delay,
      workers: kind === "transform" ? steps.workers : fc.constant(1),
      worker: fc.option(fc.constantFrom(...WORKERS)),
      plan: steps.plan,
      max: steps.max,
      policy: steps.policy,
      lifo: fc.boolean(),
      timer: fc.record({ intervalMs: fc.integer({ min: 1, max: 9 }), count: fc.integer({ min: 0, max: 4 }) }),
    })
    .map(({ worker, plan: merge, timer, ...rest }) => ({
      kind,
      ...rest,
      ...(kind === "transform" && worker !== null ? { run: worker } : {}),
      ...(kind === "collect" ? { plan: merge } : {}),
      ...(kind === "timer" ? { timer } : {}),
    }));
}

const INNER: readonly NodeKind[] = ["transform", "transform", "transform", "fanout", "collect", "collect"];

/** `sources` first, one to five steps between, an egress; every step is reached and reaches the egress. */
function graph(sources: readonly NodeKind[], manner: Steps): fc.Arbitrary<PipelineGraph> {
  return fc
    .array(fc.constantFrom(...INNER), { minLength: sources.length === 0 ? 1 : 0, maxLength: 5 })
    .chain((inner) => {
      const kinds: readonly NodeKind[] = [...sources, ...inner, "egress"];
      return fc.record({
        kinds: fc.constant(kinds),
        steps: fc.tuple(...kinds.map((kind) => step(kind, manner))),
        // Which of the pairs of steps are connected, besides those that must be.
        extra: fc.array(fc.nat(), { maxLength: 6 }),
        into: fc.array(fc.nat(), { minLength: kinds.length, maxLength: kinds.length }),
        out: fc.array(fc.nat(), { minLength: kinds.length, maxLength: kinds.length }),
        schedule: fc.constantFrom("fifo" as const, "lifo" as const, "fair" as const),
      });
    })
    .map(({ kinds, steps, extra, into, out, schedule }) => {
      const labels = kinds.map((kind, index) => `${kind}${index}`);
      const last = kinds.length - 1;
      const chains = new Set<string>();
      const connect = (from: number, to: number) => {
        if (from < to && from < last && to >= sources.length) chains.add(`${labels[from]} -> ${labels[to]}`);
      };
      for (let at = Math.max(1, sources.length); at <= last; at += 1) connect((into[at] ?? 0) % at, at);
      for (let at = 0; at < last; at += 1) {
        const first = Math.max(at + 1, sources.length);
        connect(at, first + ((out[at] ?? 0) % (last - first + 1)));
      }
      for (const pair of extra) connect(pair % kinds.length, Math.floor(pair / kinds.length) % kinds.length);
      // An ingress may feed a Timer, which lets nothing pass.
      if (kinds[0] === "ingress" && (extra[0] ?? 1) % 4 === 0) {
        for (const [at, kind] of kinds.entries()) if (kind === "timer") chains.add(`${labels[0]} -> ${labels[at]}`);
      }
      const byLabel = Object.fromEntries(labels.map((label, index) => [label, steps[index] ?? {}]));
      return sampleGraph([...chains], byLabel, { schedule, granted: new Set(["device"]) });
    });
}

/** A pipeline with one or two ingresses, perhaps a Timer, perhaps an error pipeline. */
export const pipeline: fc.Arbitrary<PipelineGraph> = fc
  .record({
    main: fc
      .constantFrom<(readonly NodeKind[])[]>(["ingress"], ["ingress", "ingress"], ["ingress", "timer"])
      .chain((sources) => graph(sources, ANY_STEPS)),
    error: fc.option(graph([], ANY_STEPS)),
  })
  .map(({ main, error }) => (error === null ? main : { ...main, error: { ...error, schedule: main.schedule } }));

/** A pipeline without Timers and error pipelines that never discards: every policy is block and every merge passes on. */
export const blockingPipeline: fc.Arbitrary<PipelineGraph> = graph(["ingress"], {
  ...CONGESTED,
  plan,
  policy: fc.constant("block"),
}).map((main) => ({
  ...main,
  nodes: main.nodes.map(({ worker: _, ...node }) =>
    node.plan === undefined ? node : { ...node, plan: lossless(node.plan) },
  ),
}));

/** A pipeline in which much waits for room. */
export const congestedPipeline: fc.Arbitrary<PipelineGraph> = graph(["ingress"], CONGESTED);

function lossless({ dedup: _, latePolicy: __, buffer, ...rest }: NonNullable<PipelineGraph["nodes"][number]["plan"]>) {
  const kept = { ...rest, latePolicy: "accept" as const };
  return buffer === undefined ? kept : { ...kept, buffer: { ...buffer, policy: "block" as const } };
}

/** A pipeline with one ingress, whose end is the end of all that comes from outside. */
export const liveablePipeline: fc.Arbitrary<PipelineGraph> = fc
  .record({ main: graph(["ingress"], ANY_STEPS), error: fc.option(graph([], ANY_STEPS)) })
  .map(({ main, error }) => (error === null ? main : { ...main, error: { ...error, schedule: main.schedule } }));

/** Events for the pipelines above, at instants up to `lastMs`; the second ingress, where there is one, is named. */
export function inputsOf(graph: PipelineGraph, lastMs = 25): fc.Arbitrary<RunInput[]> {
  const names = graph.nodes.filter(({ kind }) => kind === "ingress").map(({ label }) => label);
  return fc.array(
    fc
      .record(
        {
          at: fc.integer({ min: 0, max: lastMs }),
          payload,
          ingress: fc.constantFrom(...names),
          errorCode: fc.constant("E_SIMULATED"),
        },
        { requiredKeys: ["at", "payload"] },
      )
      .map((input) =>
        input.errorCode !== undefined && input.at % 5 !== 0 ? { at: input.at, payload: input.payload } : input,
      ),
    { maxLength: 25 },
  );
}
