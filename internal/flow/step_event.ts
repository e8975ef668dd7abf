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
  const told = (member: string): Value | undefined => Reflect.get(event, member);
  if (typeof told("step_id") !== "string" || typeof told("kind") !== "string") return false;
  if (!Number.isInteger(told("attempt"))) return false;
  switch (told("state")) {
    case "started":
      return isObjectOrAbsent(told("args"));
    case "succeeded":
      return isObjectOrAbsent(told("result"));
    case "failed":
      return isError(told("error"));
    default:
      return false;
  }
}

function isObjectOrAbsent(value: Value | undefined): boolean {
  return value === undefined || isObject(value);
}

function isError(value: Value | undefined): boolean {
  return value !== undefined && isObject(value) && Number.isInteger(value.code) && typeof value.message === "string";
}
