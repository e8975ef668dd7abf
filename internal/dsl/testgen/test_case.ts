import type { Json } from "../../value/mod.ts";

/** What is expected of a generated case (flows §8). */
export type Expectations =
  /** Conditions that the inputs alone decide: id of the switch -> the case that it chooses. */
  | { readonly route: { readonly [id: string]: string } }
  | { readonly emit: { readonly [field: string]: Json } }
  /** The code that refuses the inputs; true: the policy cannot be evaluated. */
  | { readonly error: string | true };

/** A case for a flow or a policy. */
export interface GeneratedCase {
  readonly name: string;
  /** Of a flow its inputs, of a policy `values`. */
  readonly inputs: { readonly [name: string]: Json };
  readonly expectations: Expectations;
}

/** The first of the cases that have the same inputs. */
export function withoutRepeats<Case extends Pick<GeneratedCase, "inputs">>(cases: readonly Case[]): readonly Case[] {
  const seen = new Set<string>();
  return cases.filter(({ inputs }) => {
    const text = JSON.stringify(inputs);
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}
