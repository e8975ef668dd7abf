/** What a scripted mock can do beside its frames: its process, or a double of one. */
export interface Machine {
  /** Writes on stdout, if that is open. */
  write(bytes: Uint8Array): void;
  stderr(text: string): void;
  close(which: "stdout" | "stdin"): void;
  /** Starts a process that holds stdout open. */
  fork(ms: number): void;
  exit(code: number): void;
  /** Ends by a signal. */
  signal(name: string): void;
}
