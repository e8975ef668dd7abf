import { isObject, type Value } from "../../value/mod.ts";
import type { EventDraft, NodeDraft, ReplyDraft, RequestDraft, Twist } from "./twist.ts";

/** An executor that breaks one rule. */
export interface BrokenExecutor {
  /** What is wrong with it. */
  readonly what: string;
  /** The check that is about that. */
  readonly id: string;
  /** Checks that rest on the rule too. */
  readonly also?: readonly string[];
  readonly twist: () => Twist;
}

const CAPABILITIES = "Runtime.Capabilities";
const START = "Runtime.StartRun";
const POLL = "Runtime.Poll";
const CANCEL = "Runtime.Cancel";
const FINAL: readonly unknown[] = ["completed", "failed", "cancelled"];

/** For each check at least one executor that breaks its rule and no other (flows §16, §21 row 25). */
export const BROKEN: readonly BrokenExecutor[] = [
  broken(
    "REP-CAP-01",
    "its version is a number",
    replies(CAPABILITIES, ({ result }) => set(result, { version: 1 })),
  ),
  broken(
    "REP-CAP-01",
    "its concurrency is 0",
    replies(CAPABILITIES, ({ result }) => set(result, { limits: { concurrency: 0 } })),
    ["REP-LIM-02"],
  ),
  broken("REP-CAP-02", "it counts how often it was asked", () => {
    let count = 0;
    return { reply: ({ result }, { method }) => method === CAPABILITIES && set(result, { count: ++count }) };
  }),
  broken("REP-CAP-03", "it takes 6 s to start", () => {
    let isFirst = true;
    return {
      delayMs() {
        const ms = isFirst ? 6000 : 0;
        isFirst = false;
        return ms;
      },
    };
  }),
  broken(
    "REP-CAP-04",
    "it names a kind twice",
    replies(CAPABILITIES, ({ result }) => result?.step_kinds?.push("check.echo")),
  ),

  broken(
    "REP-RPC-01",
    "its ids are texts",
    replies("", (reply) => set(reply, reply.id === 7 ? { id: "7" } : {})),
  ),
  broken(
    "REP-RPC-02",
    "it makes texts of ids to numbers",
    replies("", (reply) => set(reply, reply.id === "a-1" ? { id: 0 } : {})),
  ),
  broken("REP-RPC-03", "an unknown method is an internal error", recoded(-32601, -32603)),
  broken(
    "REP-RPC-04",
    "bad params are an internal error",
    requests((request) =>
      request.method === POLL && request.params.run_id === undefined
        ? { error: { code: -32603, message: "oops" } }
        : undefined,
    ),
  ),
  broken("REP-RPC-05", "it dies of a line that is not JSON", () => ({
    line: (line) => (line === '{"jsonrpc":' ? "dies" : undefined),
  })),
  broken("REP-RPC-06", "it dies of a line that is a number", () => ({
    line: (line) => (line === "3" ? "dies" : undefined),
  })),
  broken("REP-RPC-06", "it takes a list for a failed call", () => ({
    line: (line) =>
      line === "[1]" ? '{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"x"}}\n' : undefined,
  })),
  broken("REP-RPC-07", "it answers blank lines", () => ({
    line: (line) =>
      line.trim() === "" ? '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"x"}}\n' : undefined,
  })),
  broken("REP-RPC-07", "it dies of a CR", () => ({ chunk: (text) => text.replaceAll("}\r\n", "}\rx\n") })),
  broken(
    "REP-RPC-08",
    "it answers requests without id",
    requests((request) => (request.id === undefined ? { result: {} } : undefined)),
  ),
  broken(
    "REP-RPC-09",
    "it refuses unknown members",
    requests((request) =>
      "x_unknown" in request || "x_unknown" in request.params
        ? { error: { code: -32602, message: "unknown" } }
        : undefined,
    ),
  ),
  broken(
    "REP-RPC-09",
    "it refuses unknown options",
    requests(({ params }) =>
      params.options !== undefined && "x_unknown" in params.options
        ? { error: { code: -32602, message: "unknown" } }
        : undefined,
    ),
  ),
  broken(
    "REP-RPC-10",
    "its errors have no jsonrpc",
    replies("", (reply) => {
      if (reply.error !== undefined) delete reply.jsonrpc;
    }),
  ),
  broken("REP-RPC-11", "behind each LF it writes a blank", () => ({ text: (text) => `${text} ` })),
  broken("REP-RPC-12", "it drops what is left of a read", () => ({
    chunk: (text) => (text.match(/\{"jsonrpc"/g)?.length === 2 ? text.slice(0, text.indexOf("\n") + 1) : text),
  })),
  broken(
    "REP-RPC-12",
    "it answers twice what came with something else",
    replies(
      "",
      () => undefined,
      (text) => (text.includes('"id":122') ? text + text : text),
    ),
  ),
  broken(
    "REP-RPC-12",
    "it answers everything twice",
    texts((text) => text + text),
  ),
  broken("REP-RPC-13", "it drops reads of one byte", () => ({ chunk: (text) => (text.length === 1 ? "" : text) })),
  broken("REP-RPC-14", "it dies of a line that is too long", () => ({
    line: (line) => (line === "(too long)" ? "dies" : undefined),
  })),
  broken("REP-RPC-14", "it takes a line that is too long", () => ({
    line: (line) => (line === "(too long)" ? '{"jsonrpc":"2.0","id":141,"result":{}}\n' : undefined),
  })),
  broken("REP-RPC-15", "it dies of nested lists", () => ({
    line: (line) => (line.includes("[[[[") ? "dies" : undefined),
  })),
  broken("REP-RPC-15", "it takes nested lists", () => ({
    line: (line) => (line.includes("[[[[") ? '{"jsonrpc":"2.0","id":151,"result":{}}\n' : undefined),
  })),
  broken("REP-RPC-16", "it dies of its 500th request", () => {
    let count = 0;
    return { request: () => (++count === 500 ? "dies" : undefined) };
  }),

  broken("REP-RUN-01", "it chooses run_ids by itself", () => ({
    request({ params }) {
      if (typeof params.run_id === "string") params.run_id = params.run_id.replace(/-own$/, "");
      if (typeof params.options?.run_id === "string")
        params.options.run_id = params.options.run_id.replace(/-own$/, "");
      return undefined;
    },
    reply: ({ result }) => set(result, result?.run_id === undefined ? {} : { run_id: `${result.run_id}-own` }),
  })),
  broken(
    "REP-RUN-02",
    "a run with a step finish never ends",
    () => {
      const endless = new Set<string>();
      return {
        request({ params: { ir, options } }) {
          const hasFinish = ir?.graph?.nodes.some(({ type, id }) => type === "finish" && id === "end") ?? false;
          if (hasFinish && ir?.graph?.nodes.length === 2) endless.add(String(options?.run_id));
          return undefined;
        },
        reply({ result }, { method, params }) {
          if (method === POLL && endless.has(String(params.run_id))) set(result, { status: "running" });
        },
      };
    },
    ["REP-RUN-04", "REP-RUN-06"],
  ),
  broken(
    "REP-RUN-03",
    "null makes the same run_id each time",
    requests(({ params: { options } }) => {
      if (options?.run_id === null) options.run_id = "the-run";
      return undefined;
    }),
  ),
  broken("REP-RUN-04", "a run_id that is known is a failed step", () => {
    const known = new Set<string>();
    return {
      request({ params: { options } }) {
        const id = options?.run_id;
        if (typeof id !== "string") return undefined;
        if (known.has(id)) return { error: { code: 2001, message: "known" } };
        known.add(id);
        return undefined;
      },
    };
  }),
  broken(
    "REP-RUN-05",
    "it takes every version",
    starts(({ ir }) => {
      if (ir !== undefined && /^(?:1\.1|2)\./.test(ir.version)) ir.version = "1.0.0";
    }),
  ),
  broken(
    "REP-RUN-06",
    "it takes version 1.0.0 only",
    requests(({ params: { ir } }) =>
      ir?.version === "1.0.9" ? { error: { code: 1001, message: "1.0.0 only" } } : undefined,
    ),
  ),
  broken(
    "REP-RUN-06",
    "it refuses unknown members of nodes",
    requests(({ params: { ir } }) =>
      ir?.graph?.nodes?.some((node) => "x_unknown" in node) ? { error: { code: 1003, message: "unknown" } } : undefined,
    ),
  ),
  broken("REP-RUN-07", "an unknown kind is an invalid flow", recoded(1002, 1003)),
  broken(
    "REP-RUN-08",
    "an ir without graph is an internal error",
    requests(({ method, params: { ir } }) =>
      method === START && ir?.graph === undefined ? { error: { code: -32603, message: "undefined" } } : undefined,
    ),
  ),
  broken(
    "REP-RUN-09",
    "it keeps the last of two nodes with one id",
    starts(({ ir }) => {
      const byId = new Map(ir?.graph?.nodes?.map((node) => [node.id, node]));
      if (ir?.graph !== undefined) ir.graph.nodes = [...byId.values()];
    }),
  ),
  broken(
    "REP-RUN-10",
    "it drops edges to nowhere",
    starts(({ ir }) => {
      if (ir?.graph !== undefined) ir.graph.edges = ir.graph.edges.filter(({ to }) => to !== "nowhere");
    }),
  ),
  broken(
    "REP-RUN-11",
    "it drops edges that lead back",
    starts(({ ir }) => {
      if (ir?.graph !== undefined)
        ir.graph.edges = ir.graph.edges.filter(({ from, to }) => !(from === "c" && to === "b"));
    }),
  ),
  broken(
    "REP-RUN-12",
    "it takes a list as inputs",
    starts((params) => {
      if (Array.isArray(params.inputs)) params.inputs = {};
    }),
  ),
  broken(
    "REP-RUN-13",
    "it loses what is beyond the first 65,536 code points",
    texts((text) => text.replaceAll("🜁", "?")),
  ),
  broken(
    "REP-RUN-14",
    "its integers are doubles",
    texts((text) => text.replaceAll("9007199254740993", "9007199254740992")),
  ),
  broken(
    "REP-RUN-15",
    "it cuts mappings below a depth",
    outputs((out) => {
      if (isObject(out.v ?? null)) out.v = { k15: null };
    }),
  ),
  broken(
    "REP-RUN-16",
    "01 is a number",
    outputs((out) => {
      if ("zero_one" in out) out.zero_one = 1;
    }),
  ),
  broken(
    "REP-RUN-16",
    "a step without result is no mapping",
    outputs((out) => {
      if ("none" in out) out.none = "$step.none.x";
    }),
  ),
  broken(
    "REP-RUN-17",
    "it does not interpolate",
    outputs((out) => {
      if (out.v === "a text b") out.v = "a ${input.s} b";
    }),
  ),

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

  broken(
    "REP-STEP-01",
    "a step succeeds before it starts",
    polls((list) => {
      for (const [at, event] of list.entries()) {
        if (event.step_id !== "two" || event.state !== "started" || list[at + 1] === undefined) continue;
        list.splice(at, 2, list[at + 1] ?? event, event);
        return;
      }
    }),
  ),
  broken(
    "REP-STEP-02",
    "started has no args",
    events((event) => {
      delete event.args;
    }),
  ),
  broken(
    "REP-STEP-03",
    "steps of the other branch have events",
    replies(POLL, ({ result }, { params }) => {
      const last = result?.events?.at(-1);
      if (result?.outputs?.went === "a" && last !== undefined && params.after === 0)
        result.events?.push({ ...last, type: "step", step_id: "other", state: "skipped" });
    }),
  ),
  broken(
    "REP-STEP-04",
    "it knows no default",
    starts(({ ir }) => {
      for (const node of switches(ir)) delete node.with.default;
    }),
  ),
  broken(
    "REP-STEP-05",
    "without default the first case is taken",
    starts(({ ir }) => {
      for (const node of switches(ir)) if (node.with.default === undefined) node.with.default = "x";
    }),
  ),
  broken(
    "REP-STEP-06",
    "a number is another text",
    starts(({ inputs }) => {
      if (typeof inputs?.key === "number") inputs.key = "3.0";
    }),
  ),
  broken(
    "REP-STEP-07",
    "errors do not say the step",
    replies(POLL, ({ result }) => {
      delete result?.error?.data?.step_id;
    }),
  ),
  broken(
    "REP-STEP-07",
    "later steps start",
    polls((list) => {
      const last = list.at(-1);
      if (last !== undefined && list.some(({ step_id, state }) => step_id === "fail" && state === "failed"))
        list.push({ ...last, type: "step", step_id: "later", state: "started" });
    }),
  ),
  broken(
    "REP-STEP-08",
    "failure edges are not taken",
    starts(({ ir }) => {
      if (ir?.graph?.edges?.some(({ on }) => on === "failure")) {
        ir.graph.nodes = ir.graph.nodes.filter(({ id }) => id !== "handler");
        ir.graph.edges = ir.graph.edges.filter(({ to }) => to !== "handler");
      }
    }),
  ),
  broken(
    "REP-STEP-09",
    "it tries again once at most",
    nodes((node) => {
      if (node.with.retriable !== false) node.retry.max = Math.min(1, node.retry.max);
    }),
  ),
  broken(
    "REP-STEP-10",
    "it tries again once too often",
    nodes((node) => {
      if (node.retry.max === 1) node.retry.max = 2;
    }),
  ),
  broken(
    "REP-STEP-11",
    "it tries again at once",
    nodes((node) => {
      node.retry.backoff_ms = 0;
    }),
  ),
  broken(
    "REP-STEP-12",
    "it tries again whatever the error says",
    nodes((node) => {
      delete node.with.retriable;
    }),
  ),
  broken(
    "REP-STEP-13",
    "steps have no time limit",
    nodes((node) => {
      node.timeout_ms = 0;
    }),
  ),
  broken("REP-STEP-13", "the time limit of a step has no cause", causes("Timeout")),
  broken(
    "REP-STEP-14",
    "flows have no time limit",
    starts(({ ir }) => {
      if (ir?.flow !== undefined) ir.flow.timeout_ms = 0;
    }),
  ),
  broken("REP-STEP-14", "the time limit of a flow has no cause", causes("FlowTimeout")),
  broken(
    "REP-STEP-15",
    "the join of a diamond runs twice",
    polls((list) => {
      const at = list.findIndex(({ step_id, state }) => step_id === "join" && state === "started");
      const [event] = list.slice(at);
      if (at >= 0 && event !== undefined && list.some(({ step_id }) => step_id === "left")) list.splice(at, 0, event);
    }),
  ),
  broken(
    "REP-STEP-16",
    "a join with a skipped branch does not run",
    starts(({ ir }) => {
      if (ir?.graph?.nodes?.some(({ id }) => id === "behind_b"))
        ir.graph.edges = ir.graph.edges.filter(({ from, to }) => !(from === "a" && to === "join"));
    }),
  ),
  broken(
    "REP-STEP-16",
    "a step behind a skipped one runs",
    polls((list) => {
      const last = list.at(-1);
      const isIt = list.some(({ step_id }) => step_id === "pick") && list.some(({ step_id }) => step_id === "join");
      if (isIt && last !== undefined) list.push({ ...last, type: "step", step_id: "behind_b", state: "started" });
    }),
  ),

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

function broken(id: string, what: string, twist: () => Twist, also: readonly string[] = []): BrokenExecutor {
  return { id, what, twist, also };
}

/** Members of something that may not be there. */
function set(target: object | undefined, members: object): void {
  if (target !== undefined) Object.assign(target, members);
}

/** Replies to a method, or to all. */
function replies(
  method: string,
  change: (reply: ReplyDraft, request: RequestDraft) => unknown,
  text: (text: string) => string = (same) => same,
): () => Twist {
  return () => ({
    reply(reply, request) {
      if (method === "" || request.method === method) change(reply, request);
    },
    text,
  });
}

function requests(request: NonNullable<Twist["request"]>): () => Twist {
  return () => ({ request });
}

function starts(change: (params: RequestDraft["params"]) => void): () => Twist {
  return requests(({ method, params }) => {
    if (method === START) change(params);
    return undefined;
  });
}

function nodes(change: (node: NodeDraft) => void): () => Twist {
  return starts(({ ir }) => {
    for (const node of ir?.graph?.nodes ?? []) change(node);
  });
}

function texts(text: (text: string) => string): () => Twist {
  return () => ({ text });
}

/** The events of one Poll. */
function polls(change: (events: EventDraft[]) => void): () => Twist {
  return replies(POLL, ({ result }) => {
    if (result?.events !== undefined) change(result.events);
  });
}

function events(change: (event: EventDraft) => void): () => Twist {
  return polls((list) => {
    for (const event of list) change(event);
  });
}

function outputs(change: (outputs: { [name: string]: Value }) => void): () => Twist {
  return replies(POLL, ({ result }) => {
    if (result?.outputs !== undefined) change(result.outputs);
  });
}

/** Another code of errors. */
function recoded(code: number, other: number): () => Twist {
  return replies("", ({ error }) => set(error, error?.code === code ? { code: other } : {}));
}

function causes(cause: string): () => Twist {
  return replies(POLL, ({ result }) => {
    const details = result?.error?.data?.details ?? null;
    if (isObject(details) && details.cause === cause) delete details.cause;
  });
}

/** Cancel says false of runs that go on, or that have ended. */
function cancels(when: "running" | "ended"): () => Twist {
  return () => {
    const ended = new Set<string>();
    return {
      reply({ result }, { method, params: { run_id = "" } }) {
        if (method === POLL && FINAL.includes(result?.status)) ended.add(run_id);
        if (method === CANCEL && result?.ok === true && ended.has(run_id) === (when === "ended")) result.ok = false;
      },
    };
  };
}

function switches(ir: RequestDraft["params"]["ir"]): readonly NodeDraft[] {
  return ir?.graph?.nodes?.filter(({ type }) => type === "switch") ?? [];
}
