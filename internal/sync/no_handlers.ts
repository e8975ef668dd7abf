import type { HandlerAnswer, Handlers } from "./handlers.ts";

/** For programs without handlers, and for those of which none may run. */
export const NO_HANDLERS: Handlers = {
  call(): HandlerAnswer {
    return { kind: "fault", code: "E_ACTION_FAILED", message: "no handlers can be run here" };
  },
};
