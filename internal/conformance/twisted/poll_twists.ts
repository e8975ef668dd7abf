import { type BrokenExecutor, broken, events, FINAL, POLL, replies, requests } from "./twist_parts.ts";

/** Executors that break the rules of Polls (flows §12). */
export const BROKEN_POLL: readonly BrokenExecutor[] = [
  broken(
    "REP-POLL-01",
    "it says working instead of running",
    replies(POLL, ({ result }) => {
      if (result?.status === "running") result.status = "working";
    }),
    ["REP-POLL-07"],
  ),
  broken("REP-POLL-02", "it reports an event behind the end", () => {
    const ended = new Set<string>();
    return {
      reply({ result }, { method, params: { run_id = "" } }) {
        if (method !== POLL || !FINAL.includes(result?.status)) return;
        if (ended.has(run_id)) result?.events?.push({ type: "log", timestamp: "1970-01-01T00:00:00Z" });
        ended.add(run_id);
      },
    };
  }),
  broken(
    "REP-POLL-03",
    "a run that there is not is completed",
    replies(POLL, (reply) => {
      if (reply.error?.data?.details === undefined) return;
      delete reply.error;
      reply.result = { status: "completed", events: [], outputs: {} };
    }),
  ),
  broken(
    "REP-POLL-04",
    "its events have no timestamp",
    events((event) => {
      delete event.timestamp;
    }),
  ),
  broken(
    "REP-POLL-04",
    "its timestamps are no RFC 3339",
    events((event) => {
      event.timestamp = `0${event.timestamp?.slice(1, 10)}`;
    }),
  ),
  broken(
    "REP-POLL-05",
    "its clock goes back",
    events((event) => {
      if (event.step_id === "emit" && event.state === "succeeded") event.timestamp = "1969-01-01T00:00:00Z";
    }),
  ),
  broken(
    "REP-POLL-06",
    "it leaves empty outputs out",
    replies(POLL, ({ result }) => {
      if (Object.keys(result?.outputs ?? { a: 1 }).length === 0) delete result?.outputs;
    }),
  ),
  broken("REP-POLL-07", "a Poll waits for the step", () => {
    const slow = new Set<string>();
    return {
      request({ params: { ir, options } }) {
        if (ir?.graph?.nodes?.some(({ with: { ms } }) => ms === 2000)) slow.add(String(options?.run_id));
        return undefined;
      },
      delayMs: ({ method, params }) => (method === POLL && slow.has(String(params.run_id)) ? 600 : 0),
    };
  }),
  broken(
    "REP-POLL-08",
    "it forgets events once they are sent",
    requests(({ method, params }) => {
      if (method === POLL && typeof params.after === "number") delete params.after;
      return undefined;
    }),
  ),
];
