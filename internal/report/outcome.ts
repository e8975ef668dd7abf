import type { TestEnd } from "../harness/mod.ts";

/** What a report shows of a case: its status, with the two words of `--known-failing` (cli.md) told apart. */
export type Outcome = "pass" | "fail" | "skip" | "known" | "stale";

/**
 * | status | known | stale | outcome |
 * |---|---|---|---|
 * | pass | – | – / true | pass / stale |
 * | fail | – / true | – | fail / known |
 * | skip | – | – | skip |
 */
export function outcomeOf(end: TestEnd): Outcome {
  switch (end.status) {
    case "pass":
      return end.stale === true ? "stale" : "pass";
    case "fail":
      return end.known === true ? "known" : "fail";
    case "skip":
      return "skip";
  }
}

/** What a report says of a case that was expected to fail and passed: the run is not ok because of it. */
export const STALE_MESSAGE = "listed as known failing, but it passed; take it off the list";
