import { type FrameProfile, PLAIN_FRAMES } from "./frame_profile.ts";
import type { Closed, Transport, TransportEnd, TransportListener } from "./transport.ts";

/** A request as a script of a test sees it. */
export interface SeenRequest {
  readonly id: number;
  readonly method: string;
  readonly params: { readonly [key: string]: unknown };
}

/** What a script writes: text as it is, a message as a line, or `{ closed }`. */
export type Written = string | Uint8Array | object | { readonly closed: Closed };

/** The test double of a transport: an executor in this process. What it answers comes after the request was sent. */
export class ScriptedTransport implements Transport {
  readonly stderr = undefined;
  readonly frames: FrameProfile;
  /** All lines that came, in order; those of the host that answer something too. */
  readonly seen: SeenRequest[] = [];
  readonly #script: (request: SeenRequest, transport: ScriptedTransport) => readonly Written[];
  #listener: TransportListener | undefined;

  constructor(
    script: (request: SeenRequest, transport: ScriptedTransport) => readonly Written[],
    frames: FrameProfile = PLAIN_FRAMES,
  ) {
    this.#script = script;
    this.frames = frames;
  }

  /** What was asked, by the methods' short names. */
  get methods(): readonly string[] {
    return this.seen.map(({ method }) => String(method).replace("Runtime.", ""));
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
  }

  send(text: string): undefined {
    const request: SeenRequest = JSON.parse(text.split("\t")[0] ?? "");
    this.seen.push(request);
    const written = this.#script(request, this);
    queueMicrotask(() => this.write(written));
  }

  sendBytes(bytes: Uint8Array): undefined {
    this.send(Buffer.from(bytes).toString());
  }

  async end(): Promise<TransportEnd> {
    return { exit: undefined, wasKilled: false };
  }

  /** Writes without being asked. */
  write(all: readonly Written[]): void {
    for (const written of all) {
      if (typeof written === "string") this.#listener?.received(Buffer.from(written));
      else if (written instanceof Uint8Array) this.#listener?.received(written);
      else if ("closed" in written) this.#listener?.closed(written.closed as Closed);
      else this.#listener?.received(Buffer.from(`${JSON.stringify(written)}\n`));
    }
  }
}

/** The reply to a request. */
export function replyTo({ id }: SeenRequest, result: unknown): object {
  return { jsonrpc: "2.0", id, result };
}

/** The error reply to a request. */
export function refusalOf({ id }: SeenRequest, code: number, message = "no", data?: unknown): object {
  return { jsonrpc: "2.0", id, error: { code, message, ...(data === undefined ? {} : { data }) } };
}
