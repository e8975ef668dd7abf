import { virtualWorld, type World } from "../world/mod.ts";

/** A world with a virtual clock. Two worlds of equal options behave equally and share nothing. */
export function testWorld(options: { readonly seed?: number; readonly startMs?: number } = {}): World {
  return virtualWorld(options);
}
