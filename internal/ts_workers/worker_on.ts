import { SILENCE, type WorkerContext, type WorkerEvent, WorkerFault, type WorkerFn } from "../ami/mod.ts";
import { faultIn, type ModuleExport, type ModuleThread } from "../user_modules/mod.ts";
import type { Json } from "../value/mod.ts";
import { answerWith } from "./ask_over.ts";
import { ENDING } from "./call_endings.ts";
import type { Rest } from "./perform_call.ts";

/** Makes functions of the exports of a thread's modules. */
export function workerOn(thread: ModuleThread, worker: ModuleExport): WorkerFn {
  return (event, context) => call(thread, worker, event, context);
}

function call(
  thread: ModuleThread,
  worker: ModuleExport,
  event: WorkerEvent,
  context: WorkerContext,
): Json | typeof SILENCE | WorkerFault {
  const payload = JSON.stringify(event.payload);
  const rest: Rest = [event.id, event.time, event.attempt, event.trace, context.now()];
  const letter = thread.call(worker, payload + JSON.stringify(rest), payload.length, answerWith(context));
  switch (letter.kind) {
    case ENDING.same:
      return event.payload;
    case ENDING.payload:
      return JSON.parse(letter.text);
    case ENDING.silence:
      return SILENCE;
    default: {
      const { code, message } = faultIn(letter);
      return new WorkerFault(code, message);
    }
  }
}
