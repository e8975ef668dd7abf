import * as v from "valibot";
import { described, NameSchema, TextSchema } from "../yaml/mod.ts";

// Concept specs as editors check them while one writes (scenarios.md §3). The readers take their keys from here; what more they
// know (SQL, handlers, names that must be there) no schema can say.

const TypeSchema = described(
  v.pipe(v.string(), v.regex(/^(?:list<)*(?:string|int|bool|array|object)>*$/)),
  "string, int, bool, array, object, or list<T> of any of them.",
);
const TypesSchema = v.record(NameSchema, TypeSchema);

const SqlSchema = described(
  TextSchema,
  "An SQL expression. Every arg is :name; :flow_token, :invocation_id and :seq are there too.",
);

export const TableSchema = v.strictObject({
  key: v.exactOptional(
    described(
      v.union([NameSchema, v.array(NameSchema)]),
      "The column or columns of the primary key; without it, rowid.",
    ),
  ),
  fields: described(TypesSchema, "The columns and their types."),
});

export const OutputSchema = v.strictObject({
  case: described(v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z0-9]*$/)), "The name of the case, such as Success."),
  fields: v.exactOptional(described(TypesSchema, "The fields of the result and their types.")),
  when: v.exactOptional(
    described(SqlSchema, "The output is taken if this is true; the first that is, is the one. Without it, always."),
  ),
  effects: v.exactOptional(
    described(
      v.array(
        described(
          TextSchema,
          "One INSERT, UPDATE, DELETE, REPLACE, SELECT or WITH statement on tables of this concept.",
        ),
      ),
      "What the action does, in order. An empty list: the action has a body that does nothing.",
    ),
  ),
  result: v.exactOptional(
    described(
      v.record(NameSchema, SqlSchema),
      "The value of every declared field; it sees what the effects have done.",
    ),
  ),
});

export const ActionSchema = v.strictObject({
  args: v.exactOptional(described(TypesSchema, "The args and their types; all of them must be given.")),
  requires: v.exactOptional(
    described(v.array(TextSchema), "Permissions, carried for readers and other tools; they are not enforced."),
  ),
  outputs: described(
    v.pipe(v.array(OutputSchema), v.nonEmpty()),
    "How the action may end, in the order in which they are tried.",
  ),
});

export const PrincipleSchema = v.strictObject({
  text: described(TextSchema, "What the concept is good for, in a sentence."),
  scenario: v.exactOptional(described(TextSchema, "The scenario that tests it, relative to this file.")),
});

/** A document with the key `concept`. */
export const ConceptSchema = v.strictObject({
  concept: described(
    v.pipe(v.string(), v.regex(/^[A-Z][A-Za-z0-9]*$/)),
    "The name of the concept; actions are Concept.action.",
  ),
  purpose: described(TextSchema, "What it is there for, in a sentence."),
  state: v.exactOptional(
    described(
      v.record(NameSchema, v.union([TableSchema, TypesSchema])),
      "The tables: {key, fields: {column: type}}, or {column: type} for short.",
    ),
  ),
  actions: described(
    v.pipe(v.record(v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9_]*$/)), ActionSchema), v.minEntries(1)),
    "The actions by name; the URI of one is Concept.action.",
  ),
  handlers: v.exactOptional(
    described(
      TextSchema,
      "A TypeScript or JavaScript module, relative to this file; exports named like actions are their bodies.",
    ),
  ),
  principles: v.exactOptional(
    described(
      v.array(v.union([TextSchema, PrincipleSchema])),
      "What must hold; the scenarios that they name are run by `plumb test` of this file.",
    ),
  ),
});
