import type { Socket } from "bun";
import type { ExecutorProcess } from "./executor_process.ts";
import { RepFault } from "./fault.ts";
import { PLAIN_FRAMES } from "./frame_profile.ts";
import { SendQueue } from "./send_queue.ts";
import type { StderrTail } from "./stderr_tail.ts";
import type { Closed, Transport, TransportEnd, TransportListener } from "./transport.ts";

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Connects to an executor.
 * @param process what was started to listen there, if anything: it ends with the connection
 * @throws RepFault Connect
 */
export async function connectTcp(address: TcpAddress, process: ExecutorProcess | undefined): Promise<Transport> {
  const transport = new TcpTransport(process);
  try {
    await transport.connect(address);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RepFault("Connect", `cannot connect to tcp://${address.host}:${address.port}: ${why}`);
  }
  return transport;
}

/** Frames on a TCP connection. Whatever came before somebody listens waits for that. */
class TcpTransport implements Transport {
  readonly frames = PLAIN_FRAMES;
  readonly #process: ExecutorProcess | undefined;
  readonly #queue = new SendQueue((bytes) => Math.max(0, this.#socket?.write(bytes) ?? 0));
  readonly #early: Uint8Array[] = [];
  #socket: Socket | undefined;
  #listener: TransportListener | undefined;
  #closed: Closed | undefined;

  constructor(process: ExecutorProcess | undefined) {
    this.#process = process;
  }

  get stderr(): StderrTail | undefined {
    return this.#process?.stderr;
  }

  async connect({ host, port }: TcpAddress): Promise<void> {
    this.#socket = await Bun.connect({
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
    this.#socket.setNoDelay(true);
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
