import { describe, expect, test } from "bun:test";
import type { FlowIr, ValueObject } from "../flow/mod.ts";
import { ManualAlarms } from "../world/mod.ts";
import { shakeHands } from "./handshake.ts";
import { RemoteRun, type RemoteRunOptions } from "./remote_run.ts";
import { RunStop } from "./run_stop.ts";
import { refusalOf, replyTo, ScriptedTransport, type SeenRequest, type Written } from "./scripted_transport.ts";
import { RepSession } from "./session.ts";

type Answer = (request: SeenRequest) => readonly Written[];

const CAPABILITIES = { version: "1", step_kinds: ["k"], limits: { concurrency: 1 } };
const FINAL = { status: "completed", events: [], summary: { n: 1 }, outputs: { r: 1 } };
const AT = "2026-01-01T00:00:00Z";

const HONEST: Record<string, Answer> = {
  Capabilities: (request) => [replyTo(request, CAPABILITIES)],
  StartRun: (request) => [replyTo(request, { run_id: "run-1" })],
  Poll: (request) => [replyTo(request, FINAL)],
  Cancel: (request) => [replyTo(request, { ok: true })],
};

interface Ran extends Partial<RemoteRunOptions> {
  readonly runTimeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Milliseconds that pass while it runs. */
  readonly ms?: number;
}

async function run(
  answers: Record<string, Answer>,
  { ms = 30_000, runTimeoutMs: timeoutMs, signal, ...more }: Ran = {},
) {
  const alarms = new ManualAlarms();
  const script = { ...HONEST, ...answers };
  const transport = new ScriptedTransport((request) => script[request.method.slice(8)]?.(request) ?? []);
  const warnings: string[] = [];
  const warned = (code: string) => warnings.push(code);
  const listener = { warned, console: () => undefined };
  const session = new RepSession({ transport, alarms, callTimeoutMs: 5000, maxFrameBytes: 1 << 20, listener });
  const handshake = await shakeHands(session);
  if (handshake.kind !== "capable") throw new Error("the executor is not capable");
  const events: ValueObject[] = [];
  const remote = new RemoteRun({
    session,
    capabilities: handshake.capabilities,
    alarms,
    ir: {} as FlowIr,
    inputs: {},
    runId: "run-1",
    traceId: "0".repeat(32),
    allowShell: false,
    stop: new RunStop({ alarms, timeoutMs, signal }),
    onEvents: (more) => events.push(...more),
    warned,
    ...more,
  });
  let endedAt = -1;
  const ended = remote.run().finally(() => {
    endedAt = alarms.monotonicMs();
  });
  await alarms.pass(ms);
  const outcome = await ended;
  const cause = outcome.kind === "fault" ? outcome.fault.cause : undefined;
  return { outcome, cause, events, warnings, endedAt, transport, runId: remote.runId };
}

/** One answer after the other, the last one for ever. */
function inTurn(...results: readonly object[]): Answer {
  let at = 0;
  return (request) => {
    const result = results[Math.min(at, results.length - 1)];
    at += 1;
    return [replyTo(request, result)];
  };
}

const RUNNING = { status: "running", events: [] };

describe("a run", () => {
  test("is asked for at once, then after 1, 2, 4 … ms, until it has ended", async () => {
    const { outcome, transport, endedAt } = await run({ Poll: inTurn(RUNNING, RUNNING, RUNNING, FINAL) });
    expect(outcome).toEqual({
      kind: "final",
      status: "completed",
      summary: { n: 1 },
      outputs: { r: 1 },
      error: undefined,
    });
    // The first "running" is news.
    expect([transport.methods.slice(1), endedAt]).toEqual([["StartRun", "Poll", "Poll", "Poll", "Poll"], 1 + 2 + 4]);
  });

  test("waits as long as the executor asks", async () => {
    const { endedAt } = await run({
      Poll: inTurn({ ...RUNNING, poll_after_ms: 700 }, { ...RUNNING, poll_after_ms: 5000 }, FINAL),
    });
    expect(endedAt).toBe(1700);
  });

  test("acknowledges its events where the executor can send them again", async () => {
    const events = [{ type: "log", timestamp: AT, message: "a" }];
    const capabilities = { ...CAPABILITIES, features: ["poll_after"] };
    const { transport } = await run({
      Capabilities: (request) => [replyTo(request, capabilities)],
      Poll: inTurn({ ...RUNNING, events: [...events, ...events] }, FINAL),
    });
    const polls = transport.seen.filter(({ method }) => method === "Runtime.Poll");
    expect(polls.map(({ params }) => params.after)).toEqual([0, 2]);
  });

  test("keeps events as they are, and stamps those without type or time (flows §17, row 23)", async () => {
    const known = { type: "log", timestamp: AT, level: "info", message: "a", more: [1] };
    const strange = { type: "strange", timestamp: "2026-01-01T00:00:00.5+01:00" };
    const { events, warnings } = await run({
      Poll: inTurn({ ...FINAL, events: [known, strange, { x: 1 }, { ...known, timestamp: "now" }] }),
    });
    const stamped = "1970-01-01T00:00:00.000Z";
    expect(events).toEqual([
      known,
      strange,
      { x: 1, type: "unknown", timestamp: stamped },
      { ...known, timestamp: stamped },
    ]);
    expect(new Set(warnings)).toEqual(new Set(["W_REP_EVENT"]));
  });

  test("may be called otherwise by its executor (flows §17, row 28)", async () => {
    const { outcome, warnings, runId, transport } = await run({ StartRun: inTurn({ run_id: "other" }) });
    expect([outcome.kind, warnings, runId]).toEqual(["final", ["W_REP_RUN_ID"], "other"]);
    expect(transport.seen.at(-1)?.params).toEqual({ run_id: "other" });
    expect((await run({ StartRun: inTurn({ run_id: 7 }) })).cause).toBe("Envelope");
  });

  test("may have null events and a strange summary (flows §17, row 17)", async () => {
    const { outcome, warnings } = await run({ Poll: inTurn({ ...FINAL, events: null, summary: "x" }) });
    expect(outcome).toMatchObject({ kind: "final", summary: {} });
    expect(new Set(warnings)).toEqual(new Set(["W_REP_ENVELOPE"]));
  });

  test("without outputs has none", async () => {
    expect((await run({ Poll: inTurn({ status: "completed" }) })).outcome).toMatchObject({ outputs: {}, summary: {} });
  });

  test.each([
    ["a status that is none", { status: "banana" }],
    ["no status", { events: [] }],
    ["events that are no list", { ...FINAL, events: {} }],
    ["an event that is no object", { ...FINAL, events: ["x"] }],
    ["outputs that are no object", { ...FINAL, outputs: [] }],
    ["an error that is none", { status: "failed", error: "x" }],
  ])("is over with Envelope for %s (flows §17, row 18)", async (_, result) => {
    expect((await run({ Poll: inTurn(result) })).cause).toBe("Envelope");
  });

  test("that is refused has the executor's error (flows §17, rows 27 and 29)", async () => {
    const refuse: Answer = (request) => [refusalOf(request, 3002, "full", { details: { cause: "Busy" } })];
    const error = { code: 3002, message: "full", data: { details: { cause: "Busy" } } };
    expect((await run({ StartRun: refuse })).outcome).toEqual({ kind: "error", error });
    expect((await run({ Poll: refuse })).outcome).toEqual({ kind: "error", error });
  });

  test("with more than a million events floods", async () => {
    const events = Array.from({ length: 10_001 }, () => ({ type: "x", timestamp: AT }));
    expect((await run({ Poll: inTurn({ ...RUNNING, events }) })).cause).toBe("Flood");
  });
});

describe("an executor that forgets", () => {
  const forgets: Answer = (request) => [
    refusalOf(request, -32602, "no such run", { details: { cause: "UnknownRun" } }),
  ];
  const boots = (...ids: readonly unknown[]) => inTurn(...ids.map((boot_id) => ({ ...CAPABILITIES, boot_id })));

  test("a run has lost it, or was reset if its boot id is another (flows §13)", async () => {
    expect((await run({ Poll: forgets })).cause).toBe("RunLost");
    expect((await run({ Poll: forgets, Capabilities: boots("a", "a") })).cause).toBe("RunLost");
    expect((await run({ Poll: forgets, Capabilities: boots("a", "b") })).cause).toBe("Reset");
    expect((await run({ Poll: forgets, Capabilities: boots(1, 2) })).cause).toBe("Reset");
  });

  test("a run is not one that only finds the params of a Poll wrong", async () => {
    const error = { code: -32602, message: "no", data: { details: { cause: "After" } } };
    const picky: Answer = (request) => [refusalOf(request, error.code, error.message, error.data)];
    expect((await run({ Poll: picky })).outcome).toEqual({ kind: "error", error });
    expect((await run({ Poll: (request) => [refusalOf(request, -32602)] })).cause).toBe("RunLost");
  });

  test("was reset if a Poll has another boot id (flows §17, row 31)", async () => {
    const polls = inTurn({ ...RUNNING, bootId: 1 }, { ...RUNNING, boot_id: 2 });
    expect((await run({ Poll: polls })).cause).toBe("Reset");
    expect((await run({ Poll: inTurn({ ...FINAL, boot_id: 1 }), Capabilities: boots(1) })).outcome.kind).toBe("final");
  });
});

describe("a run that has to end", () => {
  test("over its time limit is cancelled once and is Timeout, whatever it says then (flows §17, row 19)", async () => {
    let status = "running";
    const answers = {
      Poll: (request: SeenRequest) => [replyTo(request, { status, events: [] })],
      Cancel: (request: SeenRequest) => {
        status = "completed";
        return [replyTo(request, { ok: true })];
      },
    };
    const { cause, transport, endedAt } = await run(answers, { runTimeoutMs: 300 });
    expect([cause, transport.methods.filter((name) => name === "Cancel").length]).toEqual(["Timeout", 1]);
    expect(endedAt).toBeLessThan(400);
  });

  test("is asked for its end for 5 s at most, also where Cancel or Poll is never answered", async () => {
    const polls = await run({ Poll: inTurn(RUNNING), Cancel: () => [] }, { runTimeoutMs: 300, ms: 60_000 });
    expect([polls.cause, polls.endedAt]).toEqual(["Timeout", 5200]);
    const abort = new AbortController();
    const mute: Answer = () => {
      abort.abort();
      return [];
    };
    const silent = await run({ Poll: mute, Cancel: mute }, { signal: abort.signal, ms: 60_000 });
    expect([silent.outcome.kind, silent.endedAt]).toEqual(["cancelled", 4900]);
  });

  test("because of a signal is cancelled, unless it had completed", async () => {
    const says = async (status: string) => {
      const abort = new AbortController();
      const polls = inTurn(RUNNING, { status, outputs: {} });
      const Poll: Answer = (request) => {
        abort.abort();
        return polls(request);
      };
      return (await run({ Poll }, { signal: abort.signal })).outcome;
    };
    for (const status of ["failed", "cancelled"]) {
      expect(await says(status)).toMatchObject({ kind: "final", status: "cancelled", outputs: {}, error: undefined });
    }
    expect(await says("completed")).toMatchObject({ kind: "final", status: "completed" });
    const never = await run({}, { signal: AbortSignal.abort() });
    expect([never.outcome.kind, never.transport.methods]).toEqual(["cancelled", ["Capabilities"]]);
  });

  test("hears Cancel answered before the Poll that was asked first (flows §17, row 12)", async () => {
    const abort = new AbortController();
    let polled: SeenRequest | undefined;
    const answers = {
      Poll: (request: SeenRequest) => {
        if (polled !== undefined) return [replyTo(request, { status: "cancelled" })];
        polled = request;
        abort.abort();
        return [];
      },
      Cancel: (request: SeenRequest) => [replyTo(request, { ok: true }), replyTo(polled ?? request, RUNNING)],
    };
    const { outcome, transport } = await run(answers, { signal: abort.signal });
    expect(outcome).toMatchObject({ kind: "final", status: "cancelled" });
    expect(transport.methods).toEqual(["Capabilities", "StartRun", "Poll", "Cancel", "Poll"]);
  });
});
