import { isObject, type Json } from "../../value/mod.ts";
import { codePoints } from "../syntax/syntax_error.ts";
import { PolicyFault } from "./policy_fault.ts";

/** Elements, and code points, of all that a value holds (flows §5, bounds). */
export const MAX_SIZE = 1_000_000;
/** Evaluation steps of a policy. */
export const MAX_STEPS = 100_000;
/** Nested lists and mappings: those of any JSON value (scenarios.md §1), so that a result can be written. */
const MAX_DEPTH = 256;

/** Elements or characters that are looked at for one step. */
const WORK_STEP = 1000;
/** Sizes of smaller values are counted again, which costs less than to keep them. */
const KEPT_SIZE = 64;

/** What a value holds, at every depth; a value that stands in it twice counts twice. */
interface Size {
  readonly elements: number;
  /** Code points of texts and keys. */
  readonly points: number;
  readonly depth: number;
}

const SCALAR: Size = { elements: 0, points: 0, depth: 0 };

/** Counts what an evaluation costs, and holds it to the bounds of flows §5. */
export class Meter {
  #steps = 0;
  #sizes: WeakMap<object, Size> | undefined;

  /** @throws PolicyFault beyond the bound */
  step(count: number): void {
    this.#steps += count;
    if (this.#steps > MAX_STEPS) throw new PolicyFault(`the policy takes more than ${MAX_STEPS} evaluation steps`);
  }

  /** Counts what has to be looked at one by one: elements of a list, characters of a text. */
  work(amount: number): void {
    if (amount >= WORK_STEP) this.step(Math.floor(amount / WORK_STEP));
  }

  /** Counts all that a deep comparison may look at. */
  deepWork(value: Json): void {
    if (typeof value === "string") this.work(value.length);
    else if (typeof value === "object" && value !== null) this.work(this.#sizeOf(value).elements);
  }

  /**
   * A value that an operation has made.
   *
   * @throws PolicyFault if it is too large or too deep
   */
  made<T extends Json>(value: T): T {
    if (typeof value === "string") this.checkText(value);
    else this.#checkSize(this.#sizeOf(value));
    return value;
  }

  /** Refuses `times` times a value before it is made. */
  checkTimes(value: string | Json[], times: number): void {
    if (times <= 0) return;
    const { elements, points, depth } = this.#sizeOf(value);
    this.#checkSize({ elements: elements * times, points: points * times, depth });
  }

  checkText(text: string): void {
    if (text.length > MAX_SIZE) this.#checkSize({ elements: 0, points: pointsOf(text), depth: 0 });
    this.work(text.length);
  }

  #checkSize({ elements, points, depth }: Size): void {
    if (elements > MAX_SIZE) throw new PolicyFault(`a value has more than ${MAX_SIZE} elements`);
    if (points > MAX_SIZE) throw new PolicyFault(`a value has more than ${MAX_SIZE} characters`);
    if (depth > MAX_DEPTH) throw new PolicyFault(`a value is nested more than ${MAX_DEPTH} deep`);
  }

  #sizeOf(value: Json): Size {
    if (typeof value === "string") return { elements: 0, points: pointsOf(value), depth: 0 };
    if (typeof value !== "object" || value === null) return SCALAR;
    const kept = this.#sizes?.get(value);
    if (kept !== undefined) return kept;
    const parts = Array.isArray(value) ? value : Object.values(value);
    let elements = parts.length;
    let points = 0;
    let depth = 0;
    // Not for…of, which takes three times as long.
    for (let at = 0; at < parts.length; at++) {
      const part = parts[at];
      if (typeof part === "string") points += pointsOf(part);
      else if (typeof part === "object" && part !== null) {
        const size = this.#sizeOf(part);
        elements += size.elements;
        points += size.points;
        if (size.depth > depth) depth = size.depth;
      }
    }
    if (isObject(value)) for (const key in value) points += pointsOf(key);
    this.work(elements);
    const size = { elements, points, depth: depth + 1 };
    if (elements > KEPT_SIZE) {
      this.#sizes ??= new WeakMap();
      this.#sizes.set(value, size);
    }
    return size;
  }
}

/** Two units of UTF-16 that are one character are rare, and found faster than characters are counted. */
function pointsOf(text: string): number {
  return HIGH_SURROGATE.test(text) ? codePoints(text, text.length) : text.length;
}

const HIGH_SURROGATE = /[\ud800-\udbff]/;
