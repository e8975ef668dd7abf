import type { Json } from "../value/mod.ts";
import { FUNCTIONS } from "./operations/functions.ts";

/** What the names of a policy's expressions mean. */
export interface Scope {
  /** All that is assigned anywhere, with the slot of each. */
  readonly slots: ReadonlyMap<string, number>;
  /** `arms`: a mapping whose only key is `active` (flows §4). */
  readonly arms: { [key: string]: Json };
}

/** The names that are neither functions nor variables. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(["values", "arms", "epsilon"]);

/** True for a name that wins over a variable of the same name (flows §5, names). */
export function isReserved(name: string): boolean {
  return GIVEN_NAMES.has(name) || FUNCTIONS.has(name);
}
