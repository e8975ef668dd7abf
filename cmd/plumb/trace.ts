import { resolve } from "node:path";
import type { CommandSpec, ParsedArgs } from "../../internal/cli/mod.ts";
import { EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import { guarded, openReader, StoreError } from "../../internal/store/mod.ts";
import { flowJson, flowText, Provenance, TRACE_JSON, traceMermaid } from "../../internal/trace/mod.ts";
import type { Terminal } from "./command.ts";
import type { GlobalFlag } from "./global_flags.ts";
import { givenLog } from "./log_flags.ts";
import { tellLogProblem } from "./log_problem.ts";
import type { TRACE } from "./trace_command.ts";
import { NothingSelected, type SelectedFlow, selectFlows } from "./trace_select.ts";

type TraceFlag = typeof TRACE extends CommandSpec<infer Name> ? Name : never;

/** `plumb trace --db FILE` (spec/scenarios.md §11). */
export function run(args: ParsedArgs<TraceFlag | GlobalFlag>, terminal: Terminal): ExitCode {
  const path = resolve(terminal.cwd, givenLog(args));
  try {
    const log = openReader(path);
    try {
      const { reader } = log;
      const selection = { flow: args.value("flow"), action: args.value("action"), why: args.value("why") };
      const write = (text: string): void => terminal.out.write(text);
      guarded(path, () => RENDERERS[args.value("format") ?? "text"]?.(selectFlows(reader, selection), write));
      return EXIT.ok;
    } finally {
      log.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError) && !(error instanceof NothingSelected)) throw error;
    tellLogProblem(error, path, terminal);
    return EXIT.usage;
  }
}

/** Flow by flow where the format lets it, so that a large log is never in memory as a whole. */
const RENDERERS: Readonly<Record<string, (flows: Iterable<SelectedFlow>, write: (text: string) => void) => void>> = {
  text: (flows, write) => {
    for (const { flow, provenance } of flows) write(flowText(flow, provenance));
  },
  json: (flows, write) => {
    let before = "";
    write(TRACE_JSON.begin);
    for (const { flow } of flows) {
      write(before + flowJson(flow));
      before = ",";
    }
    write(TRACE_JSON.end);
  },
  mermaid: (flows, write) => {
    const events = [...flows].flatMap(({ flow }) => flow.events);
    write(traceMermaid(events, new Provenance(events)));
  },
};
