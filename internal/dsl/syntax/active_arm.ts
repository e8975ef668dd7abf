import { parseLiteral } from "../../policy/mod.ts";
import type { Json } from "../../value/mod.ts";
import { entriesOf } from "./layout.ts";
import type { PdlFile } from "./pdl_file.ts";

/**
 * The fields of the arm that a policy uses (flows §4): of `default`, or else of the first. Texts are literal-parsed; null
 * stands for a field that is a block. Undefined: there is no arm.
 */
export function activeArm({ arms }: PdlFile): ReadonlyMap<string, Json> | undefined {
  const arm = arms.find(({ name }) => name === "default") ?? arms[0];
  if (arm === undefined) return undefined;
  const fields = new Map<string, Json>();
  for (const entry of entriesOf(arm.fields)) {
    if (entry.kind !== "key") continue;
    const literal = entry.value.kind === "scalar" ? parseLiteral(entry.value.text) : null;
    fields.set(
      entry.key,
      literal === undefined && entry.value.kind === "scalar" ? entry.value.text : (literal ?? null),
    );
  }
  return fields;
}
