import { relative } from "node:path";
import { type Diagnostic, diagnostic } from "../../internal/diag/mod.ts";
import type { Terminal } from "./command.ts";
import { tellProblem } from "./tell_problem.ts";

/** Why a log cannot be used, or what it does not have: a StoreError is one. */
export interface LogProblem {
  readonly code: string;
  readonly message: string;
  readonly help?: string | undefined;
}

/** Tells on stderr what is wrong with the log at an absolute path; messages call it by its path from the working directory. */
export function tellLogProblem(problem: LogProblem, path: string, terminal: Terminal): void {
  tellProblem(logFinding(problem, path, terminal.cwd), terminal);
}

function logFinding({ code, message, help }: LogProblem, path: string, cwd: string): Diagnostic {
  const shown = message.replaceAll(path, relative(cwd, path) || path);
  return diagnostic({ code, message: shown, data: help === undefined ? undefined : { help } });
}
