import type { ValueObject } from "../flow/mod.ts";
import { METHODS, STATUSES } from "../rep/mod.ts";
import { canonical, exactJson, isObject, nearestDoubles, type Value } from "../value/mod.ts";
import { type Answer, shownAnswer } from "./answer.ts";
import type { ProbeIr } from "./probe_flow.ts";
import type { Capable, Trial } from "./trial.ts";
import { Broken, demand } from "./verdict.ts";
import type { Wire } from "./wire.ts";

/** A run that has ended, as Polls told it. */
export interface EndedRun {
  readonly runId: string;
  readonly status: string;
  /** Of all Polls, in order. */
  readonly statuses: readonly string[];
  readonly events: readonly ValueObject[];
  /** The result of the last Poll. */
  readonly last: ValueObject;
  /** From before StartRun was sent until the end was known, in milliseconds. */
  readonly tookMs: number;
}

/** How long a run of a probe may take. */
const RUN_MS = 5000;
/** A status that is none says nothing of an end to come. */
const UNKNOWN_MS = 1000;
/** Statuses behind which there are no others. */
export const FINAL: ReadonlySet<string> = new Set(["completed", "failed", "cancelled"]);
const MOST_EVENTS = 10_000;

/** Sends StartRun; the answer may be an error. */
export function tryStart(wire: Wire, ir: unknown, inputs: unknown, runId: string | null): Promise<Answer> {
  const options = { run_id: runId, trace_id: "0".repeat(32), allow_shell: false, run_timeout_ms: 60_000 };
  return wire.call(METHODS.startRun, { ir, inputs, options });
}

/** Starts a run; returns its id. @throws Broken */
export async function start(trial: Trial, wire: Wire, ir: ProbeIr, inputs: ValueObject = {}): Promise<string> {
  const asked = trial.runId();
  const { result, ...answer } = await tryStart(wire, ir, inputs, asked);
  if (result === undefined) throw new Broken(`StartRun was answered with ${shownAnswer({ result, ...answer })}`);
  const runId = isObject(result) ? result.run_id : undefined;
  if (typeof runId !== "string") return asked;
  if (runId !== asked) trial.addRun(runId);
  return runId;
}

/** Polls once. @throws Broken */
export function poll(wire: Wire, capable: Capable, run_id: string, received: number): Promise<ValueObject> {
  return wire.result(METHODS.poll, capable.pollsAfter ? { run_id, after: received } : { run_id });
}

/** Starts a run and polls it to its end. @throws Broken */
export async function runProbe(
  trial: Trial,
  { wire, capable }: { readonly wire: Wire; readonly capable: Capable },
  ir: ProbeIr,
  inputs: ValueObject = {},
): Promise<EndedRun> {
  const since = wire.now();
  return await follow(wire, capable, await start(trial, wire, ir, inputs), since);
}

/** Polls a run to its end. @throws Broken: it does not end */
export async function follow(
  wire: Wire,
  capable: Capable,
  runId: string,
  since = wire.now(),
  limitMs = RUN_MS,
): Promise<EndedRun> {
  const events: ValueObject[] = [];
  const statuses: string[] = [];
  for (let waitMs = 2; ; waitMs = Math.min(2 * waitMs, 50)) {
    const last = await poll(wire, capable, runId, events.length);
    const status = String(last.status);
    statuses.push(status);
    events.push(...eventsOf(last));
    const tookMs = wire.now() - since;
    if (FINAL.has(status)) return { runId, status, statuses, events, last, tookMs };
    const isKnown = STATUSES.some((one) => one === status);
    const none = isKnown ? "" : `, which is none of ${STATUSES.join(", ")}`;
    const mostMs = isKnown ? limitMs : Math.min(limitMs, UNKNOWN_MS);
    demand(tookMs < mostMs, `after ${mostMs} ms the run is still ${status}${none}`);
    demand(events.length < MOST_EVENTS, `the run has reported ${events.length} events and is still ${status}`);
    await wire.pause(waitMs);
  }
}

/** The events of a Poll. */
export function eventsOf({ events }: ValueObject): readonly ValueObject[] {
  return Array.isArray(events) ? events.filter(isObject) : [];
}

/** Events of steps. */
export function stepEvents(run: EndedRun, state?: string, stepId?: string): readonly ValueObject[] {
  return run.events.filter(
    (event) =>
      event.type === "step" &&
      (state === undefined || event.state === state) &&
      (stepId === undefined || event.step_id === stepId),
  );
}

/** The numbers of a step's attempts, each once. */
export function attemptsOf(run: EndedRun, stepId: string): readonly unknown[] {
  return [...new Set(stepEvents(run, "started", stepId).map(({ attempt }) => attempt))];
}

/** @throws Broken: it is not completed */
export function demandCompleted(run: EndedRun): void {
  demand(run.status === "completed", `the run is ${run.status}${errorText(run)}`);
}

/** @throws Broken: it has not failed with 2001 (for `cause`) */
export function demandFailed(run: EndedRun, cause?: string): ValueObject {
  demand(run.status === "failed", `the run is ${run.status}`);
  const { error } = run.last;
  demand(error !== undefined && isObject(error), "the run failed, and its last Poll has no error");
  demand(error.code === 2001, `the run failed with code ${shown(error.code)} instead of 2001`);
  const data = isObject(error.data ?? null) ? (error.data as ValueObject) : {};
  if (cause !== undefined) {
    const details = isObject(data.details ?? null) ? (data.details as ValueObject) : {};
    demand(details.cause === cause, `error.data.details.cause is ${shown(details.cause)} instead of "${cause}"`);
  }
  return data;
}

/** @throws Broken: the outputs are others */
export function demandOutputs(run: EndedRun, expected: Value): void {
  demandCompleted(run);
  const { outputs } = run.last;
  demand(outputs !== undefined, "the last Poll has no outputs");
  demand(same(outputs, expected), `outputs are ${shown(outputs)} instead of ${shown(expected)}`);
}

/** Equal as JSON values, the order of keys apart. */
export function same(a: Value, b: Value): boolean {
  return canonical(nearestDoubles(a)) === canonical(nearestDoubles(b));
}

/** A value in a sentence. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = exactJson(value);
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

function errorText({ last: { error } }: EndedRun): string {
  if (error === undefined || !isObject(error)) return "";
  return `: error ${shown(error.code)} ${shown(error.message)}`;
}
