import type { SyntaxFinding } from "../syntax/mod.ts";

/**
 * The findings of bodies without those about names, if functions may be missing because their declarations hold syntax
 * errors: those are reported, and what calls them is right.
 */
export function knownMissing(findings: readonly SyntaxFinding[], lacksFunctions: boolean): readonly SyntaxFinding[] {
  return lacksFunctions ? findings.filter(({ code }) => code !== "E_NAME_UNDEFINED") : findings;
}
