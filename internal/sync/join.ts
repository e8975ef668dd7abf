import type { LoggedCompletion } from "../store/mod.ts";
import type { CompiledPattern, CompiledSync } from "./compiled_sync.ts";
import type { FinishedEvents } from "./finished_events.ts";
import { type Bindings, matchPattern } from "./match.ts";

/** One event a pattern, all agreeing. */
interface Combination {
  readonly events: readonly LoggedCompletion[];
  readonly bindings: Bindings;
}

/**
 * The bindings of all combinations of events that a completion triggers (scenarios.md §4, when): it is the newest of them. In the
 * order of their events' `seq`, pattern by pattern.
 */
export function join(compiled: CompiledSync, trigger: LoggedCompletion, finished: FinishedEvents): readonly Bindings[] {
  const { patterns, variables } = compiled;
  const none: Bindings = variables.map(() => undefined);
  const [only] = patterns;
  if (patterns.length === 1 && only !== undefined) {
    const bindings = matchPattern(only, trigger, none);
    return bindings === undefined ? [] : [bindings];
  }
  const places = patterns.flatMap((pattern, place) => {
    if (pattern.action !== trigger.invocation.action_uri) return [];
    const bindings = matchPattern(pattern, trigger, none);
    return bindings === undefined ? [] : [{ place, bindings }];
  });
  const flowToken = compiled.sync.scope.kind === "flow" ? trigger.invocation.flow_token : undefined;
  const candidates: Search["candidates"] = (pattern, bound) => finished.candidates(pattern, bound, flowToken);
  const found = places.flatMap(({ place, bindings }) =>
    combinations(patterns, { trigger, place, candidates }, [], bindings),
  );
  // What one place of the trigger gives is in order already, but for invocations: candidates stand by their completions.
  const ordered =
    places.length > 1 || patterns.some(({ event }) => event === "invoked") ? found.toSorted(bySeq(patterns)) : found;
  return ordered.map((combination) => combination.bindings);
}

interface Search {
  readonly trigger: LoggedCompletion;
  /** The first pattern that the trigger stands for. */
  readonly place: number;
  readonly candidates: (pattern: CompiledPattern, bindings: Bindings) => readonly LoggedCompletion[];
}

/** All ways to go on from events that stand for the first patterns. */
function combinations(
  patterns: readonly CompiledPattern[],
  search: Search,
  events: readonly LoggedCompletion[],
  bindings: Bindings,
): readonly Combination[] {
  const { trigger, place, candidates } = search;
  const at = events.length;
  const pattern = patterns[at];
  if (pattern === undefined) return [{ events, bindings }];
  if (at === place) return combinations(patterns, search, [...events, trigger], bindings);
  return candidates(pattern, bindings).flatMap((event): readonly Combination[] => {
    if (event.seq > trigger.seq || (at < place && event.id === trigger.id)) return [];
    if (isTaken(event, pattern, patterns, events, search)) return [];
    const bound = matchPattern(pattern, event, bindings);
    return bound === undefined ? [] : combinations(patterns, search, [...events, event], bound);
  });
}

/** No event twice. An invocation and its completion are two. */
function isTaken(
  event: LoggedCompletion,
  { event: kind }: CompiledPattern,
  patterns: readonly CompiledPattern[],
  events: readonly LoggedCompletion[],
  { trigger, place }: Search,
): boolean {
  if (event.id === trigger.id && patterns[place]?.event === kind) return true;
  return events.some((other, at) => other.id === event.id && patterns[at]?.event === kind);
}

function bySeq(patterns: readonly CompiledPattern[]): (a: Combination, b: Combination) => number {
  const seq = ({ events }: Combination, at: number): number => {
    const event = events[at];
    return (patterns[at]?.event === "invoked" ? event?.invocation.seq : event?.seq) ?? 0;
  };
  return (a, b) => {
    const at = patterns.findIndex((_, index) => seq(a, index) !== seq(b, index));
    return at < 0 ? 0 : seq(a, at) - seq(b, at);
  };
}
