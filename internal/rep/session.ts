import type { ValueObject } from "../flow/mod.ts";
import { isObject } from "../value/mod.ts";
import type { Alarms } from "../world/mod.ts";
import { closedFault } from "./closed_fault.ts";
import { type FaultCause, RepFault } from "./fault.ts";
import { type DecodedLine, decodeLine, encodeFrame } from "./frame_codec.ts";
import { LineSplitter } from "./line_splitter.ts";
import type { Method } from "./messages.ts";
import { PendingCalls } from "./pending_calls.ts";
import { readMessage } from "./read_message.ts";
import type { Reply } from "./reply.ts";
import { RPC } from "./rpc_errors.ts";
import type { Closed, Transport, TransportEnd } from "./transport.ts";

/** More than this between two replies, and the executor floods (flows §13). */
const IDLE_FRAMES = 10_000;
const IDLE_BYTES = 64 << 20;

/** What a session tells beside its replies. */
export interface SessionListener {
  /** Something tolerated (flows §13); it may come again and again. */
  warned(code: string, message: string): void;
  /** A line between frames, of a serial device's console. */
  console(text: string): void;
}

export interface SessionOptions {
  readonly transport: Transport;
  readonly alarms: Alarms;
  readonly callTimeoutMs: number;
  /** Of a frame, either way. */
  readonly maxFrameBytes: number;
  readonly listener: SessionListener;
}

/** A request that the executor could not take because it is longer than its frames may be (flows §12, E_REP_TOO_LARGE). */
export class RequestTooLarge extends Error {
  constructor(
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`the request has ${bytes} bytes; frames to this executor have at most ${limit}`);
  }
}

/**
 * A conversation with an executor: requests, each answered once, in any order (flows §12). The first fault ends it: every call that
 * waits, and every later one, is rejected with it.
 */
export class RepSession {
  readonly #transport: Transport;
  readonly #listener: SessionListener;
  readonly #calls: PendingCalls;
  readonly #splitter: LineSplitter;
  #sendLimit: number;
  #fault: RepFault | undefined;
  #idleFrames = 0;
  #idleBytes = 0;

  constructor({ transport, alarms, callTimeoutMs, maxFrameBytes, listener }: SessionOptions) {
    this.#transport = transport;
    this.#listener = listener;
    this.#sendLimit = maxFrameBytes;
    this.#splitter = new LineSplitter(maxFrameBytes, {
      line: (bytes) => this.#line(bytes),
      tooLong: () => {
        this.#fail("Frame", `the executor wrote a line of more than ${maxFrameBytes} bytes`);
        return false;
      },
    });
    this.#calls = new PendingCalls({
      alarms,
      timeoutMs: callTimeoutMs,
      resend: transport.frames.resends ? (text) => void transport.send(text) : undefined,
      expired: (method) =>
        this.#fail("CallTimeout", `the executor did not answer ${method} within ${callTimeoutMs} ms`),
    });
    transport.listen({
      received: (bytes) => this.#splitter.push(bytes),
      closed: (reason) => this.#closed(reason),
    });
  }

  /** What ended it. */
  get fault(): RepFault | undefined {
    return this.#fault;
  }

  /** What the executor says its frames may have; never more than plumb's own limit. */
  limitRequests(bytes: number): void {
    this.#sendLimit = Math.min(this.#sendLimit, bytes);
  }

  /**
   * Sends a request.
   * @throws RepFault (as a rejection)
   * @throws RequestTooLarge (as a rejection): nothing was sent
   */
  call(method: Method, params: object): Promise<Reply> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault);
    const id = this.#calls.nextId;
    const text = encodeFrame({ jsonrpc: "2.0", id, method, params }, this.#transport.frames);
    // Most frames are so short that their bytes need not be counted.
    if (3 * text.length > this.#sendLimit) {
      const bytes = Buffer.byteLength(text) - 1;
      if (bytes > this.#sendLimit) return Promise.reject(new RequestTooLarge(bytes, this.#sendLimit));
    }
    const reply = this.#calls.add(method, text);
    this.#transport.send(text);
    return reply;
  }

  /** Ends the transport and what stands behind it. */
  end(): Promise<TransportEnd> {
    this.#stop(new RepFault("Eof", "the session was ended"));
    return this.#transport.end();
  }

  #line(bytes: Uint8Array): boolean {
    try {
      this.#take(decodeLine(bytes, this.#transport.frames), bytes.length);
    } catch (error) {
      if (!(error instanceof RepFault)) throw error;
      this.#stop(error);
    }
    return this.#fault === undefined;
  }

  #take(line: DecodedLine, bytes: number): void {
    if (line.kind !== "frame") {
      this.#idle(bytes);
      if (line.kind === "noise") this.#listener.console(line.text);
      return;
    }
    if (line.hadBom) this.#listener.warned("W_REP_BOM", "the executor begins a line with a byte order mark");
    const { value } = line;
    const message = readMessage(value);
    if (message.kind === "notification") {
      this.#idle(bytes);
      return;
    }
    if (message.kind === "request") {
      this.#idle(bytes);
      const error = { code: RPC.noMethod, message: "the host has no methods" };
      this.#transport.send(encodeFrame({ jsonrpc: "2.0", id: message.id, error }, this.#transport.frames));
      return;
    }
    if (isObject(value) && value.jsonrpc !== "2.0") {
      this.#listener.warned("W_REP_ENVELOPE", 'the executor\'s replies do not say "jsonrpc": "2.0"');
    }
    const { id } = message;
    if (id === null && message.kind === "error") {
      throw new RepFault("PeerParse", `the executor could not read a request: ${message.error.message}`);
    }
    const isOurs = typeof id === "number" && Number.isInteger(id) && id >= 1 && id < this.#calls.nextId;
    if (!isOurs) {
      throw new RepFault("UnknownId", `the executor answered ${JSON.stringify(String(id))}, which nobody asked`);
    }
    const reply: Reply =
      message.kind === "result"
        ? { ok: true, result: message.result, bytes }
        : { ok: false, error: message.error, bytes };
    if (this.#calls.settle(id, reply)) {
      this.#idleFrames = 0;
      this.#idleBytes = 0;
    } else {
      this.#idle(bytes);
      if (!this.#calls.wasResent(id)) {
        this.#listener.warned("W_REP_DUPLICATE", "the executor answers a request more than once");
      }
    }
  }

  /** Something came that answers nothing. */
  #idle(bytes: number): void {
    this.#idleFrames += 1;
    this.#idleBytes += bytes + 1;
    if (this.#idleFrames < IDLE_FRAMES && this.#idleBytes < IDLE_BYTES) return;
    const much = this.#idleFrames < IDLE_FRAMES ? `${this.#idleBytes} bytes` : `${this.#idleFrames} frames`;
    throw new RepFault("Flood", `the executor wrote ${much} that answer nothing`);
  }

  #closed(reason: Closed): void {
    const partial = Buffer.from(this.#splitter.partial.subarray(0, 800)).toString().slice(0, 200);
    this.#stop(closedFault(reason, partial, this.#transport.stderr));
  }

  #fail(cause: FaultCause, message: string, details?: ValueObject): void {
    this.#stop(new RepFault(cause, message, details));
  }

  #stop(fault: RepFault): void {
    if (this.#fault !== undefined) return;
    this.#fault = fault;
    this.#splitter.stop();
    this.#calls.reject(fault);
  }
}
