import type { Json } from "../value/mod.ts";

/**
 * A field of a merge plan (pipelines §9): a dotted path through maps only, `meta.ts`; `""` is the whole payload. Split
 * once, so that reading it costs one look-up a name.
 */
export class FieldPath {
  readonly #names: readonly string[];

  constructor(field: string) {
    this.#names = field === "" ? [] : field.split(".");
  }

  /** The value there; undefined where a name is missing or what should be a map is none. */
  read(payload: Json): Json | undefined {
    const names = this.#names;
    let value: Json | undefined = payload;
    for (let at = 0; at < names.length && value !== undefined; at++) value = member(value, names[at] ?? "");
    return value;
  }
}

function member(value: Json, name: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const found = value[name];
  // What every object inherits (`constructor`, `__proto__`) is no member of the payload.
  return found !== undefined && name in Object.prototype && !Object.hasOwn(value, name) ? undefined : found;
}
