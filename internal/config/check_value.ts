import * as v from "valibot";
import { didYouMean } from "../diag/mod.ts";
import type { ConfigKey } from "./config_key.ts";

/** A value that a key does not allow. */
export interface WrongValue {
  /** The place inside the value: `[1]` of a list, empty for the value itself. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly help: string | undefined;
}

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly wrong: WrongValue };

/** Holds a value to the schema of its key; the message says what was expected and what was found. */
export function checkValue<T>(key: ConfigKey<T>, value: unknown, name = key.id): Checked<T> {
  const result = v.safeParse(key.schema, value, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  const [issue] = result.issues;
  const path = (issue.path ?? []).map((step) => (typeof step.key === "number" ? step.key : String(step.key)));
  const found: unknown = issue.input;
  const word = typeof found === "string" ? (found.split("=")[0] ?? found) : undefined;
  const meant = word === undefined || key.choices === undefined ? undefined : didYouMean(word, key.choices);
  return {
    ok: false,
    wrong: {
      path,
      message: `${name}: expected ${key.expected}, found ${shown(found)}`,
      help:
        meant ?? (typeof found === "string" || typeof found === "object" ? undefined : quotedHelp(key, path, found)),
    },
  };
}

/** Where a text is wanted and YAML reads `8080` or `true`, quotes help. */
function quotedHelp(key: ConfigKey, path: readonly unknown[], found: unknown): string | undefined {
  return path.length > 0 || key.expected === "text" ? JSON.stringify(String(found)) : undefined;
}

function shown(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
