import { didYouMean } from "../../diag/mod.ts";
import { EDGE_POLICIES } from "../syntax/mod.ts";
import { MERGE_ATTRIBUTES } from "./merge_attributes.ts";
import { SETTING_NAMES } from "./named_setting.ts";

/** Every word that an attribute may begin with, and the form in which it is written. */
const FORMS: ReadonlyMap<string, string> = new Map([
  ...EDGE_POLICIES.map((policy) => [policy, policy] as const),
  ...SETTING_NAMES.map((name) => [name, `${name}=`] as const),
  ...Object.keys(MERGE_ATTRIBUTES).map((name) => [name, `merge.${name}`] as const),
  ["FIFO", "edge.FIFO"] as const,
  ["LIFO", "edge.LIFO"] as const,
  ["type", "type(…)"] as const,
  ["schedule", "schedule(…)"] as const,
]);

/** What an attribute that is none was probably meant to be. */
export function attributeHelp(word: string): string | undefined {
  const meant = FORMS.has(word) ? word : didYouMean(word, FORMS.keys());
  return meant === undefined ? undefined : FORMS.get(meant);
}
