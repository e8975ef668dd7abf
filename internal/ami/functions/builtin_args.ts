import type { Json } from "../../value/mod.ts";
import { fail, wrongType } from "./worker_failure.ts";
import { isMap, type JsonMap, type Value } from "./worker_value.ts";

// What built-in functions take: a value of another type is E_WORKER_TYPE, nothing is converted (pipelines §4).

export function textArg(name: string, value: Value | undefined): string {
  return typeof value === "string" ? value : wrongType(`${name} takes a string`, value ?? null);
}

export function numberArg(name: string, value: Value | undefined): number {
  return typeof value === "number" ? value : wrongType(`${name} takes a number`, value ?? null);
}

export function wholeArg(name: string, value: Value | undefined): number {
  const number = numberArg(name, value);
  return Number.isInteger(number) ? number : fail("E_WORKER_ARG", `${name} takes a whole number, got ${number}`);
}

export function listArg(name: string, value: Value | undefined): Json[] {
  return Array.isArray(value) ? value : wrongType(`${name} takes a list`, value ?? null);
}

export function mapArg(name: string, value: Value | undefined): JsonMap {
  return value !== undefined && isMap(value) ? value : wrongType(`${name} takes a map`, value ?? null);
}
