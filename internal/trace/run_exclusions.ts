/** A member of the events of a flow's steps that no comparison of two engines looks at, and why. */
export interface RunExclusion {
  /** Of a step event; `error.data` is a member of its error. */
  readonly member: string;
  readonly reason: string;
}

/** What comparisons of two engines look at (flows §15, check `against`): who did what, and what came of it. */
export const RUN_COMPARED = ["step_id", "kind", "state", "args", "result", "error.code"] as const;

/**
 * Every member of a step event that a comparison of two engines leaves out (DESIGN, three ideas; flows §15). What stands in neither
 * table is no member that flows §10 knows; a test holds both against a run.
 */
export const RUN_EXCLUSIONS: readonly RunExclusion[] = [
  { member: "type", reason: "log events are free text, so that only steps are compared at all" },
  { member: "timestamp", reason: "each engine has its own clock" },
  { member: "duration_ms", reason: "one engine may be faster than another" },
  {
    member: "attempt",
    reason: "only the last attempt of a step is compared: how often one fails is its mocks' or its device's doing",
  },
  { member: "will_retry", reason: "attempts that are tried again are not compared" },
  { member: "error.message", reason: "messages are for people, each engine has its own words" },
  { member: "error.data", reason: "details of an error are free; its code decides what happens next" },
];
