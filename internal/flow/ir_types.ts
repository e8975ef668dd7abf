import * as v from "valibot";
import type { Json } from "../value/mod.ts";

// The scalars of flows §9. Their messages say what is expected: `schemaProblems` puts the rest of the sentence around it.

/** The longest duration and the greatest count. */
export const MAX_INT = 2_147_483_647;

const AN_INT = `an integer from 0 to ${MAX_INT}`;

export const Int = v.pipe(v.number(AN_INT), v.integer(AN_INT), v.minValue(0, AN_INT), v.maxValue(MAX_INT, AN_INT));

/** IDENT: a flow or a node by its name. */
export const NAME_PATTERN = /^[A-Za-z0-9_.-]+$/;
const A_NAME = "a name of letters, digits and _ . -";

export const Name = v.pipe(v.string(A_NAME), v.regex(NAME_PATTERN, A_NAME));

export const Text = v.pipe(v.string("a text"), v.nonEmpty("a text that is not empty"));

const A_DIGEST = "sha256: and 64 lower-case hex digits";

export const Digest = v.pipe(v.string(A_DIGEST), v.regex(/^sha256:[0-9a-f]{64}$/, A_DIGEST));

const A_TIME = "a time as 2026-01-01T00:00:00Z";

export const UtcTime = v.pipe(
  v.string(A_TIME),
  v.regex(/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]00:00)$/, A_TIME),
);

/** A mapping of JSON values. */
export type JsonObject = { [key: string]: Json };

/**
 * A JSON value that was read or checked by internal/value, which knows more rules than a schema can say: everything passes, under
 * its type.
 */
export const Opaque = v.unknown() as unknown as v.GenericSchema<Json>;

/** A schema of objects that refuses lists, which valibot takes for objects. */
export function noList<const S extends v.GenericSchema>(schema: S) {
  return v.pipe(
    v.unknown(),
    v.check((value) => !Array.isArray(value), "an object"),
    schema,
  );
}

/** An object that may have further members. */
export function open<const E extends v.ObjectEntries>(entries: E) {
  return noList(v.looseObject(entries));
}

/** An object that has these members only. */
export function closed<const E extends v.ObjectEntries>(entries: E) {
  return noList(v.strictObject(entries));
}

export const OpaqueObject = noList(v.record(v.string(), Opaque, "an object"));
