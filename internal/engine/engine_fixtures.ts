import { join } from "node:path";
import type { FlowIr, RunResult, ValueObject } from "../flow/mod.ts";
import { isObject, type Json } from "../value/mod.ts";
import { DeterministicClock } from "../world/mod.ts";
import { LocalEngine, type LocalEngineOptions } from "./local_engine.ts";
import { readMocks } from "./read_mocks.ts";
import { virtualRunTime } from "./run_time.ts";

/** The example of flows §20. */
export const COLDSTORE = join(import.meta.dir, "../../testdata/examples/coldstore");

export interface TestRun extends LocalEngineOptions {
  readonly inputs?: ValueObject;
  /** A mocks document. */
  readonly answers?: Json;
  readonly runId?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** Runs a flow in virtual time. */
export async function runLocal(
  ir: FlowIr,
  run: TestRun = {},
): Promise<RunResult & { readonly codes: readonly string[] }> {
  const { inputs = {}, answers, runId = "run-1", signal, timeoutMs, ...options } = run;
  const mocks = answers === undefined ? undefined : readMocks(answers).mocks;
  const engine = new LocalEngine({ mocks, time: () => virtualRunTime(new DeterministicClock()), ...options });
  const { result, warnings } = await engine.run({ ir, inputs, runId, traceId: "0".repeat(32), signal, timeoutMs });
  return { ...result, codes: warnings.map(({ code }) => code) };
}

/** The steps' events as lines: `read started 1 @0`. */
export function stepLines({ events }: RunResult): readonly string[] {
  return events.flatMap((event) => {
    if (event.type !== "step") return [];
    const retry = event.state === "failed" && event.will_retry ? " again" : "";
    return [`${event.step_id} ${event.state} ${event.attempt} @${Date.parse(event.timestamp)}${retry}`];
  });
}

/** A value without what differs from run to run. */
export function timeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(timeless);
  if (!isObject((value ?? null) as Json)) return value;
  const entries = Object.entries(value as ValueObject).filter(([key]) => key !== "timestamp" && key !== "duration_ms");
  return Object.fromEntries(entries.map(([key, member]) => [key, timeless(member)]));
}
