import { ClosedPipe, type Output, UsageError, WriteFailed } from "../../internal/cli/mod.ts";
import { ConfigError } from "../../internal/config/mod.ts";
import {
  type Diagnostic,
  diagnostic,
  EXIT,
  type ExitCode,
  renderDiagnostic,
  type Style,
} from "../../internal/diag/mod.ts";

/** How a problem is told. */
export interface ProblemOptions {
  readonly style: Style;
  /** Show the stack of a bug. */
  readonly verbose: boolean;
}

/** Tells on `err` why a command ended, and says with which exit code: a bug of plumb unless it is of a known kind. */
export function reportProblem(error: unknown, err: Output, { style, verbose }: ProblemOptions): ExitCode {
  if (error instanceof ClosedPipe) return EXIT.closed;
  if (error instanceof UsageError) {
    err.write(`${renderDiagnostic(usageDiagnostic(error), undefined, style)}\n`);
    err.write(style.dim(`  try: plumb ${error.command === undefined ? "" : `${error.command} `}--help`));
    err.write("\n");
    return EXIT.usage;
  }
  if (error instanceof ConfigError) {
    for (const finding of error.findings) err.write(`${renderDiagnostic(finding, error.source, style)}\n`);
    return EXIT.usage;
  }
  if (error instanceof WriteFailed) {
    err.write(`${style.red("error")}: ${error.message}\n`);
    return EXIT.failure;
  }
  err.write(bugText(error, verbose, style));
  return EXIT.internal;
}

function usageDiagnostic({ code, message, help }: UsageError): Diagnostic {
  return diagnostic({ code, message, data: help === undefined ? undefined : { help } });
}

function bugText(error: unknown, verbose: boolean, style: Style): string {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  const lines = [
    `${style.red("internal error")}: ${message}`,
    "  this is a bug of plumb (blame: tool); what had finished is reported above",
    verbose ? stack : "  run it again with --verbose for the stack",
  ];
  return `${lines.join("\n")}\n`;
}
