import { isObject, type Value } from "../value/mod.ts";
import type { RunEvent, StepFailed, StepStarted, StepSucceeded, ValueObject } from "./run_event.ts";

/** An event of a step. What an executor need not report, `args` and `result`, may be missing (flows §12). */
export type StepEvent = StepStarted | StepFailed | StepSucceeded;

/**
 * An event that an executor reported, as it is: it has a type and a timestamp. Of a known type it may lack members, so that
 * events of steps are known by `isStepEvent`.
 */
export function reportedEvent(event: ValueObject): RunEvent {
  return event as unknown as RunEvent;
}

/** The event tells of an attempt of a step, and all that tells it apart from others is there. */
export function isStepEvent(event: RunEvent): event is StepEvent {
  if (event.type !== "step") return false;
  const { step_id, kind, attempt, state }: { readonly [key in keyof StepStarted]: unknown } = { ...NOTHING, ...event };
  if (typeof step_id !== "string" || typeof kind !== "string" || !Number.isInteger(attempt)) return false;
  switch (state) {
    case "started":
      return isObjectOrAbsent(event, "args");
    case "succeeded":
      return isObjectOrAbsent(event, "result");
    case "failed":
      return isError(member(event, "error"));
    default:
      return false;
  }
}

const NOTHING = { step_id: undefined, kind: undefined, attempt: undefined, state: undefined, args: undefined };

function isObjectOrAbsent(event: RunEvent, key: string): boolean {
  const value = member(event, key);
  return value === undefined || isObject(value);
}

function isError(value: Value | undefined): boolean {
  return value !== undefined && isObject(value) && Number.isInteger(value.code) && typeof value.message === "string";
}

function member(event: object, key: string): Value | undefined {
  return Object.hasOwn(event, key) ? Reflect.get(event, key) : undefined;
}
