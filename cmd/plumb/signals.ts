import { EXIT, type ExitCode } from "../../internal/diag/mod.ts";

/** What a command knows of SIGINT and SIGTERM. */
export interface Signals {
  /** The exit code of the signal that came, if one did: the command stops at the next good place and reports. */
  interrupted(): ExitCode | undefined;
  /** Ends the watch. */
  stop(): void;
}

/**
 * Watches for SIGINT and SIGTERM: the first lets the command finish what it prints, a second SIGINT ends at once
 * (DESIGN, exit codes). A handler runs only when the event loop turns: long synchronous work has to yield (BUN.md).
 */
export function watchSignals(): Signals {
  let exit: ExitCode | undefined;
  const onInterrupt = (): void => {
    if (exit !== undefined) process.exit(EXIT.interrupted.code);
    exit = EXIT.interrupted;
  };
  const onTerminate = (): void => {
    exit ??= EXIT.terminated;
  };
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  return {
    interrupted: () => exit,
    stop() {
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onTerminate);
    },
  };
}
