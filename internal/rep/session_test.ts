import { describe, expect, test } from "bun:test";
import { ManualAlarms } from "../world/mod.ts";
import { RepFault } from "./fault.ts";
import { encodeFrame } from "./frame_codec.ts";
import { PLAIN_FRAMES, serialFrames } from "./frame_profile.ts";
import { METHODS } from "./messages.ts";
import { refusalOf, replyTo, ScriptedTransport, type SeenRequest, type Written } from "./scripted_transport.ts";
import { RepSession, RequestTooLarge } from "./session.ts";

type Script = (request: SeenRequest) => readonly Written[];

function open(script: Script, frames = PLAIN_FRAMES, maxFrameBytes = 1 << 20) {
  const alarms = new ManualAlarms();
  const transport = new ScriptedTransport(script, frames);
  const warnings: string[] = [];
  const console: string[] = [];
  const listener = { warned: (code: string) => warnings.push(code), console: (text: string) => console.push(text) };
  const session = new RepSession({ transport, alarms, callTimeoutMs: 5000, maxFrameBytes, listener });
  return { alarms, transport, session, warnings, console };
}

/** The cause of the fault that one call ends with. */
async function causeOf(script: Script, maxFrameBytes?: number): Promise<string> {
  const { session } = open(script, PLAIN_FRAMES, maxFrameBytes);
  try {
    await session.call(METHODS.health, {});
    return "none";
  } catch (error) {
    if (!(error instanceof RepFault)) throw error;
    expect(session.fault).toBe(error);
    return error.cause;
  }
}

const OK = { ok: true };

describe("a call", () => {
  test("has an id from 1 upward, and the result or the error of its reply", async () => {
    const { session, transport } = open((request) =>
      request.id === 1 ? [replyTo(request, OK)] : [refusalOf(request, -32601, "no such method")],
    );
    expect(await session.call(METHODS.health, {})).toMatchObject({ ok: true, result: OK });
    expect(await session.call(METHODS.poll, { run_id: "r" })).toMatchObject({ ok: false, error: { code: -32601 } });
    expect(transport.seen).toEqual([
      { jsonrpc: "2.0", id: 1, method: "Runtime.Health", params: {} },
      { jsonrpc: "2.0", id: 2, method: "Runtime.Poll", params: { run_id: "r" } },
    ] as unknown as SeenRequest[]);
  });

  test("is matched by its id, in whatever order replies come (flows §17, row 12)", async () => {
    const { session, transport } = open(() => []);
    const calls = [session.call(METHODS.poll, {}), session.call(METHODS.cancel, {})];
    transport.write([...transport.seen].reverse().map((request) => replyTo(request, { n: request.id })));
    expect((await Promise.all(calls)).map((reply) => reply.ok && reply.result)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test("is over after the call timeout, and with it the session (flows §17, row 3)", async () => {
    const { session, alarms } = open(() => ['{"jsonrpc":']);
    const outcome = Promise.allSettled([session.call(METHODS.capabilities, {}), session.call(METHODS.health, {})]);
    await alarms.pass(4999);
    expect(session.fault).toBeUndefined();
    await alarms.pass(1);
    expect(session.fault?.cause).toBe("CallTimeout");
    expect((await outcome).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(session.call(METHODS.health, {})).rejects.toBe(session.fault);
  });

  test("that was answered does not time out later, nor does a session that waits for nothing", async () => {
    const { session, alarms } = open((request) => [replyTo(request, OK)]);
    for (let calls = 0; calls < 5; calls += 1) {
      await session.call(METHODS.health, {});
      await alarms.pass(3000);
    }
    await alarms.pass(60_000);
    expect(session.fault).toBeUndefined();
  });

  test("longer than the executor's frames is not sent (flows §12)", async () => {
    const { session, transport } = open((request) => [replyTo(request, OK)]);
    session.limitRequests(1024);
    const frame = (text: string) =>
      encodeFrame({ jsonrpc: "2.0", id: 1, method: METHODS.poll, params: { text } }, PLAIN_FRAMES);
    const room = 1024 - (frame("").length - 1);
    const refused = session.call(METHODS.poll, { text: "x".repeat(room + 1) });
    await expect(refused).rejects.toEqual(new RequestTooLarge(1025, 1024));
    await refused.catch(() => undefined);
    await session.call(METHODS.poll, { text: "x".repeat(room) });
    expect(transport.seen).toHaveLength(1);
  });
});

describe("a session survives (flows §13, tolerated)", () => {
  test.each<[string, (request: SeenRequest) => readonly Written[], readonly string[]]>([
    ["a reply without jsonrpc", ({ id }) => [{ id, result: OK }], ["W_REP_ENVELOPE"]],
    ["a byte order mark", ({ id }) => [`\uFEFF{"jsonrpc":"2.0","id":${id},"result":{}}\n`], ["W_REP_BOM"]],
    ["a second reply", (request) => [replyTo(request, OK), replyTo(request, OK)], ["W_REP_DUPLICATE"]],
    ["CRLF and blank lines", ({ id }) => [`\n\r\n \n{"jsonrpc":"2.0","id":${id},"result":{}}\r\n`], []],
    ["bytes one at a time", (request) => [...JSON.stringify(replyTo(request, OK)), "\n"], []],
    ["notifications and unknown members", (request) => [{ method: "x" }, { ...replyTo(request, OK), more: 1 }], []],
  ])("%s", async (_, script, codes) => {
    const { session, warnings } = open(script);
    expect((await session.call(METHODS.health, {})).ok).toBe(true);
    await null;
    expect([session.fault, warnings]).toEqual([undefined, [...codes]]);
  });

  test("a request of the executor, which is answered −32601 (flows §17, row 24)", async () => {
    const { session, transport } = open((request) =>
      "method" in request ? [{ jsonrpc: "2.0", id: "p-1", method: "Host.Ping", params: {} }, replyTo(request, OK)] : [],
    );
    await session.call(METHODS.health, {});
    expect(transport.seen[1]).toMatchObject({ jsonrpc: "2.0", id: "p-1", error: { code: -32601 } });
  });
});

describe("a session ends with", () => {
  test.each<[string, string, (request: SeenRequest) => readonly Written[]]>([
    ["Json", "a line that is not JSON", () => ["ready.\n"]],
    ["Json", "NaN", ({ id }) => [`{"jsonrpc":"2.0","id":${id},"result":{"n":NaN}}\n`]],
    ["Json", "NUL bytes", () => ["\0\0\n"]],
    ["Encoding", "bytes that are no UTF-8", () => [Uint8Array.of(0x22, 0xc3, 0x28, 0x22, 0x0a)]],
    [
      "Depth",
      "a hundred thousand brackets",
      ({ id }) => [`{"id":${id},"result":{"n":${"[".repeat(1e5)}${"]".repeat(1e5)}}}\n`],
    ],
    ["Envelope", "a text", () => ['"x"\n']],
    ["Envelope", "a batch", (request) => [[replyTo(request, OK)]]],
    ["Envelope", "both", (request) => [{ ...replyTo(request, OK), ...refusalOf(request, 1) }]],
    ["Envelope", "neither", ({ id }) => [{ jsonrpc: "2.0", id }]],
    ["Envelope", "a list as result", (request) => [replyTo(request, [])]],
    ["Envelope", "an error without a code", ({ id }) => [{ jsonrpc: "2.0", id, error: { message: "x" } }]],
    ["UnknownId", "an id never sent", () => [{ jsonrpc: "2.0", id: 999, result: OK }]],
    ["UnknownId", "an id of another type", () => [{ jsonrpc: "2.0", id: "1", result: OK }]],
    [
      "PeerParse",
      "an error without an id",
      () => [{ jsonrpc: "2.0", id: null, error: { code: -32700, message: "x" } }],
    ],
    ["Eof", "a closed output", () => [{ closed: { kind: "eof" } }]],
    ["Exit", "an exit", () => [{ closed: { kind: "exit", exit: { exitCode: 0 } } }]],
  ])("%s: %s", async (cause, _, script) => {
    expect(await causeOf(script)).toBe(cause);
  });

  test("Frame: a line over the limit, with or without its end", async () => {
    expect(await causeOf(() => ["x".repeat(3000)], 2048)).toBe("Frame");
    expect(await causeOf((request) => [replyTo(request, { text: "x".repeat(3000) })], 2048)).toBe("Frame");
    expect(await causeOf((request) => [replyTo(request, { text: "x".repeat(1900) })], 2048)).toBe("none");
  });

  test("Flood: 10,000 frames, or 64 MiB, that answer nothing between two replies", async () => {
    const idle = (count: number) => `${'{"method":"x"}\n'.repeat(count)}`;
    expect(await causeOf((request) => [idle(9999), replyTo(request, OK)])).toBe("none");
    expect(await causeOf((request) => [idle(10_000), replyTo(request, OK)])).toBe("Flood");
    const long = `{"method":"${"x".repeat(1 << 19)}"}\n`;
    expect(await causeOf(() => Array.from({ length: 128 }, () => long))).toBe("Flood");
    const { session } = open((request) => [idle(6000), replyTo(request, OK)]);
    for (let calls = 0; calls < 3; calls += 1) await session.call(METHODS.health, {});
    expect(session.fault).toBeUndefined();
  });

  test("what it was doing when the executor went: the unfinished line is kept (flows §17, row 9)", async () => {
    const { session } = open(() => ['{"jsonrpc":', { closed: { kind: "exit", exit: { signal: "SIGKILL" } } }]);
    await session.call(METHODS.health, {}).catch(() => undefined);
    expect(session.fault?.details).toEqual({ signal: "SIGKILL", stderr: [], partial: '{"jsonrpc":' });
  });
});

describe("on a serial line (flows §13, Transports)", () => {
  const CRC = serialFrames(true);
  const line = (message: object) => encodeFrame(message, CRC);

  test("what is no message is console text", async () => {
    const { session, console } = open(
      (request) => ["boot 1.2\n{broken\n", line(replyTo(request, OK))],
      serialFrames(true),
    );
    await session.call(METHODS.health, {});
    expect(console).toEqual(["boot 1.2", "{broken"]);
  });

  test("a request unanswered for a quarter of the time is sent again, with its id, three times", async () => {
    let answers = false;
    const { session, transport, alarms, warnings } = open(
      (request) => (answers ? [line(replyTo(request, OK)), line(replyTo(request, OK))] : []),
      CRC,
    );
    const call = session.call(METHODS.health, {});
    const sent: number[] = [];
    for (let second = 0; second < 4; second += 1) {
      sent.push(transport.seen.length);
      await alarms.pass(1250);
    }
    expect(sent).toEqual([1, 2, 3, 4]);
    expect(session.fault?.cause).toBe("CallTimeout");
    await expect(call).rejects.toBe(session.fault);

    const second = open((request) => (answers ? [line(replyTo(request, OK)), line(replyTo(request, OK))] : []), CRC);
    answers = false;
    const late = second.session.call(METHODS.health, {});
    await second.alarms.pass(1000);
    answers = true;
    await second.alarms.pass(300);
    expect((await late).ok).toBe(true);
    expect(second.transport.seen.map(({ id }) => id)).toEqual([1, 1]);
    expect([...warnings, ...second.warnings]).toEqual([]);
  });
});
