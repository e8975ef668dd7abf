import { type PipelineGraph, type WorkerFn, workerFromText } from "../ami/mod.ts";
import type { LeftEvent, SandboxPolicy } from "../pipeline/mod.ts";
import { refuse } from "./check_error.ts";

/** How a module is run (pipelines §14). */
export interface ExecOptions {
  /** Called for every event that leaves, when it leaves. */
  readonly emit?: (event: LeftEvent) => void;
  /** Texts of built-in workers (pipelines §4), applied at every Transform and Mutable, `filter` first. */
  readonly filter?: string;
  readonly transform?: string;
  /** Set every Timer: milliseconds between ticks, and how many (0, the default: endless). */
  readonly timerInterval?: number;
  readonly timerCount?: number;
  /** Servers of every Transform and Mutable, 1…1024; default 1. */
  readonly workers?: number;
  readonly sandbox?: SandboxPolicy;
  /** The run ends with E_TIMEOUT rather than do something after this many milliseconds. */
  readonly limitMs?: number;
}

const MOST_WORKERS = 1024;

/** The graph and the options of the executor that they mean. Throws a CheckError for what cannot be done. */
export function prepared(graph: PipelineGraph, options: ExecOptions) {
  const { timerInterval, timerCount, workers = 1, sandbox, limitMs } = options;
  if (graph.nodes.some(({ kind }) => kind === "timer") && !(Number(timerInterval) >= 1)) {
    refuse("E_TIMER_ARGS", "a Timer of a module needs timerInterval, whole milliseconds from 1");
  }
  if (!Number.isSafeInteger(workers) || workers < 1 || workers > MOST_WORKERS) {
    refuse("E_CONCURRENCY_WORKERS", `workers is ${workers}; a whole number from 1 to ${MOST_WORKERS} is expected`);
  }
  const served = graph.nodes.map((node) => {
    return node.kind === "transform" || node.kind === "mutable" ? { ...node, workers } : node;
  });
  return {
    graph: { ...graph, nodes: served },
    options: {
      filter: textWorker("filter", options.filter),
      transform: textWorker("transform", options.transform),
      timerInterval,
      timerCount,
      sandbox,
      limitMs,
    },
  };
}

function textWorker(option: string, text: string | undefined): WorkerFn | undefined {
  if (text === undefined) return undefined;
  return workerFromText(text) ?? refuse("E_WORKER_UNDEFINED", `${option} ${JSON.stringify(text)} names no worker`);
}
