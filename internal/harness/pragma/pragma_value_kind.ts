import type { Json } from "../../value/mod.ts";

/** The value of a `key=value` pair as the grammar reads it, before its key says what it should be (ami-tests §1). */
export type RawValue =
  | { readonly form: "json"; readonly value: Json }
  | { readonly form: "text"; readonly text: string; readonly quoted: boolean };

/** Why a value does not do for its key. */
export interface ValueProblem {
  readonly code: "E_PRAGMA_VALUE" | "E_PRAGMA_JSON" | "E_FIXTURE_MODE";
  readonly message: string;
  /** The corrected text, where it can be guessed. */
  readonly help?: string | undefined;
}

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: ValueProblem };

/** What the value of a key may be. */
export interface ValueKind<T> {
  /** How `plumb help pragmas` shows it: `JSON or @FILE`. */
  readonly form: string;
  /** Reads a value of `key`, which is named in the message of a problem. */
  read(raw: RawValue, key: string): Reading<T>;
}

/** A kind that looks more closely at what another one has read. */
export function refine<S, T>(
  form: string,
  base: ValueKind<S>,
  next: (value: S, key: string) => Reading<T>,
): ValueKind<T> {
  return {
    form,
    read(raw, key) {
      const reading = base.read(raw, key);
      return reading.ok ? next(reading.value, key) : reading;
    },
  };
}

export function good<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function bad(
  message: string,
  help?: string,
  code: ValueProblem["code"] = "E_PRAGMA_VALUE",
): { readonly ok: false; readonly problem: ValueProblem } {
  return { ok: false, problem: { code, message, help } };
}
