import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { isObject } from "../value/mod.ts";
import { CHECKS } from "./checks/mod.ts";
import { tryTwist } from "./twisted/try_twist.ts";
import type { EventDraft, Twist } from "./twisted/twist.ts";
import { CANCEL, CAPABILITIES, events, POLL, replies, requests, START, set } from "./twisted/twist_parts.ts";

// What REP leaves to executors (flows §12) fails no check.

setDefaultTimeout(60_000);

const NEEDS_KINDS = [
  ...["REP-POLL-07", "REP-STEP-07", "REP-STEP-08", "REP-STEP-09", "REP-STEP-10", "REP-STEP-11", "REP-STEP-12"],
  ...["REP-STEP-13", "REP-STEP-14", "REP-CAN-02", "REP-CAN-03", "REP-CAN-05", "REP-LIM-01", "REP-PROC-02"],
];
const CONTROL = ["dsl.emit", "finish", "switch"];

const LAWFUL: readonly (readonly [what: string, twist: () => Twist, notApplicable?: readonly string[]])[] = [
  ["has no poll_after", replies(CAPABILITIES, ({ result }) => set(result, { features: [] })), ["REP-POLL-08"]],
  ["says nothing of features", replies(CAPABILITIES, ({ result }) => delete result?.features), ["REP-POLL-08"]],
  [
    "does not know Health",
    requests(({ method }) => (method === "Runtime.Health" ? noMethod() : undefined)),
    ["REP-HLT-01"],
  ],
  [
    "has no test kinds",
    replies(CAPABILITIES, ({ result }) => set(result, { step_kinds: ["opcua.read"] })),
    NEEDS_KINDS,
  ],
  [
    "takes one run at a time",
    replies(CAPABILITIES, ({ result }) => set(result, { limits: { concurrency: 1 } })),
    ["REP-LIM-02"],
  ],
  [
    "reports no events of control steps",
    unacknowledged((list) => {
      list.splice(0, list.length, ...list.filter(({ kind }) => !CONTROL.includes(String(kind))));
    }),
    ["REP-POLL-08"],
  ],
  [
    "stamps events by the second, in another zone",
    events((event) => {
      event.timestamp = `${event.timestamp?.slice(0, 19)}+00:00`;
    }),
  ],
  [
    "writes unknown events and members",
    unacknowledged((list) => {
      const [event] = list;
      if (event !== undefined) list.push({ type: "x_unknown", timestamp: event.timestamp ?? "", x_unknown: {} });
    }),
    ["REP-POLL-08"],
  ],
  [
    "ignores lines that are no requests",
    () => ({ line: (line) => (/^(?:\{"jsonrpc":|3|\[1\]|\{\})$/.test(line) ? "" : undefined) }),
  ],
  [
    "says failed of a run that there is not",
    replies(POLL, (reply) => {
      const details = reply.error?.data?.details ?? null;
      if (!isObject(details) || details.cause !== "UnknownRun") return;
      delete reply.error;
      reply.result = { status: "failed", events: [] };
    }),
  ],
  [
    "says failed of a cancelled run",
    replies(POLL, ({ result }) => {
      if (result?.status === "cancelled") result.status = "failed";
    }),
  ],
  [
    "refuses to cancel a run that there is not",
    replies(CANCEL, (reply) => {
      if (reply.result?.ok !== false) return;
      delete reply.result;
      reply.error = { code: -32602, message: "unknown" };
    }),
  ],
  [
    "refuses a run_id that it knows with 1003",
    () => {
      const known = new Set<unknown>();
      return {
        request({ method, params: { options } }) {
          if (method !== START || typeof options?.run_id !== "string") return undefined;
          if (known.has(options.run_id)) return { error: { code: 1003, message: "known" } };
          known.add(options.run_id);
          return undefined;
        },
      };
    },
  ],
  [
    "refuses inputs that are a list with 1003",
    replies(START, ({ error }) => {
      if (error?.code === -32602) error.code = 1003;
    }),
  ],
  [
    "says pending at first",
    () => {
      const polled = new Set<unknown>();
      return {
        reply({ result }, { method, params: { run_id } }) {
          if (method === POLL && result?.status === "running" && !polled.has(run_id)) result.status = "pending";
          polled.add(run_id);
        },
      };
    },
  ],
  [
    "writes notifications, and asks once",
    () => {
      let ask = '{"jsonrpc":"2.0","id":1,"method":"Host.Ping"}\n';
      return {
        text(text) {
          const all = `{"jsonrpc":"2.0","method":"x.log","params":{}}\n${ask}${text}`;
          ask = "";
          return all;
        },
        line: (line) => (line.includes("a host answers no requests") ? "" : undefined),
      };
    },
  ],
  [
    "takes 4 s to start",
    () => {
      let isFirst = true;
      return {
        delayMs() {
          const ms = isFirst ? 4000 : 0;
          isFirst = false;
          return ms;
        },
      };
    },
  ],
];

describe("an executor passes that", () => {
  test.each(LAWFUL.map(([what, twist, notApplicable = []]) => [what, twist, notApplicable] as const))(
    "%s",
    async (_, twist, notApplicable) => {
      const outcome = await tryTwist(twist, CHECKS);
      expect(outcome, outcome.details).toMatchObject({ failed: [], notApplicable });
    },
  );
});

/** Changes how many events there are, which poll_after would count. */
function unacknowledged(change: (events: EventDraft[]) => void): () => Twist {
  return () => ({
    reply({ result }, { method }) {
      if (method === CAPABILITIES) set(result, { features: [] });
      if (method === POLL && result?.events !== undefined) change(result.events);
    },
  });
}

function noMethod() {
  return { error: { code: -32601, message: "no such method" } };
}
