import { refuse } from "../user_modules/mod.ts";
import { checkJson, type Json, ValueError } from "../value/mod.ts";

/** Elements and entries of a value, characters of a string (pipelines §4: the limits of every worker). */
const MAX_SIZE = 1_048_576;
/** UTF-16 units of all keys and strings of a value. */
const MAX_UNITS = 16 * MAX_SIZE;
/** JSON is never as deep; what is, may be a circle. */
const TOO_DEEP = 1_000;

/**
 * Holds what a worker gives away against the rules for values: E_WORKER_TYPE if it is no JSON, E_WORKER_SIZE if it is too large.
 * A value may show one list in a million places: it is counted up to the limit before anything else looks at it.
 */
export function checkPayload(value: unknown, what: string): Json {
  new Count(what).add(value, 0);
  try {
    return checkJson(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const code = error.code === "E_VALUE_DEPTH" ? "E_WORKER_SIZE" : "E_WORKER_TYPE";
    return refuse(code, `${what} is no JSON value: ${error.message}`);
  }
}

class Count {
  readonly #what: string;
  #parts = 0;
  #units = 0;

  constructor(what: string) {
    this.#what = what;
  }

  add(value: unknown, depth: number): void {
    if (typeof value === "string") this.#text(value);
    if (typeof value !== "object" || value === null || depth === TOO_DEEP) return;
    if (Array.isArray(value)) {
      this.#count(value.length);
      for (const item of value) this.add(item, depth + 1);
    } else if (isPlain(value)) {
      const entries = Object.entries(value);
      this.#count(entries.length);
      for (const [key, item] of entries) {
        this.#text(key);
        this.add(item, depth + 1);
      }
    }
  }

  #count(parts: number): void {
    this.#parts += parts;
    if (this.#parts > MAX_SIZE) this.#tooLarge("elements and entries", MAX_SIZE);
  }

  #text(text: string): void {
    this.#units += text.length;
    if (this.#units > MAX_UNITS) this.#tooLarge("characters", MAX_UNITS);
    if (text.length > MAX_SIZE && !hasAtMost(text, MAX_SIZE)) this.#tooLarge("characters in a string", MAX_SIZE);
  }

  #tooLarge(of: string, limit: number): never {
    refuse("E_WORKER_SIZE", `${this.#what} has more than ${limit} ${of}`);
  }
}

/** Others, which may have any number of keys, are no JSON. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a text has at most so many code points. */
function hasAtMost(text: string, limit: number): boolean {
  let points = 0;
  for (const _ of text) points += 1;
  return points <= limit;
}
