import type { Action } from "./concept.ts";

/** Why nothing can run an action: W_SPEC_UNIMPLEMENTED at load, E_ACTION_UNIMPLEMENTED of what is invoked. */
export function noBody({ uri, name }: Pick<Action, "uri" | "name">): string {
  return `${uri} has no body: no output has when, effects or result, and no handler is named ${name}`;
}
