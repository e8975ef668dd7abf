import { writeCanonical } from "../../value/mod.ts";
import type { PathDifference } from "./path_differences.ts";

/** Differences as the `actual:` line of an assertion tells them: `args.quantity expected 4, got 3`. */
export function differenceText(differences: readonly PathDifference[]): string {
  return differences.map(one).join(", ");
}

function one(difference: PathDifference): string {
  switch (difference.kind) {
    case "changed":
      return `${difference.path} expected ${writeCanonical(difference.expected)}, got ${writeCanonical(difference.actual)}`;
    case "missing":
      return `${difference.path} expected ${writeCanonical(difference.expected)}, got nothing`;
    case "unexpected":
      return `${difference.path} expected nothing, got ${writeCanonical(difference.actual)}`;
  }
}
