import { didYouMean } from "../../diag/mod.ts";
import { type DslIssue, type DslSource, dslIssue, type IssueFields } from "../syntax/mod.ts";

/** Takes a finding about the file that is looked at. */
export interface Report {
  (fields: IssueFields): void;
  /** The candidate that a word was most likely meant to be, as long as a file has not asked for too many comparisons. */
  meant(word: string, candidates: Candidates): string | undefined;
}

/** A set, or the keys of a map. */
export interface Candidates {
  readonly size: number;
  keys(): Iterable<string>;
}

/** Comparisons of two words in one file: thousands of steps with a wrong reference each must not take minutes. */
const MAX_COMPARISONS = 100_000;
/** What a name may be is not bounded; what is said of it is. */
const MAX_TEXT = 300;

/** Makes the report of a file, which adds to `issues`. */
export function reportTo(issues: DslIssue[], source: DslSource): Report {
  let left = MAX_COMPARISONS;
  const report = (fields: IssueFields): void => {
    const { message, help } = fields;
    const shownHelp = help !== undefined && help.length > MAX_TEXT ? undefined : help;
    issues.push(dslIssue(source, { ...fields, message: cut(message), help: shownHelp }));
  };
  const meant = (word: string, candidates: Candidates): string | undefined => {
    if (candidates.size > left) return undefined;
    left -= candidates.size;
    return didYouMean(word, candidates.keys());
  };
  return Object.assign(report, { meant });
}

function cut(message: string): string {
  return message.length > MAX_TEXT ? `${message.slice(0, MAX_TEXT).toWellFormed()}…` : message;
}

/** What a finding says beyond its code, place and message. */
export type Aside = Pick<IssueFields, "length" | "help">;

/** A finding that does not stop anything. */
export function warn(report: Report, code: string, at: number, message: string, aside: Aside = {}): void {
  report({ code, level: "warning", at, message, ...aside });
}
