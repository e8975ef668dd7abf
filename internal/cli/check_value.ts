import { didYouMean } from "../diag/mod.ts";
import type { Flag, Refusal } from "./flag.ts";
import { UsageError } from "./usage_error.ts";

/** Refuses a value that its flag's table row does not allow; says what it expected and what it found. */
export function checkValue(flag: Flag, text: string): void {
  const refusal = refuse(flag, text);
  if (refusal === undefined) return;
  throw new UsageError(
    "E_USAGE_VALUE",
    `--${flag.name} expects ${refusal.expected}, found ${JSON.stringify(text)}`,
    refusal.help,
  );
}

function refuse(flag: Flag, text: string): Refusal | undefined {
  const { choices, integer, path } = flag;
  if (path === true && text === "") return { expected: "a path" };
  if (choices !== undefined || integer !== undefined) {
    const words = [...(choices ?? []), ...(flag.aliases ?? [])];
    const parts = flag.commas === true ? text.split(",") : [text];
    const wrong = parts.find((part) => !words.includes(part) && !isInteger(part, integer));
    if (wrong !== undefined) return { expected: describe(flag), help: didYouMean(wrong, choices ?? []) };
  }
  return flag.check?.(text);
}

function describe({ choices = [], integer, commas }: Flag): string {
  const range = integer === undefined ? [] : [`an integer from ${integer.min} to ${integer.max}`];
  if (choices.length === 0) return range.join("");
  if (integer !== undefined) return [...range, ...choices].join(" or ");
  return `${commas === true ? "one or more (with commas)" : "one"} of ${choices.join(", ")}`;
}

function isInteger(text: string, range: { readonly min: number; readonly max: number } | undefined): boolean {
  if (range === undefined || !/^-?\d+$/.test(text)) return false;
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= range.min && value <= range.max;
}
