import { diagnostic, printable, renderDiagnostic } from "../../internal/diag/mod.ts";
import { type FlowIr, RUN_CODE, type RunError, SourceMap } from "../../internal/flow/mod.ts";
import type { Terminal } from "./command.ts";

/** The flow that failed. */
export interface FailedFlow {
  readonly ir: FlowIr;
  /** Absolute. */
  readonly irPath: string;
}

/** Tells on stderr why a run failed, with the place of its step where the flow's source map knows it (flows §15). */
export function tellRunError(error: RunError, { ir, irPath }: FailedFlow, terminal: Terminal): void {
  const { err, errStyle, cwd } = terminal;
  const map = new SourceMap(irPath, ir, cwd);
  const missing = missingOf(error);
  if (missing !== undefined) {
    err.write(capabilityText(error, missing, map, terminal));
    return;
  }
  const { step_id } = error.data;
  const place = typeof step_id === "string" ? map.place(step_id) : undefined;
  const finding = diagnostic({ code: error.name, message: error.message, file: place?.file, pos: place?.pos });
  err.write(`${renderDiagnostic(finding, place?.source, errStyle)}\n`);
  for (const line of stderrOf(error)) err.write(`  ${errStyle.dim("stderr:")} ${printable(line)}\n`);
}

/** The last words of an executor that ended: most often they say why. */
function stderrOf({ data }: RunError): readonly string[] {
  const details = data.details as { readonly stderr?: readonly string[] } | undefined;
  return Array.isArray(details?.stderr) ? details.stderr.map(String) : [];
}

type Missing = readonly { readonly kind: string; readonly steps: readonly string[] }[];

/** What an engine said it lacks. */
function missingOf({ code, data }: RunError): Missing | undefined {
  const details = data.details as { readonly missing?: Missing } | undefined;
  return code === RUN_CODE.capabilities ? details?.missing : undefined;
}

/** As flows §11 has it. */
function capabilityText(error: RunError, missing: Missing, map: SourceMap, { errStyle }: Terminal): string {
  const width = Math.max(...missing.map(({ kind }) => kind.length));
  const rows = missing.map(({ kind, steps }) => {
    const users = steps.map((step) => shownStep(step, map)).join(", ");
    return `  ${printable(kind.padEnd(width))}   used by ${printable(users)}\n`;
  });
  const head = `${errStyle.red("error")}: ${printable(error.message)} (${error.name})\n`;
  const [first] = missing;
  if (first === undefined) return head;
  const keys = `'${first.kind}' or '${first.steps[0]}'`;
  const help =
    error.data.blame === "executor"
      ? `use an executor that lists it, or engine local with a mock (--mocks FILE, key ${keys}) or a plugin`
      : `give it a mock (--mocks FILE, key ${keys}), a plugin (runtime.plugins), or an executor that lists it (--engine proc)`;
  return `${head}${rows.join("")}${errStyle.cyan("help")}: ${printable(help)}\n`;
}

function shownStep(step: string, map: SourceMap): string {
  const place = map.place(step);
  return place === undefined ? step : `${step} (${place.file}:${place.pos.line}:${place.pos.column})`;
}
