import { type PipelineGraph, WorkerFault } from "../ami/mod.ts";
import type { IoFiles } from "./io_files.ts";
import { EventError, readEvent } from "./read_event.ts";
import type { RunInput } from "./run_input.ts";
import { deniedMessage } from "./sandbox.ts";

/** An event of a file, by the number of its io.Read in the graph. */
export interface ReadInput {
  readonly source: number;
  readonly input: RunInput;
}

/** A line of a file that is no event. */
export interface BadLine {
  readonly node: string;
  readonly line: number;
  readonly message: string;
}

/** What the io steps of a graph have before its first event (pipelines §12), or the first that may not reach its file. */
export type ReadSteps =
  | { readonly inputs: readonly ReadInput[]; readonly bad: readonly BadLine[] }
  | { readonly node: string; readonly fault: WorkerFault };

/** Reads the files of all io.Read steps and asks for those of all io.Write steps, in order of declaration. */
export function readSteps(graph: PipelineGraph, files: IoFiles | undefined): ReadSteps {
  const inputs: ReadInput[] = [];
  const bad: BadLine[] = [];
  for (const [source, { kind, label, path = "" }] of graph.nodes.entries()) {
    if (kind === "io.write") {
      const fault = files === undefined ? NO_FILES : files.prepare(path);
      if (fault !== undefined) return { node: label, fault };
    }
    if (kind !== "io.read") continue;
    const text = files === undefined ? NO_FILES : files.read(path);
    if (text instanceof WorkerFault) return { node: label, fault: text };
    for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
      if (line.trim() === "") continue;
      try {
        const { ingress: _, ...event } = readEvent(line);
        inputs.push({ source, input: { ...event, at: event.at ?? 0 } });
      } catch (error) {
        if (!(error instanceof EventError)) throw error;
        bad.push({ node: label, line: index + 1, message: `line ${index + 1} of ${path}: ${error.message}` });
      }
    }
  }
  const inner = graph.error === undefined ? undefined : readSteps(graph.error, files);
  return inner !== undefined && "fault" in inner ? { ...inner, node: `error/${inner.node}` } : { inputs, bad };
}

const NO_FILES = new WorkerFault("E_SANDBOX_DENIED", deniedMessage("fs"));
