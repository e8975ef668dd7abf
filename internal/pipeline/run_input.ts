import type { Json } from "../value/mod.ts";
import type { EventMeta } from "./sim_event.ts";

/** An external event, whenever it comes (pipelines §5). */
export interface ExternalEvent extends EventMeta {
  readonly payload: Json;
  /** The step that it enters; absent: the first ingress. */
  readonly ingress?: string;
  /** The event does not enter; an error with this code is raised at its ingress instead (ami-tests §4). */
  readonly errorCode?: string;
  /** Called when it enters. */
  readonly onEntry?: () => void;
}

/** An external event and when it enters: milliseconds since the start of the run, whole, from 0. */
export interface RunInput extends ExternalEvent {
  readonly at: number;
}
