import { compareRuns, type EngineName } from "../../internal/engine/mod.ts";
import type { RunResult } from "../../internal/flow/mod.ts";
import { type Value, writeCanonical } from "../../internal/value/mod.ts";

/** A run, and the engine that it was on. */
export interface RunOn {
  readonly engine: EngineName;
  readonly result: RunResult;
}

/** The check `against` (flows §15): the same flow on two engines. */
export function againstCheck(first: RunOn, second: RunOn): { readonly ok: boolean; readonly detail: string } {
  const { difference, unreported, steps } = compareRuns(first.result, second.result);
  const left = unreported.length === 0 ? "" : `; not reported by both: ${unreported.join(", ")}`;
  if (difference === undefined) {
    return { ok: true, detail: `engine ${second.engine} does the same in ${steps} steps${left}` };
  }
  const expected = "expected" in difference ? shown(difference.expected) : "nothing";
  const actual = "actual" in difference ? shown(difference.actual) : "nothing";
  const { error } = second.result;
  const why = error === undefined ? "" : `; engine ${second.engine}: ${error.name}: ${error.message}`;
  const detail = `${difference.path}: expected ${expected} (${first.engine}), actual ${actual} (${second.engine})`;
  return { ok: false, detail: `${detail}${why}${left}` };
}

function shown(value: Value): string {
  const text = writeCanonical(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
