import { isStepEvent, type RunEvent, type RunResult, type StepEvent, type ValueObject } from "../flow/mod.ts";
import { RUN_COMPARED } from "../trace/mod.ts";
import { type Difference, diff, setKey, type Value } from "../value/mod.ts";

/** What came of holding a run on one engine against the same on another. */
export interface RunComparison {
  /** The first difference, steps before outputs before status; undefined: there is none. Expected is the first run. */
  readonly difference: Difference<Value> | undefined;
  /** What one side does not report: `args of read`. */
  readonly unreported: readonly string[];
  /** How many steps were compared. */
  readonly steps: number;
}

/**
 * Compares two runs of one flow (flows §15, check `against`): their status and outputs, and the final attempts of their steps in the
 * order in which they ended. What is left out stands in one table, in internal/trace.
 */
export function compareRuns(expected: RunResult, actual: RunResult): RunComparison {
  const [wanted, found] = [finalAttempts(expected.events), finalAttempts(actual.events)];
  const unreported: string[] = [];
  for (const [index, step] of wanted.entries()) {
    const other = found[index];
    if (other !== undefined) leaveOut(step, other, unreported);
  }
  const difference =
    diff({ steps: wanted }, { steps: found })[0] ??
    diff({ outputs: expected.outputs }, { outputs: actual.outputs })[0] ??
    diff({ status: expected.status }, { status: actual.status })[0];
  return { difference, unreported, steps: wanted.length };
}

/** The attempts that decided about their steps, each with what is compared of it. */
function finalAttempts(events: readonly RunEvent[]): ValueObject[] {
  const started = new Map<string, StepEvent>();
  const final: ValueObject[] = [];
  for (const event of events) {
    if (!isStepEvent(event)) continue;
    const attempt = `${event.step_id} ${event.attempt}`;
    if (event.state === "started") started.set(attempt, event);
    else if (event.state === "succeeded" || event.will_retry !== true) {
      final.push(compared({ ...argsOf(started.get(attempt)), ...event }));
    }
  }
  return final;
}

function argsOf(event: StepEvent | undefined): { readonly args?: ValueObject } {
  // An executor may leave them out, whatever the type says (flows §12).
  const args: ValueObject | undefined = event?.state === "started" ? event.args : undefined;
  return args === undefined ? {} : { args };
}

function compared(event: object): ValueObject {
  const kept: ValueObject = {};
  for (const path of RUN_COMPARED) {
    const [member, inner] = path.split(".");
    const value: unknown = Reflect.get(event, member ?? "");
    if (value === undefined) continue;
    if (inner === undefined) setKey(kept, path, value as Value);
    else setKey(kept, path, Reflect.get(Object(value), inner) ?? null);
  }
  return kept;
}

/** Takes out of both what only one has to tell, and notes it. */
function leaveOut(step: ValueObject, other: ValueObject, unreported: string[]): void {
  if (step.step_id !== other.step_id || step.state !== other.state) return;
  for (const member of ["args", "result"]) {
    if (member in step === member in other) continue;
    delete step[member];
    delete other[member];
    unreported.push(`${member} of ${String(step.step_id)}`);
  }
}
