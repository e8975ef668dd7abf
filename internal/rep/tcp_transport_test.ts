import { describe, expect, test } from "bun:test";
import type { Socket } from "bun";
import { ManualAlarms } from "../world/mod.ts";
import { RunCancelled, RunStop } from "./run_stop.ts";
import { connectTcp } from "./tcp_transport.ts";

const ADDRESS = { host: "target", port: 9000 };

/** A listener that takes nobody, as one whose queue is full, until it is told to. */
function fullListener() {
  const { promise, resolve } = Promise.withResolvers<Socket>();
  let ended = 0;
  const socket = { end: () => (ended += 1), setNoDelay: () => undefined } as unknown as Socket;
  return { connect: () => promise, letIn: () => resolve(socket), ended: () => ended };
}

describe("connecting to an executor that takes nobody", () => {
  test("is over in time, as Connect, and the connection that comes late is closed", async () => {
    const alarms = new ManualAlarms();
    const listener = fullListener();
    const failed = connectTcp(ADDRESS, { alarms, timeoutMs: 500, connect: listener.connect }).catch((error) => error);
    await alarms.pass(500);
    expect(await failed).toMatchObject({
      cause: "Connect",
      message: "cannot connect to tcp://target:9000: nobody answered within 500 ms",
    });
    listener.letIn();
    await alarms.pass(1);
    expect(listener.ended()).toBe(1);
  });

  test("is over when the run has to end: by its time, or by a signal", async () => {
    const alarms = new ManualAlarms();
    const abort = new AbortController();
    const options = { alarms, timeoutMs: 5000, connect: fullListener().connect };
    const late = connectTcp(ADDRESS, { ...options, stop: new RunStop({ alarms, timeoutMs: 100 }) });
    const gone = connectTcp(ADDRESS, { ...options, stop: new RunStop({ alarms, signal: abort.signal }) });
    const ends = Promise.allSettled([late, gone]);
    await alarms.pass(100);
    abort.abort();
    expect(await ends).toMatchObject([{ reason: { cause: "Timeout" } }, { reason: new RunCancelled() }]);
  });
});
