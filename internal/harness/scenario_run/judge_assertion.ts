import type { Finding } from "../../diag/mod.ts";
import type { Strict, Value } from "../../value/mod.ts";
import type { Assertion, LateValue } from "../scenario/mod.ts";
import { judgeProvenance } from "./judge_provenance.ts";
import { judgeState } from "./judge_state.ts";
import { judgeCompletion, judgeContains, judgeCount, judgeNever, judgeOrder, type Miss } from "./judge_trace.ts";
import type { RunTrace } from "./run_trace.ts";
import type { Row } from "./state_rows.ts";

/** What assertions look at. */
export interface Judged {
  readonly trace: RunTrace;
  /** The rows of a state or log table, in key order. */
  readonly rows: (table: string) => readonly Row[];
  /** Puts captured variables in. */
  readonly fill: (late: LateValue) => Strict;
}

/** Holds what a case left to one assertion, which stands at `number` (from 1) of its list (scenarios.md §8). */
export function judgeAssertion(assertion: Assertion, number: number, judged: Judged): Finding | undefined {
  const miss = missOf(assertion, judged);
  if (miss === undefined) return undefined;
  const head = `assertion ${number} (${assertion.type}) failed`;
  return {
    code: "E_ASSERTION_FAILED",
    message: `${head}\n  expected: ${miss.expected}\n  actual: ${miss.actual}\n${judged.trace.tail()}`,
  };
}

function missOf(assertion: Assertion, { trace, rows, fill }: Judged): Miss | undefined {
  const filled = (late: LateValue | undefined): Value | undefined => (late === undefined ? undefined : fill(late));
  switch (assertion.type) {
    case "trace_contains": {
      const { action, case: wantedCase, cause } = assertion;
      const wanted = {
        action,
        args: filled(assertion.args),
        case: wantedCase,
        result: filled(assertion.result),
        cause,
      };
      return judgeContains(wanted, trace);
    }
    case "trace_order":
      return judgeOrder(assertion.actions, trace);
    case "trace_count": {
      const { action, case: wantedCase, count } = assertion;
      return judgeCount({ action, args: filled(assertion.args), case: wantedCase }, count, trace);
    }
    case "trace_never": {
      const { action, case: wantedCase } = assertion;
      return judgeNever({ action, args: filled(assertion.args), case: wantedCase }, trace);
    }
    case "completion": {
      const { action, case: wantedCase, exact } = assertion;
      const [args, result] = [filled(assertion.args), filled(assertion.result)];
      return judgeCompletion({ action, args, case: wantedCase, result, exact }, trace);
    }
    case "provenance": {
      const { from, via, to } = assertion;
      return judgeProvenance({ from, via, to, bindings: filled(assertion.bindings) }, trace);
    }
    case "final_state": {
      const { table, where, is } = assertion;
      return judgeState(table, filled(where), wantedRows(is, fill), rows(table));
    }
  }
}

type WantedState = Extract<Assertion, { type: "final_state" }>["is"];

function wantedRows(is: WantedState, fill: (late: LateValue) => Strict): Parameters<typeof judgeState>[2] {
  switch (is.kind) {
    case "expect":
      return { kind: "expect", row: fill(is.row) };
    case "rows": {
      const rows = fill(is.rows);
      return { kind: "rows", rows: Array.isArray(rows) ? rows : [rows] };
    }
    case "count":
    case "absent":
      return is;
  }
}
