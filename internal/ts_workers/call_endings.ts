import { FROM_THREAD } from "../user_modules/mod.ts";

/** How a call of a worker ends, other than by a fault. */
export const ENDING = {
  /** The event, with the payload that it came with. */
  same: FROM_THREAD.own,
  /** The event, with the payload `text`. */
  payload: FROM_THREAD.own + 1,
  silence: FROM_THREAD.own + 2,
} as const;
