import { scanJson } from "../value/mod.ts";
import type { JsonPath } from "./problem.ts";

/**
 * Where in a JSON text the value at `path` begins, as a UTF-16 index; of a member that is missing, the nearest thing around it. The
 * text must be JSON.
 */
export function jsonPlace(text: string, path: JsonPath): number {
  let at = skipBlanks(text, text.startsWith("\uFEFF") ? 1 : 0);
  for (const step of path) {
    const inner =
      typeof step === "number" && text[at] === "[" ? itemPlace(text, at, step) : memberPlace(text, at, String(step));
    if (inner === undefined) break;
    at = inner;
  }
  return at;
}

function memberPlace(text: string, object: number, name: string): number | undefined {
  if (text[object] !== "{") return undefined;
  let at = skipBlanks(text, object + 1);
  while (text[at] === '"') {
    const key = scanJson(text, at);
    const value = skipBlanks(text, skipBlanks(text, key.end) + 1);
    if (key.value === name) return value;
    at = nextPlace(text, value);
  }
  return undefined;
}

function itemPlace(text: string, list: number, index: number): number | undefined {
  let at = skipBlanks(text, list + 1);
  for (let n = 0; text[at] !== undefined && text[at] !== "]"; n += 1) {
    if (n === index) return at;
    at = nextPlace(text, at);
  }
  return undefined;
}

/** Behind a value and its comma. */
function nextPlace(text: string, value: number): number {
  const end = skipBlanks(text, scanJson(text, value).end);
  return text[end] === "," ? skipBlanks(text, end + 1) : end;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at += 1;
  return at;
}
