import type { CallStep } from "./wdl_file.ts";

/** Whether a step applies a policy: its target says so (flows §3). */
export function appliesPolicy({ target }: CallStep): boolean {
  return target.text.startsWith("policy.");
}
