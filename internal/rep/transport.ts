import type { FrameProfile } from "./frame_profile.ts";
import type { StderrTail } from "./stderr_tail.ts";

/** Why nothing more is received. */
export type Closed =
  /** The other side closed its end; where it is a process, that lives. */
  | { readonly kind: "eof" }
  /** The process has ended. */
  | { readonly kind: "exit"; readonly exit: ProcessExit }
  /** The device or the connection broke. */
  | { readonly kind: "broken"; readonly reason: string };

/** How a process ended: by itself, or by a signal (`SIGSEGV`). */
export type ProcessExit = { readonly exitCode: number } | { readonly signal: string };

/** Who listens to a transport. */
export interface TransportListener {
  /** Bytes of the other side, in order; valid during the call only. While it works, nothing more is read. */
  received(bytes: Uint8Array): void;
  /** Once, after all that was received. */
  closed(reason: Closed): void;
}

/** How it went to end a transport and what stands behind it. */
export interface TransportEnd {
  /** Of the process, where there is one. */
  readonly exit: ProcessExit | undefined;
  /** It did not end by itself when its stdin was closed, and was killed. */
  readonly wasKilled: boolean;
}

/** Bytes to an executor and back: a process's stdin and stdout, a TCP connection, a serial line (flows §13, Transports). */
export interface Transport {
  readonly frames: FrameProfile;
  /** What the process writes on stderr; undefined: it has none that plumb sees. */
  readonly stderr: StderrTail | undefined;
  /** Begins to listen, once. */
  listen(listener: TransportListener): void;
  /** Sends bytes of UTF-8. What comes back is undefined if they were taken at once, else resolves when they are; it never rejects. */
  send(text: string): Promise<void> | undefined;
  /** Sends any bytes as they are. */
  sendBytes(bytes: Uint8Array): Promise<void> | undefined;
  /** Ends it as flows §13 has it (End), and what is left of the process group with it. The same promise every time. */
  end(): Promise<TransportEnd>;
}
