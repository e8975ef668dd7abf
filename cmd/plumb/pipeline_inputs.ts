import { type BigIntStats, fstatSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { PipelineGraph } from "../../internal/ami/mod.ts";
import { UsageError } from "../../internal/cli/mod.ts";
import type { LoadedFile } from "./pipeline_load.ts";

/** A file that a run needs: its path, or the number of a descriptor, and what messages call it. */
export interface InputFile {
  readonly at: string | number;
  readonly what: string;
}

/** The files of the package, the worker modules that they name, and what the io steps of the run read and append to. */
export function filesOfRun({ package: found }: LoadedFile, graph: PipelineGraph): readonly InputFile[] {
  const sources = found.units.flatMap(({ path, file, pragmas }) => [
    { at: path, what: `the source file ${file}` },
    ...pragmas.modules.map(({ text }) => ({ at: resolve(dirname(path), text), what: `the worker module ${text}` })),
  ]);
  const graphs = graph.error === undefined ? [graph] : [graph, graph.error];
  const steps = graphs.flatMap(({ folder, nodes }) =>
    nodes.flatMap(({ path, label }) =>
      path === undefined ? [] : [{ at: resolve(folder, path), what: `the file of step ${label}` }],
    ),
  );
  return [...sources, ...steps];
}

/** The events of a run: a file, or standard input. */
export function eventsFile(file: string | undefined, cwd: string): InputFile {
  if (file === undefined || file === "-") return { at: 0, what: "the file that standard input comes from" };
  return { at: resolve(cwd, file), what: `the events file ${file}` };
}

/**
 * Refuses a `--trace=FILE` that would empty a file which the run needs, whatever path, link or second name leads to it.
 * Nothing is opened.
 *
 * @throws UsageError
 */
export function refuseTraceOver(inputs: readonly InputFile[], trace: string, cwd: string): void {
  const target = regularFile(resolve(cwd, trace));
  if (target === undefined) return;
  for (const { at, what } of inputs) {
    const input = regularFile(at);
    if (input?.dev !== target.dev || input.ino !== target.ino) continue;
    throw new UsageError("E_USAGE_CONFLICT", `--trace=${trace} would overwrite ${what}; name another file`);
  }
}

/** What is at a path or behind a descriptor; undefined unless it is a regular file, which alone loses what it holds. */
function regularFile(at: string | number): BigIntStats | undefined {
  try {
    const stat = typeof at === "number" ? fstatSync(at, { bigint: true }) : statSync(at, { bigint: true });
    return stat.isFile() ? stat : undefined;
  } catch {
    return undefined; // not there yet, or it cannot be opened either
  }
}
