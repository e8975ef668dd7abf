import { isPlainObject, MAX_DEPTH, setKey } from "../value/mod.ts";
import { TAG } from "./tag.ts";

/** Stands before tagged JSON. No JSON text begins so. */
export const TAGGED = "#";

/** UTF-16 units of text for each value that there may be. */
const UNITS_PER_VALUE = 64;

/** A container as deep as this is refused by the rules for values, wherever it stands in an answer. */
const ABYSS = MAX_DEPTH + 8;

/**
 * Any value of JavaScript as a well-formed text. `receiveValue` makes of it the same value, or one that the rules for values
 * refuse in the same words: what is wrong with it is for the engine to say. Most values are JSON, and sent as that.
 *
 * @param most how many values may be inside
 * @throws RangeError if there are more: one that shows itself in many places has no end
 */
export function sendValue(value: unknown, most = Number.POSITIVE_INFINITY): string {
  if (value === undefined) return "";
  if (new Sender(most).isJson(value, 0)) return JSON.stringify(value);
  return TAGGED + JSON.stringify(new Sender(most).tagged(value));
}

class Sender {
  readonly #most: number;
  #values: number;
  #units: number;
  /** The containers around the one that is looked at. */
  readonly #around = new Set<object>();

  constructor(most: number) {
    this.#most = most;
    this.#values = most;
    this.#units = most * UNITS_PER_VALUE;
  }

  /** Whether JSON keeps everything of a value. */
  isJson(value: unknown, depth: number): boolean {
    this.#count(1);
    switch (typeof value) {
      case "string":
        this.#countUnits(value);
        return true;
      case "number":
        return Number.isFinite(value);
      case "boolean":
        return true;
      case "object":
        return value === null || (depth < ABYSS && this.#containerIsJson(value, depth + 1));
      default:
        return false;
    }
  }

  #containerIsJson(value: object, depth: number): boolean {
    if (Array.isArray(value)) {
      // By index, because a hole must be seen as the undefined that it is.
      for (let index = 0; index < value.length; index += 1) if (!this.isJson(value[index], depth)) return false;
      return true;
    }
    if (!isPlainObject(value)) return false;
    for (const key of Object.keys(value)) {
      this.#countUnits(key);
      if (!this.isJson(value[key], depth)) return false;
    }
    return true;
  }

  /** The value as JSON in which an array begins with a tag. */
  tagged(value: unknown): unknown {
    this.#count(1);
    switch (typeof value) {
      case "string":
        this.#countUnits(value);
        return value;
      case "number":
        return Number.isFinite(value) ? value : [TAG.number, String(value)];
      case "boolean":
        return value;
      case "bigint":
        return [TAG.bigint, String(value)];
      case "undefined":
        return [TAG.undefined];
      case "object":
        return value === null ? null : this.#taggedObject(value);
      default:
        return [typeof value === "function" ? TAG.function : TAG.symbol];
    }
  }

  #taggedObject(value: object): unknown {
    if (value instanceof Uint8Array) return [TAG.bytes, Buffer.from(value).toString("base64")];
    if (!Array.isArray(value) && !isPlainObject(value)) return [TAG.object, classOf(value)];
    if (this.#around.size === ABYSS || this.#around.has(value)) return [TAG.abyss];
    this.#around.add(value);
    const sent = Array.isArray(value) ? this.#taggedArray(value) : this.#taggedKeys(value);
    this.#around.delete(value);
    return sent;
  }

  #taggedArray(value: readonly unknown[]): unknown {
    this.#count(value.length);
    return [TAG.array, ...Array.from(value, (item) => this.tagged(item))];
  }

  #taggedKeys(value: Record<string, unknown>): unknown {
    const copy: { [key: string]: unknown } = {};
    for (const key of Object.keys(value)) {
      this.#countUnits(key);
      setKey(copy, key, this.tagged(value[key]));
    }
    return copy;
  }

  #count(values: number): void {
    this.#values -= values;
    if (this.#values < 0) this.#refuse();
  }

  #countUnits(text: string): void {
    this.#units -= text.length;
    if (this.#units < 0) this.#refuse();
  }

  #refuse(): never {
    throw new RangeError(`more than ${this.#most} values, or ${this.#most * UNITS_PER_VALUE} characters`);
  }
}

function classOf(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" ? name : "";
}
