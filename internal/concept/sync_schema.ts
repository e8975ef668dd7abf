import * as v from "valibot";
import { described, NameSchema, StrictValueSchema, TextSchema, UriSchema } from "../yaml/mod.ts";

// Syncs as editors check them while one writes (scenarios.md §4). The readers take their keys from here.

const oneOrMany = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.union([schema, v.pipe(v.array(schema), v.nonEmpty())]);

export const PatternSchema = v.strictObject({
  action: UriSchema,
  event: v.exactOptional(
    described(v.picklist(["completed", "invoked"]), "completed (default), or invoked: however the action ended."),
  ),
  case: v.exactOptional(described(TextSchema, "The case that it ended with; without it, any.")),
  match: v.exactOptional(
    described(
      v.record(TextSchema, StrictValueSchema),
      "What must be at a path: a value, or ?variable. Paths are args.x, output.x or x, with .name and [0] behind them.",
    ),
  ),
  bind: v.exactOptional(
    described(v.record(NameSchema, TextSchema), "Variables and the paths that give them their values."),
  ),
});

export const WhereSchema = v.strictObject({
  from: described(NameSchema, "A table of any loaded concept."),
  filter: v.exactOptional(described(TextSchema, "An SQL expression over the row; every variable so far is :name.")),
  bind: v.exactOptional(
    described(v.record(NameSchema, NameSchema), "Variables and the columns that give them their values."),
  ),
  order_by: v.exactOptional(
    described(oneOrMany(TextSchema), "A column, `column desc`, or a list of them; then the table's key."),
  ),
});

export const ThenSchema = v.strictObject({
  action: UriSchema,
  args: v.exactOptional(
    described(
      v.record(NameSchema, StrictValueSchema),
      "bound.x or \x24{bound.x} is the variable's value; {literal: v} is v untouched; all else is itself.",
    ),
  ),
});

/** A document with the key `sync`. */
export const SyncSchema = v.strictObject({
  sync: described(v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_-]*$/)), "The name of the sync."),
  scope: v.exactOptional(
    described(
      v.union([v.picklist(["flow", "global"]), v.pipe(v.string(), v.regex(/^keyed\(.+\)$/))]),
      "Which events may join and which rows are seen: flow (default), global, or keyed(variable).",
    ),
  ),
  when: described(oneOrMany(PatternSchema), "One pattern, or a list that is joined on the variables they share."),
  where: v.exactOptional(
    described(oneOrMany(WhereSchema), "One query of state, or a list of them; each row fires once."),
  ),
  // biome-ignore lint/suspicious/noThenProperty: it is a key of the format, and no function
  then: described(oneOrMany(ThenSchema), "What is invoked, in the same flow."),
});
