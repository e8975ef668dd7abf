import { BROKEN_ENVELOPE } from "./envelope_twists.ts";
import { BROKEN_LIFE } from "./life_twists.ts";
import { BROKEN_POLL } from "./poll_twists.ts";
import { BROKEN_RUN } from "./run_twists.ts";
import { BROKEN_STEP } from "./step_twists.ts";
import type { BrokenExecutor } from "./twist_parts.ts";

/** For each check at least one executor that breaks its rule and no other (flows §16, §21 row 25). */
export const BROKEN: readonly BrokenExecutor[] = [
  ...BROKEN_ENVELOPE,
  ...BROKEN_RUN,
  ...BROKEN_POLL,
  ...BROKEN_STEP,
  ...BROKEN_LIFE,
];
