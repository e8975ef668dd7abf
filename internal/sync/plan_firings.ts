import { type Diagnostic, diagnostic } from "../diag/mod.ts";
import {
  type EncodedBindings,
  encodeBindings,
  type LoggedCompletion,
  type Store,
  type StrictObject,
} from "../store/mod.ts";
import { setKey, ValueError } from "../value/mod.ts";
import { type Cause, type Causes, cycleMessage, firingKey, sameAncestor } from "./causes.ts";
import type { CompiledSync, CompiledThen } from "./compiled_sync.ts";
import type { FinishedEvents } from "./finished_events.ts";
import { FlowFailure } from "./flow_failure.ts";
import { join } from "./join.ts";
import type { Bindings } from "./match.ts";
import type { Program } from "./program.ts";
import { fillArgs } from "./template.ts";
import { whereRows } from "./where.ts";

/** A firing that will be written as it is. */
export interface PlannedFiring {
  readonly sync: CompiledSync;
  readonly then: CompiledThen;
  readonly bindings: EncodedBindings;
  readonly args: StrictObject;
}

/** What T3 writes for one completion. */
export interface Plan {
  readonly firings: readonly PlannedFiring[];
  /** W_SYNC_ROWS_COLLAPSED. */
  readonly warnings: readonly Diagnostic[];
  /** The firing that led to the completion, and what fired below its root. */
  readonly cause: Cause | undefined;
  readonly fired: Set<string>;
}

export interface Planning {
  readonly program: Program;
  readonly store: Store;
  readonly finished: FinishedEvents;
  readonly causes: Causes;
  readonly maxSteps: number;
  /** The completion may have firings in the log: it is not of this engine, and somebody may have edited the log. */
  readonly isOld: boolean;
}

/**
 * Decides all firings of a completion (scenarios.md §4) before anything is written: syncs in load order, combinations, rows, `then`
 * items; each distinct binding once a sync.
 * @throws FlowFailure for the first that is refused: cycle, quota, an arg of another type
 */
export function planFirings(trigger: LoggedCompletion, planning: Planning): Plan {
  const { program, causes, store, finished } = planning;
  const cause = causes.of(trigger);
  const fired = cause?.fired ?? new Set<string>();
  const firings: PlannedFiring[] = [];
  const warnings: Diagnostic[] = [];
  for (const sync of program.syncsOf(trigger.invocation.action_uri)) {
    const seen = new Map<string, number>();
    for (const combination of join(sync, trigger, finished)) {
      for (const bindings of whereRows(sync, combination, trigger.invocation.flow_token, store.statements)) {
        const encoded = encode(sync, bindings);
        const times = seen.get(encoded.hash) ?? 0;
        seen.set(encoded.hash, times + 1);
        if (times > 0) continue;
        for (const then of sync.invokes) {
          const firing = plan(
            { sync, then, bindings: encoded, values: bindings },
            trigger,
            planning,
            cause,
            firings.length,
          );
          if (firing !== undefined) firings.push(firing);
        }
        fired.add(firingKey(sync.sync.name, encoded.hash));
      }
    }
    warnings.push(...collapsed(sync, seen, trigger));
  }
  return { firings, warnings, cause, fired };
}

/** One firing, checked in the order of §4: idempotency (undefined), cycle, quota. */
function plan(
  firing: Pick<PlannedFiring, "sync" | "then" | "bindings"> & { readonly values: Bindings },
  trigger: LoggedCompletion,
  { store, maxSteps, isOld }: Planning,
  cause: Cause | undefined,
  planned: number,
): PlannedFiring | undefined {
  const { sync, then, bindings, values } = firing;
  if (isOld && store.queries.hasFired(trigger.id, then.syncId, bindings.hash)) return undefined;
  const { name } = sync.sync;
  const ancestor = sameAncestor(cause, name, bindings);
  if (ancestor !== undefined) {
    throw new FlowFailure("E_SYNC_CYCLE", cycleMessage(name, bindings, trigger, cause, ancestor), sync.sync);
  }
  const flowToken = trigger.invocation.flow_token;
  if ((store.flow(flowToken)?.invocations ?? 0) + planned >= maxSteps) throw quotaExceeded(flowToken, maxSteps);
  return { sync, then, bindings, args: fillArgs(sync.sync, then, values, flowToken) };
}

export function quotaExceeded(flowToken: string, maxSteps: number): FlowFailure {
  return new FlowFailure(
    "E_QUOTA_EXCEEDED",
    `flow ${JSON.stringify(flowToken)} reached its limit of ${maxSteps} steps`,
  );
}

function encode({ variables, sync }: CompiledSync, bindings: Bindings): EncodedBindings {
  const object: StrictObject = {};
  for (const [number, name] of variables.entries()) {
    const value = bindings[number];
    if (value !== undefined) setKey(object, name, value);
  }
  try {
    return encodeBindings(object);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new FlowFailure(error.code, `the bindings of ${sync.name}: ${error.message}`, sync);
  }
}

function collapsed({ sync }: CompiledSync, seen: ReadonlyMap<string, number>, trigger: LoggedCompletion): Diagnostic[] {
  const rows = [...seen.values()].reduce((sum, times) => sum + times, 0);
  if (sync.where.length === 0 || rows === seen.size) return [];
  const message = `sync ${JSON.stringify(sync.name)}: ${rows} rows for [${trigger.seq}] gave ${seen.size} distinct bindings, and fire as many times`;
  const { file, pos } = sync;
  const data = { help: "bind a key column to tell the rows apart" };
  return [diagnostic({ code: "W_SYNC_ROWS_COLLAPSED", level: "warn", message, file, pos, data })];
}
