import type { SpecType } from "./spec_type.ts";
import type { Step } from "./sync.ts";

const PATH = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*|\[(?:0|[1-9]\d{0,8})\])*$/;
const STEP = /[A-Za-z_][A-Za-z0-9_]*|\d+/g;

/** The steps of `a.b[0].c`; undefined if it is no path. The first is a name. */
export function parseSteps(text: string): readonly Step[] | undefined {
  if (!PATH.test(text)) return undefined;
  return [...text.matchAll(STEP)].map(([step]) => (/^\d/.test(step) ? Number(step) : step));
}

/**
 * The type of what steps lead to inside a value of `type`: `open` where only the run knows it, `none` where no such value
 * can be.
 */
export function typeBelow(type: SpecType | undefined, steps: readonly Step[]): SpecType | "open" | "none" {
  let at: SpecType | undefined = type;
  for (const step of steps) {
    if (at === undefined) return "open";
    const into = typeof step === "number" ? ["array", "list"] : ["object"];
    if (!into.includes(at.kind)) return "none";
    at = at.kind === "list" ? at.of : undefined;
  }
  return at ?? "open";
}
