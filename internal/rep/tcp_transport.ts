import type { Socket } from "bun";
import type { Alarms } from "../world/mod.ts";
import type { ExecutorProcess } from "./executor_process.ts";
import { RepFault } from "./fault.ts";
import { PLAIN_FRAMES } from "./frame_profile.ts";
import type { RunStop } from "./run_stop.ts";
import { SendQueue } from "./send_queue.ts";
import type { StderrTail } from "./stderr_tail.ts";
import type { Closed, Transport, TransportEnd, TransportListener } from "./transport.ts";

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

export interface TcpOptions {
  readonly alarms: Alarms;
  /** Of the connecting. */
  readonly timeoutMs: number;
  /** Ends the connecting. */
  readonly stop?: RunStop | undefined;
  /** What was started to listen there, if anything: it ends with the connection. */
  readonly process?: ExecutorProcess | undefined;
  /** For tests. */
  readonly connect?: Connect;
}

/**
 * Connects to an executor.
 * @throws RepFault Connect
 * @throws StopReason where the run has to end before
 */
export async function connectTcp(address: TcpAddress, options: TcpOptions): Promise<Transport> {
  const { alarms, timeoutMs, stop, process, connect = Bun.connect } = options;
  const transport = new TcpTransport(process);
  const fault = (why: string) =>
    new RepFault("Connect", `cannot connect to tcp://${address.host}:${address.port}: ${why}`);
  const connected = transport.connect(address, connect).catch((error: unknown) => {
    throw fault(error instanceof Error ? error.message : String(error));
  });
  // The system tries for minutes where nobody says no.
  const inTime = new Promise<void>((resolve, reject) => {
    const off = alarms.after(timeoutMs, () => reject(fault(`nobody answered within ${Math.round(timeoutMs)} ms`)));
    connected.then(resolve, reject).finally(off);
  });
  try {
    await (stop?.race(inTime) ?? inTime);
  } catch (error) {
    transport.abandon();
    throw error;
  }
  return transport;
}

/** The part of `Bun.connect` that is used. */
export type Connect = (options: Bun.TCPSocketConnectOptions<undefined>) => Promise<Socket>;

/** Frames on a TCP connection. Whatever came before somebody listens waits for that. */
class TcpTransport implements Transport {
  readonly frames = PLAIN_FRAMES;
  readonly #process: ExecutorProcess | undefined;
  readonly #queue = new SendQueue((bytes) => Math.max(0, this.#socket?.write(bytes) ?? 0));
  readonly #early: Uint8Array[] = [];
  #socket: Socket | undefined;
  #listener: TransportListener | undefined;
  #closed: Closed | undefined;
  #isAbandoned = false;

  constructor(process: ExecutorProcess | undefined) {
    this.#process = process;
  }

  get stderr(): StderrTail | undefined {
    return this.#process?.stderr;
  }

  async connect({ host, port }: TcpAddress, connect: Connect): Promise<void> {
    const socket = await connect({
      hostname: host,
      port,
      socket: {
        data: (_, bytes) => {
          if (this.#listener === undefined) this.#early.push(Uint8Array.from(bytes));
          else this.#listener.received(bytes);
        },
        drain: () => this.#queue.drain(),
        end: () => this.#close({ kind: "eof" }),
        close: () => this.#close({ kind: "eof" }),
        error: (_, error) => this.#close({ kind: "broken", reason: error.message }),
      },
    });
    if (this.#isAbandoned) {
      socket.end();
      return;
    }
    this.#socket = socket;
    socket.setNoDelay(true);
  }

  /** Nobody waits for the connection any more: should it still come, it is closed. */
  abandon(): void {
    this.#isAbandoned = true;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    for (const bytes of this.#early.splice(0)) listener.received(bytes);
    if (this.#closed !== undefined) this.#tell(this.#closed);
  }

  send(text: string): Promise<void> | undefined {
    return this.#queue.send(Buffer.from(text));
  }

  sendBytes(bytes: Uint8Array): Promise<void> | undefined {
    return this.#queue.send(bytes);
  }

  async end(): Promise<TransportEnd> {
    this.#listener = IGNORE;
    this.#queue.drop();
    this.#socket?.end();
    return (await this.#process?.end()) ?? { exit: undefined, wasKilled: false };
  }

  #close(reason: Closed): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#queue.drop();
    this.#tell(reason);
  }

  #tell(reason: Closed): void {
    const listener = this.#listener;
    if (listener === undefined) return;
    this.#listener = IGNORE;
    listener.closed(reason);
  }
}

const IGNORE: TransportListener = { received: () => undefined, closed: () => undefined };
