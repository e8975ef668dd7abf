// The checks of flows §16, in the order of the page.
import type { Check } from "../check.ts";
import { CANCEL_CHECKS } from "./cancel_checks.ts";
import { CAPABILITIES_CHECKS } from "./capabilities_checks.ts";
import { ENVELOPE_CHECKS } from "./envelope_checks.ts";
import { HEALTH_CHECKS } from "./health_checks.ts";
import { LIMITS_CHECKS } from "./limits_checks.ts";
import { POLL_CHECKS } from "./poll_checks.ts";
import { PROCESS_CHECKS } from "./process_checks.ts";
import { RUN_CHECKS } from "./run_checks.ts";
import { STEP_CHECKS } from "./step_checks.ts";
import { VALUE_CHECKS } from "./value_checks.ts";

export const CHECKS: readonly Check[] = [
  ...CAPABILITIES_CHECKS,
  ...ENVELOPE_CHECKS,
  ...RUN_CHECKS,
  ...VALUE_CHECKS,
  ...POLL_CHECKS,
  ...STEP_CHECKS,
  ...CANCEL_CHECKS,
  ...LIMITS_CHECKS,
  ...PROCESS_CHECKS,
  ...HEALTH_CHECKS,
];
