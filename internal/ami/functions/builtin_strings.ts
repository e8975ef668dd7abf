import { type Builtin, fixed } from "./builtin.ts";
import { listArg, textArg, wholeArg } from "./builtin_args.ts";
import { indexOfCodePoint } from "./worker_code_points.ts";
import { fail } from "./worker_failure.ts";
import { MAX_SIZE } from "./worker_limits.ts";
import type { Run } from "./worker_run.ts";
import { checkText, checkUnits } from "./worker_text.ts";
import type { Value } from "./worker_value.ts";

/** Characters are code points everywhere (pipelines §4). */
export const STRING_BUILTINS: readonly Builtin[] = [
  fixed("upper(s)", (run, s) => changed(run, textArg("upper", s), (text) => text.toUpperCase())),
  fixed("lower(s)", (run, s) => changed(run, textArg("lower", s), (text) => text.toLowerCase())),
  fixed("trim(s)", (run, s) => changed(run, textArg("trim", s), trim)),
  fixed("split(s, sep)", (run, s, sep) => split(run, textArg("split", s), textArg("split", sep))),
  fixed("join(l, sep)", (run, l, sep) => join(run, listArg("join", l), textArg("join", sep))),
  fixed("startsWith(s, part)", (run, s, part) => textArg("startsWith", s).startsWith(partArg(run, "startsWith", part))),
  fixed("endsWith(s, part)", (run, s, part) => textArg("endsWith", s).endsWith(partArg(run, "endsWith", part))),
  fixed("replace(s, old, new)", (run, s, old, by) =>
    replace(run, textArg("replace", s), textArg("replace", old), textArg("replace", by)),
  ),
  fixed("substr(s, from, to)", (run, s, from, to) =>
    substr(run, textArg("substr", s), wholeArg("substr", from), wholeArg("substr", to)),
  ),
  fixed("index(s, part)", (run, s, part) => indexOf(run, textArg("index", s), textArg("index", part))),
];

function partArg(run: Run, name: string, value: Value | undefined): string {
  const part = textArg(name, value);
  run.scan(part.length);
  return part;
}

function changed(run: Run, text: string, change: (text: string) => string): string {
  run.scan(text.length);
  // A letter becomes three at most ("ΐ").
  return checkText(run, change(text));
}

/** Without the spaces, tabs and line ends around it; other white space stays. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0d || unit === 0x0a;
}

function split(run: Run, text: string, separator: string): string[] {
  checkNotEmpty("split", separator);
  run.scan(text.length);
  const parts = text.split(separator, MAX_SIZE + 1);
  run.work(parts.length);
  if (parts.length > MAX_SIZE) fail("E_WORKER_SIZE", `split makes more than ${MAX_SIZE} parts`);
  return parts;
}

function join(run: Run, list: readonly Value[], separator: string): string {
  let units = separator.length * Math.max(0, list.length - 1);
  for (const item of list) units += textArg("join of a list", item).length;
  checkUnits(units);
  run.work(list.length);
  run.scan(units);
  return checkText(run, list.join(separator));
}

function replace(run: Run, text: string, old: string, by: string): string {
  checkNotEmpty("replace", old);
  const found = occurrences(text, old);
  checkUnits(text.length + found * (by.length - old.length));
  run.work(found);
  run.scan(text.length + found * by.length);
  // Not replaceAll with a text, in which `$&` means something.
  return found === 0
    ? text
    : checkText(
        run,
        text.replaceAll(old, () => by),
      );
}

function occurrences(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count += 1;
  return count;
}

/** The characters from number `from` up to, not including, `to`; both are moved into the text. */
function substr(run: Run, text: string, from: number, to: number): string {
  const count = run.codePoints.count(text);
  const first = Math.min(Math.max(from, 0), count);
  const last = Math.min(Math.max(to, first), count);
  if (count === text.length) return text.slice(first, last);
  run.scan(last);
  const start = indexOfCodePoint(text, first);
  return text.slice(start, indexOfCodePoint(text, last - first, start));
}

/** The number of the character where `part` begins, -1 if it is not there. */
function indexOf(run: Run, text: string, part: string): number {
  run.scan(text.length);
  const at = text.indexOf(part);
  return at <= 0 || run.codePoints.count(text) === text.length ? at : run.codePoints.count(text.slice(0, at));
}

function checkNotEmpty(name: string, text: string): void {
  if (text === "") fail("E_WORKER_ARG", `${name} takes a string that is not empty as its second argument`);
}
