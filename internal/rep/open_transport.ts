import { diagnostic } from "../diag/mod.ts";
import { FlowInputError } from "../flow/mod.ts";
import type { Alarms } from "../world/mod.ts";
import { closedFault } from "./closed_fault.ts";
import { type ExecutorName, executorCommand } from "./executor_command.ts";
import { ExecutorProcess } from "./executor_process.ts";
import { RepFault } from "./fault.ts";
import { ProcessTransport } from "./process_transport.ts";
import type { RunStop } from "./run_stop.ts";
import { openSerial } from "./serial_transport.ts";
import { connectTcp, type TcpAddress } from "./tcp_transport.ts";
import type { Transport } from "./transport.ts";
import type { TransportAddress } from "./transport_address.ts";

/** Where an executor is and what starts it. */
export interface TransportOptions {
  readonly address: TransportAddress;
  /** Needed on stdio; on TCP it is started before the connection is tried. */
  readonly executor: ExecutorName | undefined;
  /** Absolute. */
  readonly cwd: string;
  /** All of the process's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly alarms: Alarms;
  /** How long a connection is tried. */
  readonly connectMs: number;
  /** Ends the trying; undefined: only time does. */
  readonly stop?: RunStop | undefined;
}

const RETRY_MS = 10;

/**
 * Opens the way to an executor, which starts it where it is a process.
 * @throws FlowInputError E_EXECUTOR_PATH
 * @throws RepFault Connect; Exit where a process ends before it can be connected to
 * @throws StopReason where the run has to end before
 */
export async function openTransport(options: TransportOptions): Promise<Transport> {
  const { address, alarms, connectMs, stop } = options;
  switch (address.kind) {
    case "stdio":
      return new ProcessTransport(startProcess(options));
    case "serial":
      return openSerial(address, alarms);
    case "tcp":
      return options.executor === undefined
        ? await connectTcp(address, { alarms, timeoutMs: connectMs, stop })
        : await startAndConnect(address, options);
  }
}

function startProcess({ executor, cwd, env, alarms }: TransportOptions): ExecutorProcess {
  if (executor === undefined) throw new Error("an executor on stdio has no path");
  const command = executorCommand(executor, { cwd, env });
  try {
    return new ExecutorProcess({ command, cwd, env, alarms });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `executor ${executor.path} cannot be started: ${why}`;
    throw new FlowInputError([diagnostic({ code: "E_EXECUTOR_PATH", message })]);
  }
}

async function startAndConnect(address: TcpAddress, options: TransportOptions): Promise<Transport> {
  const { alarms, connectMs, stop } = options;
  const process = startProcess(options);
  const until = alarms.monotonicMs() + connectMs;
  // Its frames are on the connection; its stdout must not fill up.
  process.readAll(() => undefined);
  try {
    for (;;) {
      if (process.exit !== undefined) {
        throw closedFault({ kind: "exit", exit: await process.exited }, "", process.stderr);
      }
      const left = until - alarms.monotonicMs();
      try {
        return await connectTcp(address, { alarms, timeoutMs: left, stop, process });
      } catch (error) {
        const isRefused = error instanceof RepFault && error.cause === "Connect";
        if (!isRefused || alarms.monotonicMs() + RETRY_MS >= until) throw error;
      }
      await pause(alarms, stop);
    }
  } catch (error) {
    await process.end();
    throw error;
  }
}

function pause(alarms: Alarms, stop: RunStop | undefined): Promise<void> {
  const over = new Promise<void>((resolve) => alarms.after(RETRY_MS, resolve));
  return stop?.race(over) ?? over;
}
