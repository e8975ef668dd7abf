import { closeSync, constants, openSync, writeSync } from "node:fs";
import type { Alarms } from "../world/mod.ts";
import { RepFault } from "./fault.ts";
import { type FrameProfile, serialFrames } from "./frame_profile.ts";
import { SendQueue } from "./send_queue.ts";
import type { Closed, Transport, TransportEnd, TransportListener } from "./transport.ts";

export interface SerialLine {
  readonly device: string;
  readonly baud: number;
  readonly hasCrc: boolean;
}

/** A full line is tried again after this; at 115200 baud it takes 11 bytes meanwhile. */
const RETRY_MS = 1;

/**
 * Opens a serial line: raw 8N1, no echo, no hang-up on close (flows §13, Transports).
 * @throws RepFault Connect
 */
export function openSerial(line: SerialLine, alarms: Alarms): Transport {
  const { device, baud } = line;
  let fd: number;
  try {
    // Opening must not wait for a carrier, nor make the line this process's terminal.
    fd = openSync(device, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  } catch (error) {
    throw connectFault(device, error instanceof Error ? error.message : String(error));
  }
  const refused = settings(device, baud);
  if (refused !== undefined) {
    closeSync(fd);
    throw connectFault(device, refused);
  }
  return new SerialTransport(fd, serialFrames(line.hasCrc), alarms);
}

/** There is no other way to these settings without native code (BUN.md, packages). */
function settings(device: string, baud: number): string | undefined {
  const which = process.platform === "linux" ? "-F" : "-f";
  const raw = [
    `${baud}`,
    "raw",
    "-echo",
    "cs8",
    "-parenb",
    "-cstopb",
    "-crtscts",
    "-ixon",
    "-ixoff",
    "-hupcl",
    "clocal",
  ];
  try {
    const { exitCode, stderr } = Bun.spawnSync(["stty", which, device, ...raw], { stdout: "ignore", stderr: "pipe" });
    return exitCode === 0 ? undefined : stderr.toString().trim();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function connectFault(device: string, why: string): RepFault {
  return new RepFault("Connect", `cannot open the serial line ${device}: ${why}`);
}

/** Frames on a serial line, with what else a device says there. */
class SerialTransport implements Transport {
  readonly stderr = undefined;
  readonly frames: FrameProfile;
  readonly #fd: number;
  readonly #alarms: Alarms;
  readonly #reader: { read(): Promise<{ readonly value?: Uint8Array | undefined }>; cancel(): Promise<unknown> };
  readonly #queue = new SendQueue((bytes) => this.#write(bytes));
  #listener: TransportListener | undefined;
  #retryOff: (() => void) | undefined;
  #isOpen = true;

  constructor(fd: number, frames: FrameProfile, alarms: Alarms) {
    this.#fd = fd;
    this.frames = frames;
    this.#alarms = alarms;
    this.#reader = Bun.file(fd).stream().getReader();
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    this.#pump().then((reason) => {
      const { isOpen } = this;
      this.#shut();
      if (isOpen) this.#listener?.closed(reason);
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(text: string): Promise<void> | undefined {
    return this.sendBytes(Buffer.from(text));
  }

  sendBytes(bytes: Uint8Array): Promise<void> | undefined {
    if (!this.#isOpen) return undefined;
    const sent = this.#queue.send(bytes);
    if (sent !== undefined) this.#retry();
    return sent;
  }

  async end(): Promise<TransportEnd> {
    this.#listener = undefined;
    this.#shut();
    return { exit: undefined, wasKilled: false };
  }

  async #pump(): Promise<Closed> {
    try {
      for (;;) {
        const { value } = await this.#reader.read();
        if (value === undefined) return { kind: "eof" };
        this.#listener?.received(value);
      }
    } catch (error) {
      return { kind: "broken", reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #write(bytes: Uint8Array): number {
    try {
      return writeSync(this.#fd, bytes);
    } catch (error) {
      if (isFull(error)) return 0;
      this.#shut();
      return bytes.length; // the reader hears of it
    }
  }

  #retry(): void {
    if (this.#retryOff !== undefined) return;
    this.#retryOff = this.#alarms.after(RETRY_MS, () => {
      this.#retryOff = undefined;
      this.#queue.drain();
      if (!this.#queue.isEmpty && this.#isOpen) this.#retry();
    });
  }

  #shut(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#retryOff?.();
    this.#queue.drop();
    this.#reader.cancel().catch(() => undefined);
    try {
      closeSync(this.#fd);
    } catch {
      // The reader has closed it.
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}
