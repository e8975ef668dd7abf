import * as v from "valibot";
import type { Strict } from "../value/mod.ts";

// What the schemas of YAML files are made of. Editors check files against them while one writes; readers take their keys from
// them, and know more than a schema can say.

/** A schema with the sentence that editors show for it. */
export function described<const Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
): v.SchemaWithPipe<readonly [Schema, v.DescriptionAction<v.InferOutput<Schema>, string>]> {
  return v.pipe(schema, v.description(text));
}

/** A text that is not empty. */
export const TextSchema = v.pipe(v.string(), v.nonEmpty());

/** The name of an arg, a field, a table, a column or a variable (scenarios.md §2). */
export const NameSchema = v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/));

/** `Concept.action`. */
export const UriSchema = described(
  v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z0-9]*\.[a-z][A-Za-z0-9_]*$/)),
  "An action: Concept.action.",
);

/** A value of the strict profile (scenarios.md §1). Readers know more: see `strictValue`. */
export const StrictValueSchema: v.GenericSchema<Exclude<Strict, bigint>> = described(
  v.union([
    v.string(),
    v.boolean(),
    v.pipe(v.number(), v.integer()),
    v.array(v.lazy(() => StrictValueSchema)),
    v.record(
      v.string(),
      v.lazy(() => StrictValueSchema),
    ),
  ]),
  "A string, int, bool, list or mapping; no float and no null.",
);
