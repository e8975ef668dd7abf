import { FlowInputError } from "../flow/mod.ts";
import { METHODS, RepFault } from "../rep/mod.ts";
import type { Alarms } from "../world/mod.ts";
import type { Bench } from "./bench.ts";
import type { Check } from "./check.ts";
import { type CheckRecord, type CheckSummary, summaryOf } from "./records.ts";
import { freshWires, type Pace, sharedWires, Trial, type Wires } from "./trial.ts";
import { Broken, NotApplicable } from "./verdict.ts";

export interface SuiteOptions {
  readonly bench: Bench;
  readonly checks: readonly Check[];
  readonly alarms: Alarms;
  /** How many checks are tried at a time, where each has a process of its own. */
  readonly atOnce: number;
  /** Hears each record as soon as all before it were told. */
  readonly onRecord?: (record: CheckRecord) => void;
  /** No further check is begun once it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

export interface SuiteOutcome {
  readonly records: readonly CheckRecord[];
  readonly summary: CheckSummary;
}

/** A process may take its time to start; that it takes no more than 5 s is a check of its own. */
const PATIENT: Pace = { firstReplyMs: 10_000, replyMs: 5000 };
/** For one that does not answer at all. */
const HASTY: Pace = { firstReplyMs: 1000, replyMs: 1000 };

/**
 * Holds an executor to REP.
 * @throws FlowInputError, RepFault Connect: there is no executor
 */
export async function runSuite(options: SuiteOptions): Promise<SuiteOutcome> {
  const { bench, checks, alarms, atOnce, onRecord, signal } = options;
  const since = alarms.monotonicMs();
  const times = { alarms, pace: { ...PATIENT } };
  const wires = bench.hasProcesses ? freshWires(bench, times) : sharedWires(bench, times);
  if (!(await answers(wires))) Object.assign(times.pace, HASTY);
  const done = new Map<number, CheckRecord>();
  const records: CheckRecord[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < checks.length && signal?.aborted !== true) {
      const at = next;
      next += 1;
      const check = checks[at];
      if (check === undefined) return;
      done.set(at, await tryCheck(check, bench, wires));
      for (let record = done.get(records.length); record !== undefined; record = done.get(records.length)) {
        records.push(record);
        onRecord?.(record);
      }
    }
  };
  await Promise.all(Array.from({ length: bench.hasProcesses ? atOnce : 1 }, work));
  await wires.end();
  return { records, summary: summaryOf(records, alarms.monotonicMs() - since) };
}

/** Whether there is an executor that says a word. */
async function answers(wires: Wires): Promise<boolean> {
  const wire = await wires.open("as of a host");
  try {
    await wire.call(METHODS.capabilities, {});
    return true;
  } catch (error) {
    if (error instanceof Broken) return false;
    throw error;
  } finally {
    await wires.close(wire);
  }
}

async function tryCheck(check: Check, bench: Bench, wires: Wires): Promise<CheckRecord> {
  const { id, level, rule, fix } = check;
  const record = (status: CheckRecord["status"], detail: string): CheckRecord => ({
    id,
    level,
    status,
    rule,
    detail,
    frames: [],
  });
  if (check.ofProcess === true && !bench.hasProcesses) return record("n/a", "there is no process to look at");
  const trial = new Trial(bench, wires);
  try {
    await check.run(trial);
    return record("ok", trial.note);
  } catch (error) {
    if (error instanceof NotApplicable) return record("n/a", error.message);
    const found = foundBy(error);
    if (found === undefined) throw error;
    return { ...record("fail", found), frames: [...trial.frames], fix };
  } finally {
    await trial.close();
  }
}

/** What is wrong, unless plumb itself is. */
function foundBy(error: unknown): string | undefined {
  if (error instanceof Broken || error instanceof RepFault || error instanceof FlowInputError) return error.message;
  return undefined;
}
