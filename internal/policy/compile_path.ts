import type { Json } from "../value/mod.ts";
import { failing } from "./failing.ts";
import { nameMeant } from "./name_meant.ts";
import { fieldOf } from "./operations/access.ts";
import { FUNCTIONS } from "./operations/functions.ts";
import { PolicyFault } from "./operations/policy_fault.ts";
import type { Evaluate, Run } from "./run.ts";
import type { Scope } from "./scope.ts";
import type { Name } from "./syntax/expression.ts";
import { pathPrefixes } from "./syntax/path_prefixes.ts";

/**
 * A name with the fields behind it (flows §5, names): functions, `values`, `arms` and `epsilon` win over variables; of
 * these the one with the longest name that is assigned when it is asked.
 */
export function compilePath(names: readonly [Name, ...Name[]], scope: Scope): Evaluate {
  const [root, ...fields] = names.map(({ text }) => text);
  if (root === undefined) return failing("a name is missing");
  if (root === "values") return withFields((run) => run.values, fields);
  if (root === "epsilon") return withFields((run) => run.epsilon, fields);
  if (root === "arms") return compileArms(scope, fields);
  if (FUNCTIONS.has(root)) return failing(`${root} is a function: write ${root}(…)`);
  return compileVariable([root, ...fields], scope);
}

function withFields(base: Evaluate, fields: readonly string[]): Evaluate {
  return fields.length === 0 ? base : (run) => fields.reduce(fieldOf, base(run));
}

/** What the arms say does not change, so that it is looked up once. */
function compileArms({ arms }: Scope, fields: readonly string[]): Evaluate {
  const [arm] = fields;
  if (arm !== undefined && !Object.hasOwn(arms, arm)) {
    const isThere = arm === "active" ? "the policy has no arm" : `there is no arms.${arm}`;
    return failing(`${isThere}: arms.active, the arm 'default' or else the first one, is the only one`);
  }
  let value: Json = arms;
  try {
    for (const field of fields) value = fieldOf(value, field);
  } catch (error) {
    if (error instanceof PolicyFault) return failing(`arms.${fields.join(".")}: ${error.message}`);
    throw error;
  }
  return () => value;
}

function compileVariable(names: readonly string[], scope: Scope): Evaluate {
  const candidates: { readonly slot: number; readonly fields: readonly string[] }[] = [];
  for (const [dropped, name] of pathPrefixes(names).entries()) {
    const slot = scope.slots.get(name);
    if (slot !== undefined) candidates.push({ slot, fields: names.slice(names.length - dropped) });
  }
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1 && only.fields.length === 0) {
    const { slot } = only;
    return (run) => {
      const value = run.variables[slot];
      return value === undefined ? unknownName(names, scope) : value;
    };
  }
  return (run) => {
    const value = resolve(run, candidates);
    return value === undefined ? unknownName(names, scope) : value;
  };
}

function resolve(run: Run, candidates: readonly { slot: number; fields: readonly string[] }[]): Json | undefined {
  for (const { slot, fields } of candidates) {
    const value = run.variables[slot];
    if (value !== undefined) return fields.reduce(fieldOf, value);
  }
  return undefined;
}

function unknownName([root = ""]: readonly string[], { slots }: Scope): never {
  if (slots.has(root)) throw new PolicyFault(`'${root}' is not assigned yet`);
  const near = nameMeant(root, slots.keys());
  throw new PolicyFault(`'${root}' is not a known name${near === undefined ? "" : `; did you mean ${near}?`}`);
}
