import type { Step } from "./wdl_file.ts";

/** All steps of a flow in the order of the file, those of bodies behind the step that has them. */
export function allSteps(steps: readonly Step[]): readonly Step[] {
  const found: Step[] = [];
  const waiting: Step[] = [...steps].reverse();
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    found.push(step);
    const inner = step.kind === "when" ? step.steps : (step.onFailure?.steps ?? []);
    for (let at = inner.length - 1; at >= 0; at--) {
      const child = inner[at];
      if (child !== undefined) waiting.push(child);
    }
  }
  return found;
}
