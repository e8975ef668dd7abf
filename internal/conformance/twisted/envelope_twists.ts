import {
  type BrokenExecutor,
  broken,
  CAPABILITIES,
  POLL,
  recoded,
  replies,
  requests,
  set,
  texts,
} from "./twist_parts.ts";

/** Executors that break the rules of capabilities and of the envelope (flows §12). */
export const BROKEN_ENVELOPE: readonly BrokenExecutor[] = [
  broken(
    "REP-CAP-01",
    "its version is a number",
    replies(CAPABILITIES, ({ result }) => set(result, { version: 1 })),
  ),
  broken(
    "REP-CAP-01",
    "its concurrency is 0",
    replies(CAPABILITIES, ({ result }) => set(result, { limits: { concurrency: 0 } })),
    [],
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
];
