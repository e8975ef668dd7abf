import { EXIT, type ExitCode } from "../../internal/diag/mod.ts";

/** What a command knows of SIGINT and SIGTERM. */
export interface Signals {
  /** The exit code of the signal that came, if one did: the command stops at the next good place and reports. */
  interrupted(): ExitCode | undefined;
  /** Ends the watch. */
  stop(): void;
}

/** As it was at the start: plugins get another one. */
const exitNow = process.exit.bind(process);

/**
 * Watches for SIGINT and SIGTERM: the first calls `onFirst` and lets the command finish what it prints, a second one ends at
 * once (DESIGN, exit codes; pipelines §8). A handler runs only when the event loop turns: long synchronous work has to yield
 * (BUN.md).
 */
export function watchSignals(onFirst: () => void = () => undefined): Signals {
  let exit: ExitCode | undefined;
  const on = (code: ExitCode): void => {
    if (exit !== undefined) exitNow(code.code);
    exit = code;
    onFirst();
  };
  const onInterrupt = (): void => on(EXIT.interrupted);
  const onTerminate = (): void => on(EXIT.terminated);
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
