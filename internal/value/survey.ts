import { MAX_DEPTH, type Profile, type Value } from "./json.ts";

/** Some object's keys are not in canonical order. */
export const UNSORTED = 1;
/** Some key is one that the engine may put elsewhere than asked: it may look like an array index, or is `__proto__`. */
export const ODD_KEY = 2;
/** Something needs a closer look: not plain JSON of the profile, or too deep. */
export const SUSPECT = 4;

/**
 * One quick pass over a value, to learn whether the engine's own JSON writer would write it canonically. Returns a sum of
 * the flags above, 0 for a plain value with sorted keys. Does not look into the text of strings.
 */
export function survey(value: Value, profile: Profile, depth = 0): number {
  switch (typeof value) {
    case "string":
    case "boolean":
      return 0;
    case "number":
      return (profile === "strict" ? Number.isSafeInteger(value) : Number.isFinite(value)) ? 0 : SUSPECT;
    case "object":
      if (value === null) return profile === "strict" ? SUSPECT : 0;
      if (depth === MAX_DEPTH) return SUSPECT;
      return Array.isArray(value) ? surveyArray(value, profile, depth) : surveyObject(value, profile, depth);
    default:
      return SUSPECT;
  }
}

function surveyArray(items: Value[], profile: Profile, depth: number): number {
  let flags = 0;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    flags |= item === undefined ? SUSPECT : survey(item, profile, depth + 1);
  }
  return flags;
}

function surveyObject(object: { [key: string]: Value }, profile: Profile, depth: number): number {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) return SUSPECT;
  let flags = 0;
  let before = "";
  for (const key in object) {
    if (key < before) flags |= UNSORTED;
    if (isOdd(key)) flags |= ODD_KEY;
    const member = object[key];
    flags |= member === undefined ? SUSPECT : survey(member, profile, depth + 1);
    before = key;
  }
  return flags;
}

function isOdd(key: string): boolean {
  return (isDigit(key.charCodeAt(0)) && isDigit(key.charCodeAt(key.length - 1))) || key === "__proto__";
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
