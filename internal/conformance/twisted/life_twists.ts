import {
  type BrokenExecutor,
  broken,
  CANCEL,
  cancels,
  events,
  outputs,
  POLL,
  recoded,
  replies,
  requests,
  START,
  set,
} from "./twist_parts.ts";

/** Executors that break the rules of Cancel, of limits, of processes and of Health (flows §12, §13). */
export const BROKEN_LIFE: readonly BrokenExecutor[] = [
  broken(
    "REP-CAN-01",
    "it cancels runs that there are not",
    replies(CANCEL, ({ result }) => {
      if (result?.ok === false) result.ok = true;
    }),
  ),
  broken("REP-CAN-02", "Cancel of a run that goes on is not ok", cancels("running")),
  broken(
    "REP-CAN-03",
    "a cancelled run is completed",
    replies(POLL, ({ result }) => {
      if (result?.status === "cancelled") result.status = "completed";
    }),
  ),
  broken(
    "REP-CAN-03",
    "Cancel does nothing",
    requests(({ method }) => (method === CANCEL ? { result: { ok: true } } : undefined)),
    ["REP-CAN-01", "REP-CAN-05"],
  ),
  broken("REP-CAN-04", "Cancel of a run that has ended is not ok", cancels("ended")),
  broken("REP-CAN-05", "nothing runs after a Cancel", () => {
    let wasCancelled = false;
    return {
      request({ method }) {
        wasCancelled ||= method === CANCEL;
        return wasCancelled && method === START ? { error: { code: 3002, message: "cancelled" } } : undefined;
      },
    };
  }),
  broken("REP-LIM-01", "one run too many is an invalid flow", recoded(3002, 1003)),
  broken(
    "REP-LIM-01",
    "a host that is too fast is not told to come again",
    replies(START, ({ error }) => {
      if (error?.code === 3002) set(error.data, { retriable: false });
    }),
  ),
  broken(
    "REP-LIM-02",
    "all runs have the same outputs",
    outputs((out) => {
      if (out.who === "b") out.who = "a";
    }),
  ),
  broken(
    "REP-LIM-02",
    "runs report the events of others",
    events((event) => {
      if (event.step_id === "b_emit") event.step_id = "a_emit";
    }),
  ),
  broken("REP-PROC-01", "it takes 1.5 s to end", () => ({ eofMs: (hasRuns) => (hasRuns ? 0 : 1500) })),
  broken("REP-PROC-02", "it waits for its steps at the end", () => ({ eofMs: (hasRuns) => (hasRuns ? 1500 : 0) })),
  broken("REP-PROC-03", "it does not hear SIGTERM", () => ({ ignoresSigterm: true })),
  broken("REP-PROC-04", "it has a banner", () => ({ banner: "ready.\n" })),
  broken("REP-PROC-04", "it logs on stdout", () => ({ text: (text) => `[info] replying\n${text}` })),
  broken("REP-PROC-05", "it ends with status 3", () => ({ eofStatus: 3 })),
  broken("REP-PROC-05", "it leaves a process behind", () => ({ leavesSomebody: true })),
  broken("REP-PROC-06", "it needs plumb's variables", () => ({ needsVariables: true })),
  broken(
    "REP-HLT-01",
    "its Health is not ok",
    replies("Runtime.Health", ({ result }) => set(result, { ok: false })),
  ),
];
