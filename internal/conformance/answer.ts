import type { ValueObject } from "../flow/mod.ts";
import { isObject, type Value } from "../value/mod.ts";

/** A line that an executor wrote. */
export interface Heard {
  readonly text: string;
  readonly atMs: number;
  /** Undefined: it is no JSON, `problem` says why. */
  readonly value: Value | undefined;
  readonly problem: string | undefined;
}

/** A reply. */
export interface Answer {
  readonly heard: Heard;
  readonly result: Value | undefined;
  /** Its code; undefined: it is no error, or one without a number. */
  readonly code: number | undefined;
  readonly error: ValueObject | undefined;
}

/** A line that is a reply: it has a result or an error, and no method. */
export function answerOf(heard: Heard): Answer | undefined {
  const { value } = heard;
  if (value === undefined || !isObject(value) || "method" in value) return undefined;
  if (!("result" in value) && !("error" in value)) return undefined;
  const error = isObject(value.error ?? null) ? (value.error as ValueObject) : undefined;
  const code = typeof error?.code === "number" ? error.code : undefined;
  return { heard, result: "error" in value ? undefined : value.result, code, error };
}

/** The id of a reply, as it is. */
export function idOf({ heard }: Answer): Value | undefined {
  return heard.value !== undefined && isObject(heard.value) ? heard.value.id : undefined;
}

/** A reply in a sentence. */
export function shownAnswer({ result, code, error }: Answer): string {
  if (code !== undefined) {
    return typeof error?.message === "string" ? `error ${code} (${error.message.slice(0, 200)})` : `error ${code}`;
  }
  return result === undefined ? "an error without a code" : "a result";
}
