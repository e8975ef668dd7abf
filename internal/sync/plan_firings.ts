import { type Diagnostic, diagnostic } from "../diag/mod.ts";
import { type EncodedBindings, hashedBindings, type LoggedCompletion, type Store } from "../store/mod.ts";
import { type Cause, type Causes, cycleMessage, FiredBelow, sameAncestor } from "./causes.ts";
import type { CompiledSync, CompiledThen } from "./compiled_sync.ts";
import type { FinishedEvents } from "./finished_events.ts";
import { FlowFailure } from "./flow_failure.ts";
import { join } from "./join.ts";
import { objectText } from "./object_text.ts";
import type { Program } from "./program.ts";
import { type FilledArgs, fillArgs } from "./template.ts";
import { whereRows } from "./where.ts";

/** A firing that will be written as it is. */
export interface PlannedFiring {
  readonly sync: CompiledSync;
  readonly then: CompiledThen;
  readonly bindings: EncodedBindings;
  readonly filled: FilledArgs;
}

/** What T3 writes for one completion. */
export interface Plan {
  readonly firings: readonly PlannedFiring[];
  /** W_SYNC_ROWS_COLLAPSED. */
  readonly warnings: readonly Diagnostic[];
  /** The firing that led to the completion, and what fired below its root. */
  readonly cause: Cause | undefined;
  readonly fired: FiredBelow;
}

/** What planning reads; it changes nothing but its caches. */
export interface Planning {
  readonly program: Program;
  readonly store: Store;
  readonly finished: FinishedEvents;
  readonly causes: Causes;
  readonly maxSteps: number;
}

/**
 * Decides all firings of a completion (scenarios.md §4) before anything is written: syncs in load order, combinations, rows, `then`
 * items; each distinct binding once a sync.
 *
 * @param isOld the completion may have firings in the log: it is not of this engine, and somebody may have edited the log
 * @throws FlowFailure for the first that is refused: cycle, quota, an arg of another type
 */
export function planFirings(trigger: LoggedCompletion, planning: Planning, isOld: boolean): Plan {
  const { program, causes, store, finished } = planning;
  const syncs = program.syncsOf(trigger.invocation.action_uri);
  const cause = causes.of(trigger);
  const fired = cause?.fired ?? new FiredBelow();
  const firings: PlannedFiring[] = [];
  const warnings: Diagnostic[] = [];
  const { flow_token } = trigger.invocation;
  for (const sync of syncs) {
    const seen = new Set<string>();
    let rows = 0;
    for (const combination of join(sync, trigger, finished)) {
      const all = sync.where.length === 0 ? [combination] : whereRows(sync, combination, flow_token, store.statements);
      for (const values of all) {
        rows += 1;
        const bindings = hashedBindings(objectText(sync.keys, values));
        if (seen.has(bindings.hash)) continue;
        seen.add(bindings.hash);
        for (const then of sync.invokes) {
          if (isOld && store.queries.hasFired(trigger.id, then.syncId, bindings.hash)) continue;
          check(sync, bindings, trigger, planning, cause, firings.length);
          firings.push({ sync, then, bindings, filled: fillArgs(sync.sync, then, values, flow_token) });
        }
        fired.add(sync.sync.name, bindings.hash);
      }
    }
    if (rows > seen.size && sync.where.length > 0) warnings.push(collapsed(sync, rows, seen.size, trigger));
  }
  return { firings, warnings, cause, fired };
}

/** Cycle, then quota (§4). */
function check(
  { sync }: CompiledSync,
  bindings: EncodedBindings,
  trigger: LoggedCompletion,
  { store, maxSteps }: Planning,
  cause: Cause | undefined,
  planned: number,
): void {
  const ancestor = sameAncestor(cause, sync.name, bindings);
  if (ancestor !== undefined) {
    throw new FlowFailure("E_SYNC_CYCLE", cycleMessage(sync.name, bindings, trigger, cause, ancestor), sync);
  }
  const flowToken = trigger.invocation.flow_token;
  if ((store.flow(flowToken)?.invocations ?? 0) + planned >= maxSteps) throw quotaExceeded(flowToken, maxSteps);
}

export function quotaExceeded(flowToken: string, maxSteps: number): FlowFailure {
  return new FlowFailure(
    "E_QUOTA_EXCEEDED",
    `flow ${JSON.stringify(flowToken)} reached its limit of ${maxSteps} steps`,
  );
}

function collapsed({ sync }: CompiledSync, rows: number, distinct: number, trigger: LoggedCompletion): Diagnostic {
  const message = `sync ${JSON.stringify(sync.name)}: ${rows} rows for [${trigger.seq}] gave ${distinct} distinct bindings, and fire as many times`;
  const { file, pos } = sync;
  const data = { help: "bind a key column to tell the rows apart" };
  return diagnostic({ code: "W_SYNC_ROWS_COLLAPSED", level: "warn", message, file, pos, data });
}
