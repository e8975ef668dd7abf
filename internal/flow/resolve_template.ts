import { parseLiteral } from "../policy/mod.ts";
import { canonical, isObject, type Json, nearestDoubles, setKey, type Value } from "../value/mod.ts";

/** What templates refer to: the inputs of the run, and the results of the steps that have one (flows §10, state). */
export interface TemplateState {
  readonly inputs: { readonly [key: string]: Value };
  readonly steps: { readonly [id: string]: Value };
}

/** The same without integers beyond 2^53. */
export interface JsonState {
  readonly inputs: { readonly [key: string]: Json };
  readonly steps: { readonly [id: string]: Json };
}

/** A template made ready. Lists and mappings of the template are new at each call; what it refers to is that of the state. */
export type Template = (state: TemplateState) => Value;

/**
 * Resolves an argument template (flows §6).
 *
 * ```ts
 * resolveTemplate({ text: "at ${input.site}", n: "80" }, { inputs: { site: "north" }, steps: {} }); // { text: "at north", n: 80 }
 * ```
 */
export function resolveTemplate(value: Json, state: JsonState): Json;
export function resolveTemplate(value: Value, state: TemplateState): Value;
export function resolveTemplate(value: Value, state: TemplateState): Value {
  return compileTemplate(value)(state);
}

/** Reads a template once, for a node that resolves it on each attempt. */
export function compileTemplate(value: Value): Template {
  if (typeof value === "string") return textTemplate(value.trim());
  return containerTemplate(value, compileTemplate);
}

function containerTemplate(value: Value, compile: (part: Value) => Template): Template {
  if (Array.isArray(value)) {
    const items = value.map(compile);
    return (state) => items.map((item) => item(state));
  }
  if (!isObject(value)) return () => value;
  const entries = Object.entries(value).map(([key, part]): [string, Template] => [key, compile(part)]);
  return (state) => {
    const mapping: { [key: string]: Value } = {};
    for (const [key, part] of entries) setKey(mapping, key, part(state));
    return mapping;
  };
}

/** The three rules for a text, in their order. */
function textTemplate(text: string): Template {
  const reference = wholeReference(text);
  if (reference !== undefined) return reference;
  const literal = parseLiteral(text);
  return filledIn(literal === undefined ? text : literal);
}

/** `$input.P`, `$step.ID.P`, or `${…}` around one of them, as the whole text. */
function wholeReference(text: string): Template | undefined {
  if (!text.startsWith("$")) return undefined;
  if (text.startsWith("$input.") || text.startsWith("$step.")) return referenceTo(text.slice(1));
  const [, inner] = WHOLE.exec(text) ?? [];
  return inner === undefined ? undefined : referenceTo(inner);
}

const WHOLE = /^\$\{((?:input|step)\.[^}]*)\}$/;

/** `input.PATH` or `step.ID.PATH` without what marks it. Walks the keys of mappings; anything else on the way gives null. */
function referenceTo(text: string): Template {
  const [root, ...path] = text.split(".");
  if (root === "input") return ({ inputs }) => walk(inputs, path, 0);
  const [id = ""] = path;
  return ({ steps }) => walk(Object.hasOwn(steps, id) ? (steps[id] ?? null) : {}, path, 1);
}

function walk(from: Value | TemplateState["inputs"], path: readonly string[], start: number): Value {
  let value = from as Value;
  for (let at = start; at < path.length; at += 1) {
    const key = path[at] ?? "";
    if (!isObject(value) || !Object.hasOwn(value, key)) return null;
    value = value[key] ?? null;
  }
  return value;
}

/** A literal or text with the references inside its texts replaced. Keys stay as they are. */
function filledIn(value: Value): Template {
  return typeof value === "string" ? interpolation(value) : containerTemplate(value, filledIn);
}

/** `$${` is a plain `${`, and what follows it is text. */
const PLACES = /\$\$\{|\$\{((?:input|step)\.[^}]*)\}/g;

function interpolation(text: string): Template {
  const pieces: (string | Template)[] = [];
  let end = 0;
  // Behind the last brace nothing is closed, and looking for one from each `${` would take the square of the length.
  const closed = text.slice(0, text.lastIndexOf("}") + 1);
  for (const match of closed.matchAll(PLACES)) {
    const [found, reference] = match;
    pieces.push(text.slice(end, match.index), reference === undefined ? "${" : referenceTo(reference));
    end = match.index + found.length;
  }
  const rest = text.slice(end).replaceAll("$${", () => "${");
  if (pieces.length === 0) return () => rest;
  pieces.push(rest);
  return (state) => {
    let filled = "";
    for (const piece of pieces) filled += typeof piece === "string" ? piece : asText(piece(state));
    return filled;
  };
}

function asText(value: Value): string {
  return typeof value === "string" ? value : canonical(nearestDoubles(value));
}
