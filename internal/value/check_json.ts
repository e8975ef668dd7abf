import { type Fault, numberFault, surrogateFault, typeFault, valueDepthError } from "./fault.ts";
import { type Json, MAX_DEPTH } from "./json.ts";
import { Trail } from "./path.ts";
import { isPlainObject } from "./plain_object.ts";

/**
 * Holds a JavaScript value against the general profile (scenarios.md §1) and returns it, the same object.
 * @throws ValueError with the path: E_VALUE_NUMBER (NaN, infinity), E_VALUE_SURROGATE, E_VALUE_TYPE, E_VALUE_DEPTH
 */
export function checkJson(value: unknown): Json {
  assertJson(value, 0, new Trail());
  return value;
}

function assertJson(value: unknown, depth: number, trail: Trail): asserts value is Json {
  if (typeof value === "object" && value !== null) {
    assertContainer(value, depth, trail);
    return;
  }
  const fault = scalarFault(value);
  if (fault !== undefined) throw fault.at(trail.path(depth));
}

function assertContainer(value: object, depth: number, trail: Trail): void {
  const isArray = Array.isArray(value);
  if (!isArray && !isPlainObject(value)) throw typeFault(value, "general").at(trail.path(depth));
  if (depth === MAX_DEPTH) throw valueDepthError();
  if (isArray) {
    // By index, because a hole must be seen as the undefined that it is.
    for (let index = 0; index < value.length; index++) {
      trail.enter(depth, index);
      assertJson(value[index], depth + 1, trail);
    }
    return;
  }
  for (const key of Object.keys(value)) {
    if (!key.isWellFormed()) throw surrogateFault(key, "key").at(trail.path(depth));
    trail.enter(depth, key);
    assertJson(value[key], depth + 1, trail);
  }
}

function scalarFault(value: unknown): Fault | undefined {
  if (value === null) return undefined;
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? undefined : surrogateFault(value, "text");
    case "number":
      return Number.isFinite(value) ? undefined : numberFault(String(value));
    case "boolean":
      return undefined;
    default:
      return typeFault(value, "general");
  }
}
