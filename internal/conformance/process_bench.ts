import { executorEnvironment } from "../engine/mod.ts";
import {
  type ExecutorName,
  ExecutorProcess,
  executorCommand,
  openTransport,
  ProcessTransport,
  type TransportAddress,
} from "../rep/mod.ts";
import { type Alarms, freshRunId, freshTraceId } from "../world/mod.ts";
import type { Bench, Environment } from "./bench.ts";

export interface ExecutorPlace {
  /** Needed on stdio; on TCP what is started first, if anything. */
  readonly executor: ExecutorName | undefined;
  readonly address: TransportAddress;
  /** Absolute. */
  readonly cwd: string;
  /** plumb's own environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly alarms: Alarms;
}

/** How long a connection to an executor that was just started is tried. */
const CONNECT_MS = 5000;
/** A start bit, eight bits, a stop bit. */
const BITS_PER_BYTE = 10;

/** Executors on stdio, TCP or a serial line. @throws FlowInputError E_EXECUTOR_PATH */
export function benchOf(place: ExecutorPlace): Bench {
  const { address, executor, cwd, env, alarms } = place;
  if (address.kind !== "stdio") {
    return {
      hasProcesses: false,
      bytesPerSecond: address.kind === "serial" ? address.baud / BITS_PER_BYTE : undefined,
      async open(environment) {
        const options = { address, executor, cwd, env: environmentOf(env, environment), alarms, connectMs: CONNECT_MS };
        return { transport: await openTransport(options), process: undefined };
      },
    };
  }
  if (executor === undefined) throw new Error("an executor on stdio has no path");
  const command = executorCommand(executor, { cwd, env });
  return {
    hasProcesses: true,
    bytesPerSecond: undefined,
    async open(environment) {
      const process = new ExecutorProcess({ command, cwd, env: environmentOf(env, environment), alarms });
      return { transport: new ProcessTransport(process), process };
    },
  };
}

const TOLD = /^(?:PLUMB|TRACE_MIND)_/;
const RUN_TIMEOUT_MS = 60_000;

function environmentOf(env: ExecutorPlace["env"], environment: Environment): ExecutorPlace["env"] {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !TOLD.test(name)));
  if (environment === "bare") return own;
  const run = { runId: freshRunId(), traceId: freshTraceId(), timeoutMs: RUN_TIMEOUT_MS };
  return executorEnvironment({ env: own, executorEnv: { PLUMB_CHECK: "1" }, allowShell: false }, run);
}
