// JSON values: the two profiles of scenarios.md §1 (general: JSON as it is; strict: no null, no float, exact 64-bit
// integers, NFC text), reading and checking them, canonical JSON (RFC 8785), content ids, equality, subset match, diff.
export { canonical, canonicalStrict } from "./canonical.ts";
export { checkJson } from "./check_json.ts";
export { contentId } from "./content_id.ts";
export { type Difference, diff } from "./diff.ts";
export { equal, equal as valueEqual } from "./equal.ts";
export { exactJson } from "./exact_json.ts";
export { bindingHash, completionId, generalIds, invocationId } from "./ids.ts";
export { indentedJson } from "./indented_json.ts";
export { isObject, type Json, MAX_DEPTH, type Strict, setKey, type Value } from "./json.ts";
export { orderCodePoints } from "./order_code_points.ts";
export { nearestDoubles, parseExact } from "./parse_exact.ts";
export { parseJson } from "./parse_json.ts";
export { parseStrict } from "./parse_strict.ts";
export { pathIndex, pathKey } from "./path.ts";
export { isPlainObject } from "./plain_object.ts";
export { scanJson } from "./scan_json.ts";
export { subset, subset as matches } from "./subset.ts";
export { toStrict } from "./to_strict.ts";
export { ValueError, type ValueErrorCode } from "./value_error.ts";
export { writeCanonical } from "./write_canonical.ts";
