import type { PipelineGraph } from "../../internal/ami/mod.ts";
import type { ExitCode } from "../../internal/diag/mod.ts";
import { Registry } from "../../internal/kvstore/mod.ts";
import { PipelineRun, type RunOptions, type RunWorld, runLive } from "../../internal/pipeline/mod.ts";
import { realTime, virtualWorld, wall } from "../../internal/world/mod.ts";
import { readAllEvents, reportLine } from "./pipeline_events.ts";
import { LineFeed } from "./pipeline_feed.ts";
import type { PieceSource } from "./pipeline_input.ts";
import { stepToEnd } from "./pipeline_virtual.ts";
import { watchSignals } from "./signals.ts";

/** A run from the command line: what runs, and on which events. */
export interface Drive {
  readonly graph: PipelineGraph;
  /** Undefined: nothing is read. */
  readonly source: PieceSource | undefined;
  readonly options: RunOptions;
}

/** A run that is over, and the signal that ended its input, if one did. */
export interface Driven {
  readonly run: PipelineRun;
  readonly signal: ExitCode | undefined;
}

/** Runs by a real clock: events arrive as they are read. A signal ends the input, and what has come is finished. */
export async function driveLive({ graph, source, options }: Drive): Promise<Driven> {
  const time = realTime();
  const run = new PipelineRun(graph, [], runWorld(), { ...options, live: true, epochMs: wall.nowMs() });
  const signals = watchSignals(() => {
    run.drain();
    time.ring();
  });
  try {
    await runLive(run, time, source === undefined ? undefined : new LineFeed(source, time));
    return { run, signal: signals.interrupted() };
  } finally {
    signals.stop();
  }
}

/** Reads all events, then runs in virtual time. A signal ends the reading, and then lets no event come that has not. */
export async function driveVirtual({ graph, source, options }: Drive): Promise<Driven> {
  let drain = (): void => source?.stop();
  const signals = watchSignals(() => drain());
  try {
    const { events, bad } = source === undefined ? { events: [], bad: [] } : await readAllEvents(source);
    const run = new PipelineRun(graph, events, runWorld(), options);
    for (const line of bad) reportLine(run, line);
    drain = () => run.drain();
    if (signals.interrupted() !== undefined) run.drain();
    await stepToEnd(run, wall);
    return { run, signal: signals.interrupted() };
  } finally {
    signals.stop();
  }
}

/** Seeded like the world of a test: only the clock differs. */
function runWorld(): RunWorld {
  const { clock, rng } = virtualWorld();
  return { clock, rng, stores: new Registry(clock) };
}
