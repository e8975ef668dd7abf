import type { Json } from "../../value/mod.ts";
import { fail } from "./worker_failure.ts";
import { LARGE, MAX_CHARACTERS, MAX_DEPTH, MAX_SIZE } from "./worker_limits.ts";
import type { Container } from "./worker_value.ts";

/** How large a value is with all that stands in it; what stands in two places counts twice, as when it is written. */
export interface Weight {
  /** Elements and entries. */
  readonly parts: number;
  /** UTF-16 units of keys and strings. */
  readonly characters: number;
  /** Lists and maps inside each other. */
  readonly depth: number;
}

const NOTHING: Weight = { parts: 0, characters: 0, depth: 0 };

/** Lighter values are weighed again faster than they are looked up. */
const WORTH_KEEPING = 64;

/**
 * Weighs values, so that none becomes too large or too deep to be written as JSON: E_WORKER_SIZE. Values share what they
 * hold, and a few assignments could make one that takes no memory and has more elements than there are atoms.
 */
export class Weights {
  #known: WeakMap<Container, Weight> | undefined;

  /** Weighs a value that will not change. */
  of(value: Json): Weight {
    return this.#weigh(value, 0, true);
  }

  /** Weighs a value that this call may still write into. */
  ofChanging(value: Json): Weight {
    return this.#weigh(value, 0, false);
  }

  clear(): void {
    this.#known = undefined;
  }

  #weigh(value: Json, above: number, keep: boolean): Weight {
    if (typeof value === "string") return { parts: 0, characters: checkCharacters(value.length), depth: 0 };
    if (typeof value !== "object" || value === null) return NOTHING;
    const known = this.#known?.get(value);
    if (known !== undefined) {
      checkDepth(above + known.depth);
      return known;
    }
    checkDepth(above + 1);
    const weight = Array.isArray(value)
      ? this.#weighAll(value, above, keep, 0)
      : this.#weighAll(Object.values(value), above, keep, charactersOf(Object.keys(value)));
    if (keep && weight.parts >= WORTH_KEEPING) {
      this.#known ??= new WeakMap();
      this.#known.set(value, weight);
    }
    return weight;
  }

  #weighAll(values: readonly Json[], above: number, keep: boolean, keys: number): Weight {
    let parts = checkParts(values.length);
    let characters = checkCharacters(keys);
    let depth = 0;
    for (const value of values) {
      if (typeof value === "string") {
        characters = checkCharacters(characters + value.length);
      } else if (typeof value === "object" && value !== null) {
        const inner = this.#weigh(value, above + 1, keep);
        parts = checkParts(parts + inner.parts);
        characters = checkCharacters(characters + inner.characters);
        depth = Math.max(depth, inner.depth);
      }
    }
    return { parts, characters, depth: depth + 1 };
  }
}

/** Whether what holds a value of this weight must be weighed too, because few such values make it too large. */
export function isLarge({ parts, characters }: Weight): boolean {
  return parts >= LARGE || characters >= LARGE;
}

function charactersOf(keys: readonly string[]): number {
  let characters = 0;
  for (const key of keys) characters += key.length;
  return characters;
}

function checkParts(count: number): number {
  return count <= MAX_SIZE ? count : fail("E_WORKER_SIZE", `a value has more than ${MAX_SIZE} elements and entries`);
}

function checkCharacters(count: number): number {
  if (count <= MAX_CHARACTERS) return count;
  return fail("E_WORKER_SIZE", `a value has more than ${MAX_CHARACTERS} characters`);
}

function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) fail("E_WORKER_SIZE", `a value is nested more than ${MAX_DEPTH} levels deep`);
}
