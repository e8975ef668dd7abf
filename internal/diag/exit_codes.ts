/** One row of the table of exit codes (`plumb help exit-codes`). */
export interface ExitCode {
  readonly code: number;
  readonly name: string;
  readonly meaning: string;
}

/** Two signals, two codes, one row of the table. */
const INTERRUPTED = { name: "interrupted", meaning: "SIGINT, SIGTERM; a second SIGINT ends at once" } as const;

/** Every exit code of plumb, by name. The meanings are printed by `plumb help exit-codes`. */
export const EXIT = {
  ok: { code: 0, name: "ok", meaning: "everything asked for passed" },
  failure: {
    code: 1,
    name: "failure",
    meaning:
      "a case failed, a run or a concept flow ended `failed`, lint, check or compile found an error, a replay diverged",
  },
  usage: {
    code: 2,
    name: "usage",
    meaning: "a bad flag or argument, or input that is invalid before anything ran",
  },
  validation: { code: 3, name: "validation", meaning: "an executor refused the flow, or lacks a capability" },
  runtime: { code: 4, name: "runtime", meaning: "transport, protocol, crash or time-out of an executor" },
  noTests: { code: 5, name: "no-tests", meaning: "nothing matched (`--no-tests=pass` turns it into 0)" },
  internal: { code: 70, name: "internal", meaning: "a bug in plumb" },
  interrupted: { code: 130, ...INTERRUPTED },
  terminated: { code: 143, ...INTERRUPTED },
  closed: { code: 141, name: "closed", meaning: "stdout was closed by its reader (EPIPE)" },
} as const satisfies Record<string, ExitCode>;

/** A row of the table as it is printed: the codes that share a name. */
export interface ExitRow {
  /** `130, 143` */
  readonly codes: string;
  readonly name: string;
  readonly meaning: string;
}

/** The table as DESIGN has it: one row a name, in its order. */
export function exitRows(): readonly ExitRow[] {
  const names = Map.groupBy<string, ExitCode>(Object.values(EXIT), ({ name }) => name);
  return [...names].map(([name, exits]) => ({
    codes: exits.map(({ code }) => code).join(", "),
    name,
    meaning: exits[0]?.meaning ?? "",
  }));
}

/** When several apply, the earliest here wins (DESIGN, exit codes). */
const PRECEDENCE: readonly ExitCode[] = [
  EXIT.internal,
  EXIT.interrupted,
  EXIT.terminated,
  EXIT.closed,
  EXIT.runtime,
  EXIT.validation,
  EXIT.usage,
  EXIT.failure,
  EXIT.noTests,
];

/** The exit code of a run to which all of `codes` apply; `ok` if there are none. */
export function worstExit(codes: Iterable<ExitCode>): ExitCode {
  const present = new Set([...codes].map((exit) => exit.code));
  return PRECEDENCE.find((exit) => present.has(exit.code)) ?? EXIT.ok;
}
