import { type GraphEdge, type GraphNode, type PipelineGraph, SILENCE, WorkerFault, type WorkerFn } from "../ami/mod.ts";
import { virtualTimestamp } from "../diag/mod.ts";
import type { Json } from "../value/mod.ts";
import type { Rng } from "../world/mod.ts";
import { Merge } from "./merge.ts";
import type { RunInput } from "./run_input.ts";
import type { RunOptions, RunWorld } from "./run_options.ts";

// Test-only: the pseudo-code of pipelines §7 word for word, with arrays and linear searches, and no thought of speed. The
// merge itself is not repeated here: it has its own reference.

interface Ev {
  readonly id: string;
  readonly time: number;
  readonly payload: Json;
}

interface Server {
  busy: boolean;
  item: [event: Ev, input: number] | undefined;
  outbox: { event: Ev; k: number }[];
}

interface RefNode {
  readonly label: string;
  readonly step: GraphNode;
  readonly source: "ingress" | "timer" | "error" | undefined;
  readonly inError: boolean;
  readonly ins: RefEdge[];
  readonly outs: RefEdge[];
  readonly servers: Server[];
  readonly inbox: Ev[];
  readonly counts: Record<string, number>;
  merge: Merge<Ev> | undefined;
  minted: number;
  numbers: number;
  lastServed: number;
  coming: number;
  exhausted: boolean;
  ended: boolean;
  readonly endedInputs: Set<number>;
  readonly rng: Rng;
}

interface RefEdge {
  readonly from: RefNode;
  readonly to: RefNode;
  readonly spec: GraphEdge;
  queue: { number: number; event: Ev }[];
  readonly waiters: [RefNode, Server][];
}

export interface ReferenceResult {
  readonly outputs: { id: string; payload: Json; at: number }[];
  readonly errorOutputs: { id: string; payload: Json; at: number }[];
  /** `<code> <at> <node> <event id>` */
  readonly errors: string[];
  readonly counts: Record<string, Record<string, number>>;
  /** `<at> <node> <op> <event id> <edge> <reason>` */
  readonly hops: string[];
  readonly endMs: number;
}

export function referenceRun(
  graph: PipelineGraph,
  inputs: readonly RunInput[],
  world: RunWorld,
  options: RunOptions = {},
): ReferenceResult {
  const outputs: ReferenceResult["outputs"] = [];
  const errorOutputs: ReferenceResult["errorOutputs"] = [];
  const errors: string[] = [];
  const hops: string[] = [];
  const lost: Ev[] = [];
  let now = 0;
  let inserted = 0;
  const agenda: { time: number; priority: number; n: number; run: () => void }[] = [];
  const insert = (time: number, priority: number, run: () => void) => {
    agenda.push({ time, priority, n: inserted++, run });
  };
  const hop = (node: RefNode, op: string, event?: Ev, edge?: RefEdge, reason?: string) => {
    const id = edge === undefined ? undefined : `${edge.from.label}->${edge.to.label}`;
    hops.push([now, node.label, op, event?.id, id, reason].join(" "));
  };
  const count = (node: RefNode, key: string) => {
    node.counts[key] = (node.counts[key] ?? 0) + 1;
  };

  const makeNode = (step: GraphNode, label: string, inError: boolean, source: RefNode["source"]): RefNode => ({
    label,
    step,
    source,
    inError,
    ins: [],
    outs: [],
    servers: Array.from({ length: step.workers }, () => ({ busy: false, item: undefined, outbox: [] })),
    inbox: [],
    counts: {},
    merge: undefined,
    minted: 0,
    numbers: 0,
    lastServed: -1,
    coming: 0,
    exhausted: false,
    ended: false,
    endedInputs: new Set(),
    rng: world.rng.split(`${graph.name}/${label}`),
  });
  const sourceOf = (step: GraphNode) => (step.kind === "ingress" || step.kind === "timer" ? step.kind : undefined);
  const connect = (nodes: RefNode[], specs: readonly GraphEdge[]) => {
    for (const spec of specs) {
      const from = nodes[spec.from];
      const to = nodes[spec.to];
      if (from === undefined || to === undefined) throw new Error("edge of nothing");
      const edge: RefEdge = { from, to, spec, queue: [], waiters: [] };
      from.outs.push(edge);
      to.ins.push(edge);
    }
  };
  const main = graph.nodes.map((step) => makeNode(step, step.label, false, sourceOf(step)));
  connect(main, graph.edges);
  const blank: GraphNode = { name: "error", id: 1, label: "error", kind: "fanout", delayMs: 0, workers: 1 };
  const errorSource = graph.error === undefined ? undefined : makeNode(blank, "error", true, "error");
  const inner = (graph.error?.nodes ?? []).map((step) => makeNode(step, `error/${step.label}`, true, undefined));
  connect(inner, graph.error?.edges ?? []);
  for (const [index, node] of inner.entries()) {
    if (errorSource === undefined || node.ins.length > 0) continue;
    const spec = {
      from: -1,
      to: index,
      queue: "FIFO",
      maxCapacity: Number.POSITIVE_INFINITY,
      policy: "block",
    } as const;
    const edge: RefEdge = { from: errorSource, to: node, spec, queue: [], waiters: [] };
    errorSource.outs.push(edge);
    node.ins.push(edge);
  }
  const nodes = [...main, ...(errorSource === undefined ? [] : [errorSource]), ...inner];
  for (const node of nodes) {
    if (node.step.kind !== "collect") continue;
    node.merge = new Merge(node.step.plan ?? {}, node.ins.length, (event, reason, shunted) =>
      discard(node, event, reason, shunted),
    );
  }
  const order: RefNode[] = [];
  for (const group of [main, errorSource === undefined ? [] : [errorSource], inner]) {
    for (const _ of group) {
      const next = group.find((node) => !order.includes(node) && node.ins.every((edge) => order.includes(edge.from)));
      if (next !== undefined) order.push(next);
    }
  }

  const raise = (
    code: string,
    node: RefNode,
    event: Ev,
    message: string,
    level: string,
    more: { [key: string]: Json },
  ) => {
    errors.push(`${code} ${now} ${node.label} ${event.id}`);
    if (node.inError || errorSource === undefined) return;
    const data = { ...more, event: { id: event.id, payload: event.payload }, node: node.label, pipeline: graph.name };
    const record = { schema: "errors.v1", timestamp: virtualTimestamp(now), level, code, message, data };
    const id = `${graph.name}/error/${errorSource.minted++}`;
    arrive(errorSource, { id, time: now, payload: record }, "arrive");
  };
  const discard = (node: RefNode, event: Ev, reason: string, shunted: boolean, edge?: RefEdge) => {
    count(node, shunted ? "shunted" : "dropped");
    count(node, reason);
    lost.push(event);
    hop(node, shunted ? "shunt" : "drop", event, edge, reason);
    if (!shunted) return;
    const place = edge && { from: edge.from.label, id: `${edge.from.label}->${edge.to.label}`, to: edge.to.label };
    const more = { ...(place === undefined ? {} : { edge: place }), policy: reason };
    if (reason === "shuntOldest") raise("W_SHUNTED_OLDEST", node, event, "shunted (oldest)", "warn", more);
    else if (reason === "shuntNewest") raise("W_SHUNTED_NEWEST", node, event, "shunted (newest)", "warn", more);
    else raise("W_LATE", node, event, "late event", "warn", more);
  };

  const arrive = (x: RefNode, e: Ev, op: string) => {
    count(x, "enqueued");
    hop(x, op, e);
    x.inbox.push(e);
    poke(x);
  };
  const poke = (x: RefNode) => {
    for (const v of x.servers) {
      if (v.busy || v.outbox.length > 0) continue;
      const item = take(x);
      if (item === undefined) return;
      v.busy = true;
      v.item = item;
      hop(x, "start", item[0]);
      insert(now + x.step.delayMs, 0, () => done(x, v));
    }
  };
  const take = (x: RefNode): [Ev, number] | undefined => {
    const first = x.inbox.shift();
    if (first !== undefined) return [first, -1];
    const candidates = x.ins.flatMap((edge, index) => {
      const entry = edge.spec.queue === "LIFO" ? edge.queue.at(-1) : edge.queue[0];
      return entry === undefined ? [] : [{ edge, index, entry }];
    });
    if (graph.schedule === "fair") {
      const distance = (index: number) => (index - x.lastServed - 1 + 2 * x.ins.length) % x.ins.length;
      candidates.sort((a, b) => distance(a.index) - distance(b.index));
    } else {
      const sign = graph.schedule === "lifo" ? -1 : 1;
      candidates.sort((a, b) => sign * (a.entry.number - b.entry.number));
    }
    const [chosen] = candidates;
    if (chosen === undefined) return undefined;
    const { edge, index, entry } = chosen;
    x.lastServed = index;
    edge.queue = edge.queue.filter((other) => other !== entry);
    if (edge.waiters.length > 0) insert(now, 0, () => resume(edge));
    return [entry.event, index];
  };
  const done = (x: RefNode, v: Server) => {
    const item = v.item;
    if (item === undefined) throw new Error("done without an item");
    v.busy = false;
    hop(x, "done", item[0]);
    for (const event of process(x, ...item)) v.outbox.push({ event, k: 0 });
    offer(x, v);
  };
  const full = (edge: RefEdge) => edge.queue.length >= edge.spec.maxCapacity;
  const offer = (x: RefNode, v: Server) => {
    for (let first = v.outbox[0]; first !== undefined; first = v.outbox[0]) {
      for (; first.k < x.outs.length; first.k++) {
        const edge = x.outs[first.k];
        if (edge === undefined) throw new Error("no such out-edge");
        if (edge.spec.policy === "block" && (full(edge) || edge.waiters.length > 0)) {
          if (edge.waiters.some(([, other]) => other === v)) return;
          edge.waiters.push([x, v]);
          hop(x, "block", first.event, edge);
          return;
        }
        push(edge, { ...first.event });
      }
      v.outbox.shift();
      count(x, "emitted");
      hop(x, "emit", first.event);
    }
    poke(x);
  };
  const push = (edge: RefEdge, e: Ev) => {
    const y = edge.to;
    count(y, "enqueued");
    const { policy } = edge.spec;
    if (full(edge)) {
      const shunted = policy.startsWith("shunt");
      if (policy.endsWith("Newest")) {
        discard(y, e, policy, shunted, edge);
        return;
      }
      const lowest = edge.queue.shift();
      if (lowest !== undefined) discard(y, lowest.event, policy, shunted, edge);
    }
    hop(y, "queue", e, edge);
    edge.queue.push({ number: y.numbers++, event: e });
    poke(y);
  };
  const resume = (edge: RefEdge) => {
    const first = edge.waiters[0];
    if (first === undefined || full(edge)) return;
    edge.waiters.shift();
    const [x, v] = first;
    const entry = v.outbox[0];
    if (entry === undefined) throw new Error("a waiter without an event");
    hop(x, "resume", entry.event, edge);
    push(edge, { ...entry.event });
    entry.k += 1;
    offer(x, v);
  };
  const process = (x: RefNode, e: Ev, input: number): Ev[] => {
    switch (x.step.kind) {
      case "timer":
        if (input < 0) return [e];
        discard(x, e, "timer_input", false);
        return [];
      case "collect": {
        const out: Ev[] = [];
        const lostBefore = lost.length;
        x.merge?.arrive(input, e, now, out);
        if (!out.includes(e) && !lost.slice(lostBefore).includes(e)) hop(x, "hold", e);
        for (const event of out) hop(x, "release", event);
        return out;
      }
      case "egress":
        (x.inError ? errorOutputs : outputs).push({ id: e.id, payload: e.payload, at: now });
        count(x, "emitted");
        hop(x, "output", e);
        return [];
      case "transform":
      case "mutable":
        return work(x, e);
      default:
        return [e];
    }
  };
  const work = (x: RefNode, e: Ev): Ev[] => {
    const workers: (WorkerFn | undefined)[] = [
      ...(x.inError ? [] : [options.filter, options.transform]),
      x.step.worker?.run,
    ];
    const store = world.stores.store(`${graph.name}/${x.label}`);
    store.begin();
    let { payload } = e;
    for (const worker of workers) {
      const seen = { id: e.id, payload, time: e.time, attempt: 1, trace: null };
      const result = worker?.(seen, { now: () => now, state: store, rng: x.rng });
      if (result === undefined) continue;
      if (result === SILENCE) {
        store.commit();
        count(x, "silenced");
        hop(x, "silence", e);
        return [];
      }
      if (result instanceof WorkerFault) {
        store.rollback();
        count(x, "errored");
        hop(x, "error", e, undefined, result.code);
        raise(result.code, x, e, result.message, "error", {});
        return [];
      }
      payload = result;
    }
    store.commit();
    return [{ ...e, payload }];
  };

  const ingress = (name: string | undefined) =>
    main.find((node) => node.source === "ingress" && (name === undefined || node.label === name));
  for (const input of inputs) {
    const source = ingress(input.ingress);
    if (source === undefined) throw new Error("unknown ingress");
    source.coming += 1;
    insert(input.at, 1, () => {
      source.coming -= 1;
      const e = { id: `${graph.name}/${source.label}/${source.minted++}`, time: now, payload: input.payload };
      if (source.coming === 0) source.exhausted = true;
      if (input.errorCode === undefined) arrive(source, e, "arrive");
      else raise(input.errorCode, source, e, `simulated error ${input.errorCode}`, "error", {});
    });
  }
  for (const node of main) if (node.source === "ingress" && node.coming === 0) node.exhausted = true;
  for (const x of main) {
    if (x.source !== "timer") continue;
    const { intervalMs = 0, count: limit = 0 } = x.step.timer ?? {};
    const tick = (k: number) => () => {
      if (limit === 0 && main.every((node) => node.source !== "ingress" || node.exhausted)) {
        x.exhausted = true;
        return;
      }
      if (k === limit) x.exhausted = true;
      else insert(intervalMs * (k + 1), 2, tick(k + 1));
      const payload = { i: k - 1, ts: virtualTimestamp(now) };
      arrive(x, { id: `${graph.name}/${x.label}/${x.minted++}`, time: now, payload }, "tick");
    };
    insert(intervalMs, 2, tick(1));
  }

  const wakeOf = (merge: Merge<Ev>, call: (out: Ev[]) => void, x: RefNode) => {
    const out: Ev[] = [];
    call(out);
    for (const event of out) {
      hop(x, "release", event);
      x.servers[0]?.outbox.push({ event, k: 0 });
    }
    const [server] = x.servers;
    if (server === undefined || merge === undefined) return;
    if (!x.outs.some((edge) => edge.waiters.some(([, other]) => other === server))) offer(x, server);
  };
  const nextEnd = (): (() => void) | undefined => {
    if (errorSource !== undefined && main.every((node) => node.ended)) errorSource.exhausted = true;
    for (const x of order) {
      if (x.ended) continue;
      if (x.merge !== undefined && x.servers[0]?.busy === false) {
        for (const [index, edge] of x.ins.entries()) {
          if (x.endedInputs.has(index) || !edge.from.ended || edge.queue.length > 0) continue;
          return () => {
            x.endedInputs.add(index);
            hop(x, "end", undefined, edge);
            const { merge } = x;
            if (merge !== undefined) wakeOf(merge, (out) => merge.end(index, out), x);
          };
        }
      }
      const quiet =
        (x.source === undefined || x.exhausted) &&
        x.ins.every((edge) => edge.from.ended && edge.queue.length === 0) &&
        x.inbox.length === 0 &&
        x.servers.every((v) => !v.busy && v.outbox.length === 0) &&
        (x.merge === undefined || x.endedInputs.size === x.ins.length);
      if (quiet) {
        return () => {
          x.ended = true;
          hop(x, "end");
        };
      }
    }
    return undefined;
  };

  const limit = options.limitMs;
  for (;;) {
    agenda.sort((a, b) => a.time - b.time || a.priority - b.priority || a.n - b.n);
    if ((agenda[0]?.time ?? Number.POSITIVE_INFINITY) <= now) {
      agenda.shift()?.run();
      continue;
    }
    const c = nodes.find((node) => node.merge !== undefined && node.merge.deadline() <= now);
    if (c?.merge !== undefined) {
      const { merge } = c;
      wakeOf(merge, (out) => merge.wake(now, out), c);
      continue;
    }
    const end = nextEnd();
    if (end !== undefined) {
      end();
      continue;
    }
    const due = [agenda[0]?.time, ...nodes.map((node) => node.merge?.deadline())];
    const t = Math.min(...due.map((time) => time ?? Number.POSITIVE_INFINITY));
    if (t === Number.POSITIVE_INFINITY) break;
    if (limit !== undefined && t > limit) {
      now = limit;
      errors.push(`E_TIMEOUT ${now}`);
      break;
    }
    now = t;
    world.clock.advanceTo(now);
  }
  const counts = Object.fromEntries(order.map((node) => [node.label, node.counts]));
  return { outputs, errorOutputs, errors, counts, hops, endMs: now };
}
