import { type ArgValue, type Findings, integerIn, millisecondsIn, type Span, textIn } from "../syntax/mod.ts";

/** More servers than this no step has (pipelines §3). */
const MOST_WORKERS = 1024;

/** Service time: a duration or a whole number of ms, from 0. */
export function delayIn(value: ArgValue, at: Span, findings: Findings): number | undefined {
  const ms = millisecondsIn(value);
  if (ms !== undefined && ms >= 0) return ms;
  findings.add("E_STEP_ARG", "delay is a duration such as 5ms, or a whole number of ms, from 0", at);
  return undefined;
}

export function workersIn(value: ArgValue, at: Span, findings: Findings): number | undefined {
  const workers = integerIn(value);
  if (workers !== undefined && workers >= 1 && workers <= MOST_WORKERS) return workers;
  findings.add("E_STEP_ARG", `workers is a whole number from 1 to ${MOST_WORKERS}`, at);
  return undefined;
}

export function intervalIn(value: ArgValue, at: Span, findings: Findings): number | undefined {
  const ms = millisecondsIn(value);
  if (ms !== undefined && ms >= 1) return ms;
  findings.add("E_TIMER_ARGS", "the interval of a Timer is a duration or a whole number of ms, from 1 ms", at);
  return undefined;
}

/** Ticks of a Timer; 0 is endless. */
export function countIn(value: ArgValue, at: Span, findings: Findings): number | undefined {
  const count = integerIn(value);
  if (count !== undefined && count >= 0) return count;
  findings.add("E_TIMER_ARGS", "the count of a Timer is a whole number from 0, which is endless", at);
  return undefined;
}

/** The path of an io step, as written. */
export function pathOf(value: ArgValue, at: Span, findings: Findings): string | undefined {
  const path = textIn(value);
  if (path !== undefined && path !== "") return path;
  findings.add("E_IO_ARGS", 'the path of an io step is a string such as "events.jsonl"', at);
  return undefined;
}
