import { type Diagnostic, diagnostic } from "../diag/mod.ts";
import type { Catalog } from "./catalog.ts";
import type { Sync } from "./sync.ts";

/** A dense graph has more circles than anybody would read, or wait for. */
const MOST_CIRCLES = 100;
const MOST_STEPS = 100_000;

/** W_SYNC_UNHANDLED_CASE and W_SYNC_POSSIBLE_CYCLE of all syncs together (scenarios.md §4). */
export function syncWarnings(syncs: readonly Sync[], catalog: Catalog): readonly Diagnostic[] {
  return [...unhandledCases(syncs, catalog), ...possibleCycles(syncs)];
}

/** Cases other than Success of actions that a `then` invokes and no `completed` pattern covers; each once. */
function unhandledCases(syncs: readonly Sync[], catalog: Catalog): readonly Diagnostic[] {
  const patterns = syncs.flatMap(({ when }) => when).filter(({ event }) => event === "completed");
  const isKnown = (uri: string, name: string | undefined) =>
    catalog.action(uri)?.outputs.some((output) => output.case === name) ?? false;
  // A case that does not exist is an error already, and was meant to be one of them.
  const covers = (uri: string, name: string) =>
    patterns.some((pattern) => pattern.action === uri && (pattern.case === name || !isKnown(uri, pattern.case)));
  const told = new Set<string>();
  return syncs.flatMap(({ name, invokes }) =>
    invokes.flatMap(({ action: uri, file, pos }) => {
      const cases = (catalog.action(uri)?.outputs ?? []).map((output) => output.case);
      const open = cases.filter((known) => known !== "Success" && !covers(uri, known) && !told.has(`${uri} ${known}`));
      for (const known of open) told.add(`${uri} ${known}`);
      return open.map((known) => {
        const message = `${name} invokes ${uri}, but no sync handles its case ${known}`;
        return diagnostic({ code: "W_SYNC_UNHANDLED_CASE", level: "warn", message, file, pos });
      });
    }),
  );
}

/** The circles of "a `then` of S invokes an action in `when` of T", each once, from its first sync in load order. */
function possibleCycles(syncs: readonly Sync[]): readonly Diagnostic[] {
  return circlesOf(syncs).flatMap((circle): readonly Diagnostic[] => {
    const [first] = circle;
    if (first === undefined) return [];
    const message = `these syncs may go on for ever: ${[...circle, first].map(({ name }) => name).join(" -> ")}`;
    const { file, pos } = first;
    return [diagnostic({ code: "W_SYNC_POSSIBLE_CYCLE", level: "warn", message, file, pos })];
  });
}

function circlesOf(syncs: readonly Sync[]): readonly (readonly Sync[])[] {
  const next = syncs.map(({ invokes }) => {
    const invoked = new Set(invokes.map(({ action }) => action));
    return syncs.flatMap(({ when }, index) => (when.some(({ action }) => invoked.has(action)) ? [index] : []));
  });
  const circles: number[][] = [];
  let steps = 0;
  for (const start of syncs.keys()) {
    const trail = [start];
    // A trail visits later syncs only, so that each circle is found from its first one, once.
    const open = [next[start] ?? []].map((targets) => targets.values());
    for (let targets = open.at(-1); targets !== undefined; targets = open.at(-1)) {
      const step = targets.next();
      steps += 1;
      if (steps > MOST_STEPS || circles.length === MOST_CIRCLES) return circles.map((circle) => namesOf(circle, syncs));
      if (step.done === true) {
        open.pop();
        trail.pop();
      } else if (step.value === start) circles.push([...trail]);
      else if (step.value > start && !trail.includes(step.value)) {
        trail.push(step.value);
        open.push((next[step.value] ?? []).values());
      }
    }
  }
  return circles.map((circle) => namesOf(circle, syncs));
}

function namesOf(circle: readonly number[], syncs: readonly Sync[]): readonly Sync[] {
  return circle.flatMap((index) => syncs[index] ?? []);
}
