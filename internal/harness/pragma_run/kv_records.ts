import { type Diagnostic, diagnostic } from "../../diag/mod.ts";
import type { StoreState } from "../../kvstore/mod.ts";

/**
 * The KV_METRICS and KV_DUMP records of a case (ami-tests §9), a pair a namespace in the order of `states`.
 * `caseName` carries the `#2` of a repeated name; `atMs` is the virtual time of the end of the case.
 */
export function kvRecords(file: string, caseName: string, states: readonly StoreState[], atMs: number): Diagnostic[] {
  return states.flatMap(({ ns, metrics, dump }) => [
    diagnostic({
      level: "info",
      code: "KV_METRICS",
      message: "kv metrics",
      file,
      data: { case: caseName, ns, ...metrics },
      atMs,
    }),
    diagnostic({
      level: "info",
      code: "KV_DUMP",
      message: "kv dump",
      file,
      data: { case: caseName, ns, ...dump },
      atMs,
    }),
  ]);
}
