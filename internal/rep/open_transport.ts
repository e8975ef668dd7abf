import { diagnostic } from "../diag/mod.ts";
import { FlowInputError } from "../flow/mod.ts";
import type { Alarms } from "../world/mod.ts";
import { type ExecutorName, executorCommand } from "./executor_command.ts";
import { ExecutorProcess } from "./executor_process.ts";
import { RepFault } from "./fault.ts";
import { ProcessTransport } from "./process_transport.ts";
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
  /** How long a connection to what was just started is tried. */
  readonly connectMs: number;
}

const RETRY_MS = 10;

/**
 * Opens the way to an executor, which starts it where it is a process.
 * @throws FlowInputError E_EXECUTOR_PATH
 * @throws RepFault Connect; Exit where a process ends before it can be connected to
 */
export async function openTransport(options: TransportOptions): Promise<Transport> {
  const { address, alarms } = options;
  switch (address.kind) {
    case "stdio":
      return new ProcessTransport(startProcess(options));
    case "serial":
      return openSerial(address, alarms);
    case "tcp":
      return options.executor === undefined
        ? await connectTcp(address, undefined)
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
  const { alarms, connectMs } = options;
  const process = startProcess(options);
  const until = alarms.monotonicMs() + connectMs;
  // Its frames are on the connection; its stdout must not fill up.
  process.readAll(() => undefined);
  for (;;) {
    try {
      return await connectTcp(address, process);
    } catch (error) {
      if (process.exit !== undefined || alarms.monotonicMs() >= until) {
        await process.end();
        throw error;
      }
      if (!(error instanceof RepFault)) throw error;
    }
    await new Promise<void>((resolve) => alarms.after(RETRY_MS, resolve));
  }
}
