import { FROM_THREAD, type Letter } from "./letters.ts";
import { Refusal } from "./refusal.ts";

/** How a call ended, as it is sent. */
export interface Outcome {
  readonly kind: number;
  readonly text: string;
}

export const DONE: Outcome = { kind: FROM_THREAD.done, text: "" };

/** Codes and messages are cut to so many UTF-16 units: a message may hold anything. */
const LONGEST = 4_096;

/** What was thrown. `code`: of what is no {@link Refusal}. */
export function faultOf(thrown: unknown, code: string, prefix = ""): Outcome {
  const [known, message] = thrown instanceof Refusal ? [thrown.code, thrown.message] : [code, messageOf(thrown)];
  return { kind: FROM_THREAD.fault, text: JSON.stringify([cut(known), cut(`${prefix}${message}`)]) };
}

/** What a `fault` letter says. */
export function faultIn({ text }: Letter): { readonly code: string; readonly message: string } {
  const [code, message]: readonly [string, string] = JSON.parse(text);
  return { code, message };
}

/** The message of whatever was thrown; it may be anything, and throw itself. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message || thrown.name) : String(thrown);
  } catch {
    return "a value without a text was thrown";
  }
}

function cut(text: string): string {
  return (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).toWellFormed();
}
