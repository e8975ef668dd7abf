import { didYouMean } from "../diag/mod.ts";
import { FUNCTIONS } from "./operations/functions.ts";
import { GIVEN_NAMES } from "./scope.ts";

/** How other languages write the constants of this one. */
const CONSTANTS: ReadonlyMap<string, string> = new Map([
  ["true", "True"],
  ["false", "False"],
  ["null", "None"],
  ["none", "None"],
  ["nil", "None"],
  ["undefined", "None"],
]);

/** The constant that a word of another language stands for. */
export function meantConstant(name: string): string | undefined {
  return CONSTANTS.get(name);
}

/** What an unknown name was most likely meant to be: a constant, a variable, or a name that every policy has. */
export function nameMeant(name: string, variables: Iterable<string>): string | undefined {
  return meantConstant(name) ?? didYouMean(name, [...variables, ...GIVEN_NAMES]);
}

/** What an unknown function was most likely meant to be. */
export function functionMeant(name: string): string | undefined {
  return didYouMean(name, FUNCTIONS.keys());
}
