import { counted } from "./counted.ts";

/** At most about `limit` UTF-16 units of a text, its beginning and its end, and how much of the middle was left out. */
export function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = boundary(text, Math.ceil((limit * 2) / 3));
  const tail = boundary(text, text.length - Math.floor(limit / 3));
  return `${text.slice(0, head)}${gap(tail - head, "character")}${text.slice(tail)}`;
}

/** The part of a text around `index`, about `limit` units long, and how much was left out before and after it. */
export function cutAround(text: string, index: number, limit: number): string {
  if (text.length <= limit) return text;
  const wanted = Math.max(0, Math.min(index - Math.floor(limit / 3), text.length - limit));
  const start = boundary(text, wanted);
  const end = boundary(text, Math.min(text.length, start + limit));
  const before = start === 0 ? "" : gap(start, "character");
  const after = end === text.length ? "" : gap(text.length - end, "character");
  return `${before}${text.slice(start, end)}${after}`;
}

/** The last `maxLines` lines of a text, each at most `maxWidth` long; the first line says how many were left out. */
export function lastLines(text: string, maxLines: number, maxWidth: number): string[] {
  const lines = text.replace(/\n$/, "").split("\n");
  const kept = lines.slice(-maxLines).map((line) => cutMiddle(line, maxWidth));
  const left = lines.length - kept.length;
  return left === 0 ? kept : [gap(left, "line").trim(), ...kept];
}

/** The first index at which two texts differ; the length of the shorter one if it is the other's beginning. */
export function firstDifference(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let index = 0;
  while (index < end && a.charCodeAt(index) === b.charCodeAt(index)) index += 1;
  return index;
}

function gap(count: number, noun: string): string {
  return ` … ${counted(count, noun)} left out … `;
}

/** `index`, moved back by one where it would tear a surrogate pair. */
function boundary(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index;
}
