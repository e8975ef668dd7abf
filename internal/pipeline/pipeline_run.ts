import type { PipelineGraph, WorkerFn } from "../ami/mod.ts";
import type { ErrorRecord } from "../diag/mod.ts";
import { checkConservation } from "./conservation.ts";
import { type End, Ends } from "./ends.ts";
import { Ingresses } from "./ingresses.ts";
import { Network } from "./network.ts";
import { prepareRun } from "./prepare_run.ts";
import type { ExternalEvent, RunInput } from "./run_input.ts";
import { RunLog } from "./run_log.ts";
import { RUN_BUDGET, type RunOptions, type RunWorld } from "./run_options.ts";
import { type Raised, runRecord } from "./run_record.ts";
import type { RunResult, RunStop } from "./run_result.ts";
import { EventSource, SimEvent } from "./sim_event.ts";
import { Simulation, type SimulationHost } from "./simulation.ts";
import { Sources } from "./sources.ts";
import { runStats, stageStats } from "./stage_stats.ts";
import { Timers } from "./timers.ts";

const NEVER = Number.POSITIVE_INFINITY;

/**
 * One run of a pipeline (pipelines §6, §7): a discrete-event simulation that is resumed with `step`. Where it was cut
 * changes none of its bytes. The same class runs in tests and in production; only who says how far time has come differs.
 * Its own time is whole milliseconds from 0, and sets the clock of its world.
 */
export class PipelineRun implements SimulationHost {
  readonly hops: SimulationHost["hops"];
  readonly #graph: PipelineGraph;
  readonly #world: RunWorld;
  readonly #options: RunOptions;
  readonly #log: RunLog;
  readonly #network: Network;
  readonly #sim: Simulation;
  readonly #ends: Ends;
  readonly #ingresses: Ingresses;
  readonly #sources: Sources;
  readonly #startMs: number;
  readonly #limit: number;
  readonly #entryBudget: number;
  #entries = 0;
  #strays = 0;
  /** How far a real clock has come. */
  #realNow = 0;
  #stop: RunStop | undefined;
  #denied = false;

  /** What speaks against the run is in its result: it is over before its first step. */
  constructor(graph: PipelineGraph, input: readonly RunInput[], world: RunWorld, options: RunOptions = {}) {
    this.#graph = graph;
    this.#world = world;
    this.#options = options;
    this.#log = new RunLog(options.sinks ?? {});
    this.hops = options.sinks?.hops;
    this.#startMs = world.clock.now();
    this.#limit = options.limitMs || Number.MAX_SAFE_INTEGER - this.#startMs;
    this.#entryBudget = options.live === true ? NEVER : (options.entryBudget ?? RUN_BUDGET);
    this.#network = new Network(graph, {
      world: { now: () => this.#sim.now, rng: world.rng, stores: world.stores },
      before: [options.filter, options.transform].filter((worker): worker is WorkerFn => worker !== undefined),
      files: options.files,
      strict: options.strict === true,
      onDiscard: (node, event, reason, shunted) => this.#sim.discard(node, event, reason, shunted),
    });
    this.#ends = new Ends(this.#network.order, this.#network.errorSource);
    this.#sim = new Simulation(this.#network, this.#ends, this);
    this.#ingresses = new Ingresses(graph);
    this.#sources = this.#start(input);
  }

  /** Milliseconds since its start. */
  get now(): number {
    return this.#sim.now;
  }

  /** How it ended; undefined: it has not. */
  get stop(): RunStop | undefined {
    return this.#stop;
  }

  /** When the next thing is due, in milliseconds of the run; infinity if nothing is. */
  get nextTime(): number {
    if (this.#stop !== undefined) return NEVER;
    // Without a limit there is nothing to wait for but what is due.
    return this.#options.limitMs ? Math.min(this.#nextDue(), this.#limit + 1) : this.#nextDue();
  }

  /** Whether a live run takes events now: every ingress has room (pipelines §8), and the input has not ended. */
  get wantsInput(): boolean {
    return this.#stop === undefined && this.#sources.wantsInput;
  }

  /**
   * Takes at most `budget` turns of the loop, and enters no instant after `until`, which is how far a real clock has come,
   * in milliseconds of the run; a virtual run has none. "wait": nothing is due until then.
   */
  step(budget: number, until = NEVER): "budget" | "wait" | "done" {
    if (until !== NEVER) this.#realNow = Math.max(this.#realNow, until);
    let left = budget;
    while (this.#stop === undefined) {
      if (left <= 0) return "budget";
      const taken = this.#turns(left, until);
      if (taken === 0) {
        this.#options.sinks?.instantEnd?.();
        return "wait";
      }
      left -= taken;
    }
    return "done";
  }

  /** An external event comes to a live run, at `at` ms, or now if that is past. */
  push(event: ExternalEvent, at: number): void {
    if (this.#stop !== undefined) return;
    const source = this.#ingresses.find(event.ingress);
    if (source === undefined) this.#stray(event, Math.max(at, this.#sim.now));
    else this.#sources.push(source, Math.max(at, this.#sim.now), event);
  }

  /** The input of a live run has ended. */
  close(): void {
    this.#sources.close();
  }

  /** Exhausts all sources (SIGINT, pipelines §8): what has come is finished, and nothing more comes. */
  drain(): void {
    this.#sources.drain();
  }

  /** Records what went wrong outside any step, such as a line of input that is no event. */
  report(code: string, message: string, data: Raised["data"] = {}): void {
    this.#sim.raise({ code, message, data }, Math.max(this.#realNow, this.#sim.now));
  }

  /** What the run has left so far; all of it once it is done. */
  result(): RunResult {
    const stats = this.#denied ? [] : this.#network.order.map((node) => stageStats(this.#graph.name, node));
    const { outputCount: outputs, errorCount: errors, warningCount: warnings } = this.#log;
    const counts = { inputs: this.#sources.entered, outputs, errors, warnings };
    return {
      stop: this.#stop,
      endMs: this.now,
      outputs: this.#log.outputs.list(),
      errorOutputs: this.#log.errorOutputs.list(),
      errors: this.#log.errors,
      stats,
      run: runStats(this.#graph.name, stats, { durationMs: Math.max(this.now, this.#realNow), ...counts }),
    };
  }

  output(event: SimEvent, at: number): void {
    this.#log.output(event, at);
  }

  errorOutput(event: SimEvent, at: number): void {
    this.#log.errorOutput(event, at);
  }

  record(raised: Raised, at: number, enters: boolean): ErrorRecord {
    const record = runRecord(this.#graph.name, raised, (this.#options.epochMs ?? 0) + at);
    this.#log.error(record, enters);
    return record;
  }

  #start(input: readonly RunInput[]): Sources {
    const live = this.#options.live === true;
    const prepared = prepareRun(this.#graph, input, this.#ingresses, this.#options);
    if ("refused" in prepared) {
      this.#stop = "refused";
      this.#denied = prepared.denied;
      this.#sim.raise(prepared.refused);
      const none = { known: [], sources: new Int32Array() };
      return new Sources(this.#network.nodes, this.#sim, this.#ends, new Timers([]), none, false);
    }
    for (const { node, line, message } of prepared.bad) {
      this.#sim.raise({ code: "E_EVENT_JSON", message, node: { label: node }, data: { line } });
    }
    for (const stray of prepared.strays) this.#stray(stray, 0);
    const timers = Timers.of(this.#graph, this.#network.nodes, this.#options);
    return new Sources(this.#network.nodes, this.#sim, this.#ends, timers, prepared, live);
  }

  /** An event for an ingress that does not exist comes to a real run. */
  #stray(input: ExternalEvent, at: number): void {
    const { ingress, payload } = input;
    const source = new EventSource(this.#graph.name, ingress ?? "ingress");
    const event = new SimEvent(source, this.#strays++, payload, at, input);
    const data = ingress === undefined ? {} : { ingress };
    this.#sim.raise({ code: "E_INGRESS_UNKNOWN", message: this.#ingresses.unknown(ingress), event, data }, at);
  }

  /** Some turns of the loop (pipelines §7), at most `left`; 0: it has to wait. */
  #turns(left: number, until: number): number {
    const { now } = this.#sim;
    if (this.#entries >= this.#entryBudget && this.#nextEntry() <= now) {
      return this.#end("budget", "E_RUN_BUDGET", `the run needs more than ${this.#entryBudget} agenda entries`);
    }
    if (this.#sim.nextTime <= now) {
      const taken = this.#sim.runDue(Math.min(left, this.#entryBudget - this.#entries));
      this.#entries += taken;
      if (this.#sim.failed) this.#end("failed");
      return taken;
    }
    if (this.#sources.nextTime <= now) {
      this.#entries += 1;
      this.#sources.runNext();
      return 1;
    }
    return this.#quiet(until);
  }

  /** A turn when the agenda has nothing left at this instant: a merge deadline, else an end, else the next instant. */
  #quiet(until: number): number {
    const { now } = this.#sim;
    for (const node of this.#network.waking) {
      if (node.deadline > now) continue;
      this.#sim.wake(node);
      return 1;
    }
    const end = this.#ends.next();
    if (end !== undefined) {
      this.#endStream(end);
      return 1;
    }
    return this.#advance(until);
  }

  #endStream({ node, input }: End): void {
    const edge = input === undefined ? undefined : node.ins[input];
    this.hops?.hop(this.now, node.label, "end", undefined, edge, undefined);
    if (edge === undefined) {
      this.#ends.endNode(node);
      return;
    }
    this.#ends.endInput(edge);
    this.#sim.endInput(node, edge.inIndex);
  }

  #advance(until: number): number {
    const next = this.#nextDue();
    if (next === NEVER && !this.#sources.open) return this.#end("quiescent");
    if (next > this.#limit && until > this.#limit) {
      this.#setTime(this.#limit);
      return this.#end("timeout", "E_TIMEOUT", `the run needs more than ${this.#limit} ms`);
    }
    if (next > until || next === NEVER) return 0;
    this.#options.sinks?.instantEnd?.();
    this.#setTime(next);
    return 1;
  }

  #setTime(ms: number): void {
    this.#sim.now = ms;
    this.#world.clock.advanceTo(this.#startMs + ms);
  }

  #nextEntry(): number {
    return Math.min(this.#sim.nextTime, this.#sources.nextTime);
  }

  /** When the agenda has its next entry, or a Collect its deadline. */
  #nextDue(): number {
    let next = this.#nextEntry();
    for (const node of this.#network.waking) next = Math.min(next, node.deadline);
    return next;
  }

  /** The run is over. Throws a `ConservationError` if an event was lost or made on the way. */
  #end(stop: RunStop, code?: string, message = ""): number {
    this.#stop = stop;
    if (code !== undefined) this.#sim.raise({ code, message });
    this.#options.sinks?.instantEnd?.();
    const stats = this.#network.order.map((node) => stageStats(this.#graph.name, node));
    checkConservation(stats, stop === "quiescent");
    return 1;
  }
}
