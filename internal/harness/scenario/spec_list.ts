import type { Parts } from "./parts.ts";

/** The specs of a scenario and of all its fragments. */
export interface SpecList {
  /** Absolute, each once, in load order: those of fragments come first (scenarios.md §7). */
  readonly paths: readonly string[];
  /** Whether `specs` stands anywhere. */
  readonly isGiven: boolean;
  /** Whether there may be more: something that is named cannot be found or read. */
  readonly isPartial: boolean;
}

export function specList(parts: Parts): SpecList {
  const paths = new Set<string>();
  let isGiven = false;
  let isPartial = false;
  const seen = new Set<Parts>();
  const visit = (part: Parts): void => {
    if (seen.has(part)) return;
    seen.add(part);
    for (const { fragment } of part.uses) {
      if (fragment === undefined) isPartial = true;
      else visit(fragment);
    }
    if (part.specs === undefined) return;
    isGiven = true;
    isPartial ||= part.specs.isPartial;
    for (const path of part.specs.paths) paths.add(path);
  };
  visit(parts);
  return { paths: [...paths], isGiven, isPartial };
}
