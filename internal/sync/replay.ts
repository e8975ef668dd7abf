import { type LoggedFlow, type OpenedReader, openTemplate, ReplaySource } from "../store/mod.ts";
import { type Divergence, firstDivergence } from "./divergence.ts";
import { Engine } from "./engine.ts";
import type { Handlers } from "./handlers.ts";
import type { Program } from "./program.ts";
import { WrittenEvents } from "./written_events.ts";

export interface ReplayOptions {
  readonly handlers: Handlers;
  /** Default 1000. */
  readonly maxSteps?: number | undefined;
  /** Default 10000: real ms of a handler call. */
  readonly timeoutMs?: number | undefined;
  /** Compares this flow only; all are executed, as they share state. */
  readonly flow?: string | undefined;
}

export interface ReplayResult {
  /** How many events and flows of the log were compared. */
  readonly events: number;
  readonly flows: number;
  /** Invocations that an unrecovered log has not executed; neither has the replay. */
  readonly pending: number;
  /** Completions of stubs and assumptions, taken from the log. */
  readonly taken: number;
  /** W_SPEC_CHANGED: the log was written under other bytes of specs or handlers. */
  readonly isSpecChanged: boolean;
  /** undefined: identical. */
  readonly divergence: Divergence | undefined;
}

/**
 * Executes the roots of a log again on a fresh one in memory, and compares what comes of them (scenarios.md §11, replay).
 * @throws HandlerHang; StoreError for a log that is damaged
 */
export function replay(log: OpenedReader, program: Program, options: ReplayOptions): ReplayResult {
  const { handlers, maxSteps = 1000, timeoutMs, flow } = options;
  const source = new ReplaySource(log);
  const given = source.takenAnswers();
  const held = source.unfinished();
  const isCompared = (token: string): boolean => flow === undefined || token === flow;
  let taken = 0;
  const written = new WrittenEvents(source.firings());
  const store = openTemplate(program.template(), { specHash: program.specHash, observer: written });
  try {
    const engine = new Engine({
      store,
      program,
      handlers,
      maxSteps,
      timeoutMs,
      answer: ({ id, flow_token }) => {
        const answer = given.get(id);
        if (answer !== undefined && isCompared(flow_token)) taken += 1;
        return answer;
      },
      isHeld: (id) => held.invocations.has(id) || held.completions.has(id),
    });
    const failures = new Map<string, string>();
    for (const event of source.events()) {
      // What was just made again is no root, and of most events one does not have to ask.
      const root = event.kind === "completion" || event.id === written.next ? undefined : source.root(event.id);
      if (root !== undefined) {
        const { action_uri, args, flow_token, at_ms } = root;
        engine.enqueue({ action: action_uri, args, flowToken: flow_token, atMs: at_ms });
        for (const [token, { code }] of engine.settle()) failures.set(token, code);
      }
      written.compare(event);
    }
    const flows = log.reader.flows().filter(({ flow_token }) => isCompared(flow_token));
    const isSame = flow === undefined && written.finish() && flows.every((one) => endedSo(one, failures));
    // Mostly all is the same, byte for byte; where anything is not, the flows are looked at one by one.
    const compared = isSame
      ? { events: written.compared, divergence: undefined }
      : firstDivergence(flows, { original: log.reader, replayed: store.reader, maxSteps });
    return {
      ...compared,
      flows: flows.length,
      pending: [...held.invocations.values()].filter(isCompared).length,
      taken,
      isSpecChanged: source.specHashes().some((hash) => hash !== program.specHash),
    };
  } finally {
    store.close();
  }
}

function endedSo({ flow_token, status, error }: LoggedFlow, failures: ReadonlyMap<string, string>): boolean {
  return status === "imported" || error?.code === failures.get(flow_token);
}
