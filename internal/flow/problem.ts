import type { Level } from "../diag/mod.ts";

/** A place in a JSON document: the keys and indexes that lead to it. */
export type JsonPath = readonly (string | number)[];

/** Something wrong with a document of this room, before it has a file. */
export interface Problem {
  readonly code: string;
  readonly level: Level;
  readonly path: JsonPath;
  readonly message: string;
  /** The corrected text, or what to do. */
  readonly help?: string | undefined;
}

/** `/graph/nodes/0/id`; the whole is `/`. */
export function pointer(path: JsonPath): string {
  return `/${path.join("/")}`;
}

/** A value as messages show it. */
export function shownValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
