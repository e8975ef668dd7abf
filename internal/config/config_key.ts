import * as v from "valibot";

/** Turns a path of a configuration into one that the working directory understands. */
export type Relocate = (path: string) => string;

/** One key of plumb.yaml: what it may hold, what holds without it, and the flag that overrides it. */
export interface ConfigKey<T = unknown> {
  /** `test.parallel` */
  readonly id: string;
  readonly schema: v.GenericSchema<unknown, T>;
  /** What the schema asks for, in words: `an integer from 1 to 1024`. */
  readonly expected: string;
  readonly choices?: readonly string[];
  /** The value without any other source; a function where it depends on the machine. */
  readonly fallback: T | ((machine: Machine) => T);
  /** How the default is shown, where its value does not say it. */
  readonly fallbackText?: string;
  readonly help: string;
  /** The flag, without `--`; `PLUMB_<FLAG>` is then read too. */
  readonly flag?: string;
  /** How the words of the flag or the variable are read; in a variable those of a list are separated by commas. */
  readonly words?: "text" | "integer" | "list";
  /** Moves the paths in a value to the working directory. */
  relocate?(value: T, relocate: Relocate): T;
  /** The code of a wrong value (flows §14); default `E_CONFIG_SHAPE`. */
  readonly code?: string;
}

/** What a default may depend on. */
export interface Machine {
  readonly cores: number;
}

type Rest<T> = Omit<ConfigKey<T>, "id" | "schema" | "expected">;
type Maker<T> = (id: string, rest: Rest<T>) => ConfigKey<T>;

const Text = v.pipe(v.string(), v.nonEmpty());

/** A key with its schema; the type of its value is inferred from that. */
export function keyOf<S extends v.GenericSchema>(
  id: string,
  schema: S,
  expected: string,
  rest: Rest<v.InferOutput<S>>,
): ConfigKey<v.InferOutput<S>> {
  return { id, schema, expected, ...rest };
}

export const textKey: Maker<string> = (id, rest) => keyOf(id, Text, "text", rest);

export const optionalTextKey: Maker<string | null> = (id, rest) => keyOf(id, v.nullable(Text), "text", rest);

export const flagKey: Maker<boolean> = (id, rest) => keyOf(id, v.boolean(), "true or false", rest);

export const listKey: Maker<string[]> = (id, rest) => keyOf(id, v.array(Text), "a list of texts", rest);

export function integerKey(id: string, min: number, max: number, rest: Rest<number>): ConfigKey<number> {
  const { schema, expected } = integer(min, max);
  return keyOf(id, schema, expected, { words: "integer", ...rest });
}

export function optionalIntegerKey(
  id: string,
  min: number,
  max: number,
  rest: Rest<number | null>,
): ConfigKey<number | null> {
  const { schema, expected } = integer(min, max);
  return keyOf(id, v.nullable(schema), expected, { words: "integer", ...rest });
}

function integer(min: number, max: number) {
  const schema = v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max));
  return { schema, expected: `an integer from ${min} to ${max}` };
}
