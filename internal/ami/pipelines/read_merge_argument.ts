import { didYouMean } from "../../diag/mod.ts";
import {
  type ArgValue,
  BUFFER_CODES,
  type Findings,
  integerIn,
  millisecondsIn,
  pathIn,
  policyIn,
  type Span,
  wordIn,
} from "../syntax/mod.ts";
import type { MergeArgument } from "./merge_attributes.ts";

/** What is read: fields and words as texts, sizes and times as numbers. */
export type MergeValue = string | number;

const ORDERS = ["asc", "desc"];
const LATE_POLICIES = ["drop", "accept", "shunt"];

/** The value of a merge attribute's argument; a finding if it has none that fits (pipelines §9). */
export function readMergeArgument(
  type: MergeArgument,
  value: ArgValue,
  at: Span,
  findings: Findings,
): MergeValue | undefined {
  switch (type) {
    case "field":
      return fieldIn(value, at, findings);
    case "order":
      return oneOf(ORDERS, "order", "E_MERGE_SORT_ORDER_INVALID", value, at, findings);
    case "late policy":
      return oneOf(LATE_POLICIES, "late policy", "E_MERGE_LATE_POLICY", value, at, findings);
    case "policy":
      return policyIn(value, at, BUFFER_CODES, findings);
    case "size":
      return atLeast(1, integerIn(value), "a size is a whole number from 1", at, findings);
    case "time":
      return atLeast(1, millisecondsIn(value), "a time is a duration or a whole number of ms, from 1 ms", at, findings);
    case "lateness":
      return atLeast(0, millisecondsIn(value), "lateness is a duration or a whole number of ms, from 0", at, findings);
  }
}

/** A dotted path, quoted or not; `""` is the whole payload. */
function fieldIn(value: ArgValue, at: Span, findings: Findings): string | undefined {
  const path = pathIn(value);
  if (path !== undefined && (path === "" || path.split(".").every((name) => name !== ""))) return path;
  const found = path === undefined ? "something else" : JSON.stringify(path);
  const message = `a field is a dotted path such as ts or "meta.ts", found ${found}`;
  findings.add("E_MERGE_FIELD_NAME_INVALID", message, at);
  return undefined;
}

function oneOf(
  words: readonly string[],
  what: string,
  code: string,
  value: ArgValue,
  at: Span,
  findings: Findings,
): string | undefined {
  const word = wordIn(value);
  if (word !== undefined && words.includes(word)) return word;
  const found = word === undefined ? "something else" : JSON.stringify(word);
  const help = word === undefined ? undefined : didYouMean(word, words);
  findings.add(code, `expected one of ${words.join(", ")} as ${what}, found ${found}`, at, help);
  return undefined;
}

function atLeast(
  least: number,
  number: number | undefined,
  message: string,
  at: Span,
  findings: Findings,
): number | undefined {
  if (number !== undefined && number >= least) return number;
  findings.add("E_MERGE_ATTR_TYPE", message, at);
  return undefined;
}
