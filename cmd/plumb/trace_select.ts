import type { FoundEvent, LoggedFlow, LogReader } from "../../internal/store/mod.ts";
import { type FlowTrace, Provenance, type TraceEvent } from "../../internal/trace/mod.ts";

/** What `plumb trace` was asked to keep. */
export interface Selection {
  readonly flow?: string | undefined;
  /** `*` and `?` stand for any text and any character. */
  readonly action?: string | undefined;
  /** An id, or the beginning of one. */
  readonly why?: string | undefined;
}

/** A flow with what was kept of it, and all that its events may refer to. */
export interface SelectedFlow {
  readonly flow: FlowTrace;
  readonly provenance: Provenance;
}

/** Nothing like what was asked for is in the log: exit 2. */
export class NothingSelected extends Error {
  override readonly name = "NothingSelected";

  constructor(
    readonly code: "E_FLOW_UNKNOWN" | "E_TRACE_ID",
    message: string,
    readonly help?: string,
  ) {
    super(message);
  }
}

/** The fewest digits of an id that are looked up. */
const MIN_DIGITS = 6;

/**
 * The flows of a log, one at a time, with what a selection keeps; a flow of which a filter keeps nothing is left out.
 * @throws NothingSelected E_FLOW_UNKNOWN, E_TRACE_ID: at once, before anything of the log is told
 */
export function selectFlows(reader: LogReader, { flow, action, why }: Selection): Iterable<SelectedFlow> {
  const chosen = chosenFlows(reader, flow);
  const end = why === undefined ? undefined : findEvent(reader, why, flow);
  return keptFlows(reader, chosen, end, action === undefined ? undefined : globMatcher(action));
}

function* keptFlows(
  reader: LogReader,
  chosen: readonly LoggedFlow[],
  end: FoundEvent | undefined,
  matches: ((action: string) => boolean) | undefined,
): Generator<SelectedFlow> {
  for (const logged of chosen) {
    if (end !== undefined && logged.flow_token !== end.flow_token) continue;
    const whole = reader.trace(logged);
    const provenance = new Provenance(whole.events);
    const event = end === undefined ? undefined : provenance.event(end.id);
    const chain = event === undefined ? whole.events : provenance.why(event);
    const events = matches === undefined ? [...chain] : chain.filter(({ action_uri }) => matches(action_uri));
    if (events.length === 0 && (matches !== undefined || end !== undefined)) continue;
    yield { flow: { ...whole, events, pending: pendingOf(events, provenance) }, provenance };
  }
}

/**
 * The flow with a token, or without one all of the log.
 * @throws NothingSelected E_FLOW_UNKNOWN
 */
export function chosenFlows(reader: LogReader, token: string | undefined): readonly LoggedFlow[] {
  if (token === undefined) return reader.flows();
  // The log keeps tokens in NFC (scenarios §1).
  const flow = reader.flow(token.normalize("NFC"));
  if (flow !== undefined) return [flow];
  throw new NothingSelected("E_FLOW_UNKNOWN", `the log has no flow ${JSON.stringify(token)}`);
}

function findEvent(reader: LogReader, why: string, flow: string | undefined): FoundEvent {
  const prefix = why.toLowerCase();
  if (prefix.length < MIN_DIGITS || !/^[0-9a-f]{1,64}$/.test(prefix)) {
    throw new NothingSelected(
      "E_TRACE_ID",
      `${JSON.stringify(why)} is no id of an event; an id of 64 hex digits or its first ${MIN_DIGITS} or more are expected`,
    );
  }
  const found = reader
    .findEvents(prefix, flow === undefined ? 2 : 1000)
    .filter(({ flow_token }) => flow === undefined || flow_token === flow.normalize("NFC"));
  const [event, other] = found;
  if (event === undefined) throw new NothingSelected("E_TRACE_ID", `no event has an id that begins with ${prefix}`);
  if (other === undefined) return event;
  const message = `more than one event has an id that begins with ${prefix}`;
  throw new NothingSelected("E_TRACE_ID", message, `${sharedWith(event.id, other.id)} tells two of them apart`);
}

/** The shortest beginning of `id` that `other` does not have. */
function sharedWith(id: string, other: string): string {
  let length = 1;
  while (other.startsWith(id.slice(0, length))) length++;
  return id.slice(0, length);
}

function globMatcher(glob: string): (text: string) => boolean {
  const pattern = glob.replace(/[\\^$.|+()[\]{}*?]/g, (character) =>
    character === "*" ? ".*" : character === "?" ? "." : `\\${character}`,
  );
  const regex = new RegExp(`^${pattern}$`, "su");
  return (text) => regex.test(text);
}

function pendingOf(events: readonly TraceEvent[], provenance: Provenance): number {
  return events.filter(({ type, id }) => type === "invocation" && provenance.completionOf(id) === undefined).length;
}
