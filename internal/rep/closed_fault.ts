import type { ValueObject } from "../flow/mod.ts";
import { RepFault } from "./fault.ts";
import type { StderrTail } from "./stderr_tail.ts";
import type { Closed, ProcessExit } from "./transport.ts";

/** So many lines of stderr are told of a process that ended (flows §13). */
const TOLD_LINES = 20;

/** The fault of an executor that is gone, or whose line is closed, while somebody waits for it. */
export function closedFault(reason: Closed, partial: string, stderr: StderrTail | undefined): RepFault {
  const unfinished: ValueObject = partial === "" ? {} : { partial };
  switch (reason.kind) {
    case "exit": {
      const lines = stderr?.since(0).lines.slice(-TOLD_LINES) ?? [];
      const details = { ...exitDetails(reason.exit), stderr: lines.map(({ text }) => text), ...unfinished };
      return new RepFault("Exit", `the executor ended (${exitText(reason.exit)}) before the run did`, details);
    }
    case "eof":
      return new RepFault("Eof", "the executor closed its output before the run ended", unfinished);
    case "broken":
      return new RepFault("Eof", `the connection to the executor broke: ${reason.reason}`, unfinished);
  }
}

/** `exit code 3`, `SIGSEGV`. */
export function exitText(exit: ProcessExit): string {
  return "signal" in exit ? exit.signal : `exit code ${exit.exitCode}`;
}

function exitDetails(exit: ProcessExit): ValueObject {
  return "signal" in exit ? { signal: exit.signal } : { exit_code: exit.exitCode };
}
