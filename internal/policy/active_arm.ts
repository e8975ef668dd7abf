import { isObject, type Json, setKey } from "../value/mod.ts";
import { parseLiteral } from "./syntax/parse_literal.ts";

/**
 * What `arms` is in a policy (flows §4): a mapping with `active` alone, the arm named `default` or else the first one, its
 * text fields literal-parsed; empty if there is no arm.
 */
export function activeArm(arms: { readonly [arm: string]: Json }): { [key: string]: Json } {
  const name = Object.hasOwn(arms, "default") ? "default" : Object.keys(arms)[0];
  const fields = name === undefined ? undefined : arms[name];
  if (fields === undefined || !isObject(fields)) return {};
  const active: { [key: string]: Json } = {};
  for (const [field, value] of Object.entries(fields)) setKey(active, field, armValue(value));
  return { active };
}

function armValue(value: Json): Json {
  if (typeof value !== "string") return value;
  const literal = parseLiteral(value);
  return literal === undefined ? value : literal;
}
