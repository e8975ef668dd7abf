import type { Builtin } from "./builtin.ts";
import { LIST_BUILTINS } from "./builtin_lists.ts";
import { NUMBER_BUILTINS } from "./builtin_numbers.ts";
import { STATE_BUILTINS } from "./builtin_state.ts";
import { STRING_BUILTINS } from "./builtin_strings.ts";
import { VALUE_BUILTINS } from "./builtin_values.ts";

/** The built-in functions of pipelines §4 by the name they are called by; those of the state by `state.get` and so on. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
  [LIST_BUILTINS, STRING_BUILTINS, NUMBER_BUILTINS, VALUE_BUILTINS, STATE_BUILTINS]
    .flat()
    .map((builtin) => [builtin.name, builtin]),
);
