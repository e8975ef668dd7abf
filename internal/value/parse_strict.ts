import { NULL_FAULT, STRICT_DUPLICATE_FAULT } from "./fault.ts";
import type { Strict } from "./json.ts";
import { JsonReader, type ScalarRules } from "./json_reader.ts";
import { floatLiteralFault, strictIntLiteral } from "./strict_number.ts";

/** Scalars of the strict profile: exact ints, no null, text in NFC (scenarios.md §1). */
const STRICT_RULES: ScalarRules<bigint> = {
  null: NULL_FAULT,
  number: (literal, isInteger) => (isInteger ? strictIntLiteral(literal) : floatLiteralFault(literal)),
  normalise: (text) => text.normalize("NFC"),
  duplicate: STRICT_DUPLICATE_FAULT,
};

/**
 * Reads exactly one JSON text under the strict profile (scenarios.md §1): `9007199254740993` is exact, a bigint.
 * @throws ValueError: the first error in the text, with its offset and, but for syntax and depth, its path
 */
export function parseStrict(text: string): Strict {
  return new JsonReader(text, STRICT_RULES).readText();
}
