import { type Wall, wall } from "./wall.ts";

/** A fresh run_id: `run-` and 16 hex digits (flows §15). */
export function freshRunId(from: Wall = wall): string {
  return `run-${from.randomBytes(8).toHex()}`;
}

/** A fresh trace_id: 32 hex digits (flows §12). */
export function freshTraceId(from: Wall = wall): string {
  return from.randomBytes(16).toHex();
}
