import type { WorkerEvent } from "../ami/mod.ts";
import { type ErrorRecord, errorRecord, type Level } from "../diag/mod.ts";
import type { Json } from "../value/mod.ts";
import type { Edge, LossReason } from "./node.ts";

/** What goes into a record besides its time and its pipeline (pipelines §11). */
export interface Raised {
  readonly code: string;
  readonly message: string;
  /** Default `error`. */
  readonly level?: Level;
  /** The step where it happened. */
  readonly node?: { readonly label: string; readonly inError?: boolean };
  /** The event it happened to; its payload is the one that the step received. */
  readonly event?: WorkerEvent;
  readonly edge?: Edge | undefined;
  readonly policy?: string;
  /** Whatever else the record tells. */
  readonly data?: { readonly [key: string]: Json };
}

/** The errors.v1 record of what went wrong, at `atMs` since 1970. */
export function runRecord(pipeline: string, raised: Raised, atMs: number): ErrorRecord {
  const { code, message, node, event, edge, policy } = raised;
  const data = {
    ...raised.data,
    edge: edge === undefined ? undefined : { from: edge.from.label, id: edge.id, to: edge.to.label },
    event: event === undefined ? undefined : { id: event.id, payload: event.payload },
    node: node?.label,
    pipeline,
    policy,
  };
  return errorRecord({ code, message, level: raised.level ?? "error", data, atMs });
}

/** What the record of a shunted event says, by the reason. */
export function shuntRecord(reason: LossReason): Raised {
  switch (reason) {
    case "shuntOldest":
      return { code: "W_SHUNTED_OLDEST", message: "shunted (oldest)", policy: reason, level: "warn" };
    case "shuntNewest":
      return { code: "W_SHUNTED_NEWEST", message: "shunted (newest)", policy: reason, level: "warn" };
    default:
      return { code: "W_LATE", message: "late event", policy: reason, level: "warn" };
  }
}

/** A record as the payload of an event: what `runRecord` makes holds JSON only. */
export function isPayload(record: ErrorRecord): record is ErrorRecord & { [key: string]: Json } {
  return record.schema === "errors.v1";
}
