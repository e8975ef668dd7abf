import { isObject, type Json } from "../../value/mod.ts";
import { keyText } from "../syntax/key_text.ts";
import { found, quoted } from "./found.ts";
import type { Meter } from "./meter.ts";
import { integerOf } from "./numbers.ts";
import { PolicyFault } from "./policy_fault.ts";

/** `on[index]`. */
export function indexed(on: Json, index: Json, meter: Meter): Json {
  if (isObject(on)) {
    const key = keyOf(index);
    const value = own(on, key);
    if (value === undefined) throw new PolicyFault(`the mapping has no key ${quoted(key)}`);
    return value;
  }
  if (!Array.isArray(on) && typeof on !== "string") {
    throw new PolicyFault(`only a list, a text or a mapping has elements, found ${found(on)}`);
  }
  const at = integerOf(index);
  if (at === undefined) throw new PolicyFault(`an index is an integer, found ${found(index)}`);
  const items = typeof on === "string" ? characters(on, meter) : on;
  const item = items[at < 0 ? items.length + at : at];
  if (item === undefined) throw new PolicyFault(`index ${at} is out of range: there are ${items.length} elements`);
  return item;
}

function characters(text: string, meter: Meter): readonly string[] {
  meter.work(text.length);
  return [...text];
}

/** `on.name`. */
export function fieldOf(on: Json, name: string): Json {
  if (!isObject(on)) throw new PolicyFault(`only a mapping has fields, found ${found(on)} before '.${name}'`);
  const value = own(on, name);
  if (value === undefined) throw new PolicyFault(`the mapping has no field '${name}'`);
  return value;
}

/** `on.get(key, fallback)`. */
export function got(on: Json, key: Json, fallback: Json): Json {
  if (!isObject(on)) throw new PolicyFault(`only a mapping has '.get', found ${found(on)}`);
  const value = own(on, keyOf(key));
  return value === undefined ? fallback : value;
}

/** @throws PolicyFault for a list or mapping */
export function keyOf(key: Json): string {
  const text = keyText(key);
  if (text === undefined) throw new PolicyFault(`a key is text, a number, a boolean or None, found ${found(key)}`);
  return text;
}

/** Objects have more names than their own (`constructor`), which are no keys. */
function own(mapping: { [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}
