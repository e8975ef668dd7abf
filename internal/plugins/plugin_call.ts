import type { StepAnswer } from "../engine/mod.ts";
import type { ValueObject } from "../flow/mod.ts";
import { indentedJson, parseExact } from "../value/mod.ts";

/** What the thread is told of an attempt; plain data. */
export interface PluginCall {
  readonly args: ValueObject;
  readonly inputs: ValueObject;
  readonly runId: string;
  readonly traceId: string;
  readonly stepId: string;
  readonly kind: string;
  readonly attempt: number;
  /** Virtual milliseconds. */
  readonly now: number;
  /** When the attempt is over, in virtual milliseconds; null: never. */
  readonly until: number | null;
}

/** How an attempt ended: with an answer after `slept` virtual milliseconds, or without any, ever. */
export type PluginEnd = { readonly slept: number; readonly answer: StepAnswer } | { readonly answer: null };

/** What a plugin asks while it runs. */
export type PluginQuestion =
  | { readonly ask: "random" }
  | { readonly ask: "log"; readonly level: "debug" | "info" | "warn" | "error"; readonly message: string };

/** Between the two threads everything is JSON; integers keep their digits. */
export function write(value: PluginCall | PluginEnd | PluginQuestion): string {
  return indentedJson({ ...value }).toWellFormed();
}

/** What {@link write} wrote on the other side. */
export function read<T extends PluginCall | PluginEnd | PluginQuestion>(text: string): T {
  return parseExact(text) as unknown as T;
}
