import type { At } from "./cases.ts";

/** `{name: value}` for a key that was given, nothing for one that was not: for the optional fields of a spec. */
export function given<N extends string, T>(name: N, at: At<T> | undefined): { readonly [K in N]?: T } {
  const field: { [K in N]?: T } = {};
  if (at !== undefined) field[name] = at.value;
  return field;
}
