import type { Run } from "./worker_run.ts";
import type { Value } from "./worker_value.ts";

/** A built-in function of the worker language (pipelines §4). */
export type Builtin = FixedBuiltin | RestBuiltin;

interface Signature {
  readonly name: string;
  /** How it is written, for messages: `substr(s, from, to)`. */
  readonly usage: string;
  /** The least and the greatest number of arguments. */
  readonly min: number;
  readonly max: number;
  /** Arguments from this one on become part of the result, so that they have a second reference then. */
  readonly keepsFrom: number;
}

/** Takes three arguments at most; one that was left out is undefined. */
export interface FixedBuiltin extends Signature {
  readonly kind: "fixed";
  readonly call: FixedCall;
}

/** Takes any number of arguments. */
export interface RestBuiltin extends Signature {
  readonly kind: "rest";
  readonly call: RestCall;
}

export type FixedCall = (run: Run, a: Value, b: Value | undefined, c: Value | undefined) => Value;
export type RestCall = (run: Run, args: readonly Value[]) => Value;

interface Options {
  readonly min?: number;
  readonly keepsFrom?: number;
}

/** A built-in whose usage names its parameters: `fixed("split(s, sep)", …)`. `min` where the last ones may be left out. */
export function fixed(usage: string, call: FixedCall, options: Options = {}): FixedBuiltin {
  const max = parameters(usage);
  return { kind: "fixed", ...named(usage), min: options.min ?? max, max, keepsFrom: options.keepsFrom ?? max, call };
}

/** A built-in that takes any number of what its usage names last: `rest("omit(m, k…)", …)`. */
export function rest(usage: string, call: RestCall, options: Options = {}): RestBuiltin {
  const max = Number.POSITIVE_INFINITY;
  const min = options.min ?? parameters(usage);
  return { kind: "rest", ...named(usage), min, max, keepsFrom: options.keepsFrom ?? max, call };
}

function named(usage: string): { readonly name: string; readonly usage: string } {
  return { name: usage.slice(0, usage.indexOf("(")), usage };
}

function parameters(usage: string): number {
  return usage.endsWith("()") ? 0 : usage.split(",").length;
}
