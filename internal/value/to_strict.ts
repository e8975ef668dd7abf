import { Fault, NULL_FAULT, STRICT_DUPLICATE_FAULT, surrogateFault, typeFault, valueDepthError } from "./fault.ts";
import { MAX_DEPTH, type Strict, setKey } from "./json.ts";
import { Trail } from "./path.ts";
import { isPlainObject } from "./plain_object.ts";
import { strictBigInt, strictNumber } from "./strict_number.ts";

/**
 * A copy of a JavaScript or YAML value in the strict profile (scenarios.md §1): text and keys in NFC, a bigint that a
 * number can hold as that number, `-0` as 0, keys in the order they had.
 * @throws ValueError with the path: E_VALUE_NULL, E_VALUE_FLOAT, E_VALUE_RANGE, E_VALUE_SURROGATE,
 *   E_VALUE_DUPLICATE_KEY (two keys with one NFC form), E_VALUE_TYPE, E_VALUE_DEPTH (also a value that contains itself)
 */
export function toStrict(value: unknown): Strict {
  return strictCopy(value, 0, new Trail());
}

function strictCopy(value: unknown, depth: number, trail: Trail): Strict {
  if (typeof value === "object" && value !== null) {
    if (Array.isArray(value)) return strictArray(value, depth, trail);
    if (isPlainObject(value)) return strictObject(value, depth, trail);
  }
  const scalar = strictScalar(value);
  if (scalar instanceof Fault) throw scalar.at(trail.path(depth));
  return scalar;
}

function strictArray(items: readonly unknown[], depth: number, trail: Trail): Strict[] {
  if (depth === MAX_DEPTH) throw valueDepthError();
  const copy: Strict[] = [];
  // By index, because a hole must be seen as the undefined that it is.
  for (let index = 0; index < items.length; index++) {
    trail.enter(depth, index);
    copy.push(strictCopy(items[index], depth + 1, trail));
  }
  return copy;
}

function strictObject(object: Record<string, unknown>, depth: number, trail: Trail): { [key: string]: Strict } {
  if (depth === MAX_DEPTH) throw valueDepthError();
  const copy: { [key: string]: Strict } = {};
  for (const given of Object.keys(object)) {
    if (!given.isWellFormed()) throw surrogateFault(given, "key").at(trail.path(depth));
    const key = given.normalize("NFC");
    trail.enter(depth, key);
    if (Object.hasOwn(copy, key)) throw STRICT_DUPLICATE_FAULT.at(trail.path(depth + 1));
    setKey(copy, key, strictCopy(object[given], depth + 1, trail));
  }
  return copy;
}

function strictScalar(value: unknown): Strict | Fault {
  if (value === null) return NULL_FAULT;
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? value.normalize("NFC") : surrogateFault(value, "text");
    case "number":
      return strictNumber(value);
    case "bigint":
      return strictBigInt(value);
    case "boolean":
      return value;
    default:
      return typeFault(value, "strict");
  }
}
