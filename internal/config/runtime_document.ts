import * as v from "valibot";
import { RUNTIME_KEYS } from "./runtime_keys.ts";

type Keys = typeof RUNTIME_KEYS;
type Entries = { [K in keyof Keys]: v.ExactOptionalSchema<Keys[K]["schema"], undefined> };

const entries = Object.fromEntries(
  Object.entries(RUNTIME_KEYS).map(([name, { schema, help }]) => [
    name,
    v.exactOptional(v.pipe(schema as v.GenericSchema, v.description(help))),
  ]),
) as unknown as Entries;

/** A runtime.yaml, and the section of plumb.yaml (flows §14), for `plumb schema runtime`: readers hold each key to its own schema. */
export const RuntimeDocumentSchema = v.strictObject({
  runtime: v.nullable(v.strictObject(entries)),
  /** What plumb.yaml has beside it. */
  test: v.exactOptional(v.unknown()),
});
