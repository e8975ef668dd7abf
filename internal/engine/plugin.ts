import type { LogLevel } from "../flow/mod.ts";
import type { Json } from "../value/mod.ts";

/** What a plugin gets beside its arguments, for as long as the attempt lasts (flows §11). */
export interface PluginContext {
  readonly runId: string;
  readonly traceId: string;
  readonly stepId: string;
  readonly kind: string;
  /** From 1. */
  readonly attempt: number;
  /** Of the run. A copy: what a plugin does to it changes nothing. */
  readonly inputs: { [key: string]: Json };
  /** Aborted when the attempt is over its time limit, and when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Adds a log event to the run. */
  log(level: LogLevel, message: string): void;
  /** The time of the run, in milliseconds: virtual under `plumb test`. */
  readonly clock: { now(): number; sleep(ms: number): Promise<void> };
  /** A seeded random number from 0 to below 1. */
  random(): number;
}

/**
 * Performs the steps of one kind. It returns the result, an object, or nothing for `{}`; what it throws fails the attempt: with
 * 2001, or with the `code` (2000–2999), `retriable` and `details` of what it threw.
 */
export type PluginStep = (
  args: { [key: string]: Json },
  ctx: PluginContext,
) => Promise<{ [key: string]: unknown } | undefined> | { [key: string]: unknown } | undefined;

/**
 * The default export of a plugin module: step kind -> what performs it.
 *
 * @example
 * export default { "pump.start": async ({ id }, ctx) => ({ started: id, at: ctx.clock.now() }) } satisfies Plugin;
 */
export type Plugin = { readonly [kind: string]: PluginStep };
