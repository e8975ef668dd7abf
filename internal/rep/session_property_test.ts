import { expect, test } from "bun:test";
import fc from "fast-check";
import { ManualAlarms } from "../world/mod.ts";
import { RepFault } from "./fault.ts";
import { PLAIN_FRAMES, serialFrames } from "./frame_profile.ts";
import { METHODS } from "./messages.ts";
import { replyTo, ScriptedTransport, type Written } from "./scripted_transport.ts";
import { RepSession } from "./session.ts";

// Whatever an executor writes, a host neither hangs nor breaks (flows §17).

const runs = Number(process.env.PLUMB_FUZZ ?? 300);

/** Something that a frame may be made of, or nearly. */
const piece = fc.oneof(
  fc.json(),
  fc.string(),
  fc.constantFrom(
    "\n",
    "\r\n",
    "\uFEFF",
    '{"jsonrpc":"2.0","id":',
    '1,"result":{}}',
    '"error":{"code":1,"message":""}}',
    "\0",
    "{".repeat(300),
  ),
  fc.record({
    id: fc.constantFrom(1, 2, 3, "1", null, 1.5, 2 ** 53),
    result: fc.dictionary(fc.string(), fc.jsonValue()),
  }),
  fc.record({ id: fc.constantFrom(1, 2, null), error: fc.jsonValue() }),
  fc.record({ id: fc.jsonValue(), method: fc.jsonValue() }, { requiredKeys: ["method"] }),
  fc.uint8Array({ maxLength: 20 }),
) as fc.Arbitrary<Written>;

test.each([
  ["a pipe", PLAIN_FRAMES],
  ["a serial line", serialFrames(false)],
  ["a serial line with CRC", serialFrames(true)],
])("every call ends, with a reply or a fault, whatever comes from %s", async (_, frames) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(piece, { maxLength: 6 }), { maxLength: 4 }), async (answers) => {
      const alarms = new ManualAlarms();
      let asked = 0;
      const transport = new ScriptedTransport((request) => {
        asked += 1;
        return answers[asked - 1] ?? [replyTo(request, {})];
      }, frames);
      const listener = { warned: () => undefined, console: () => undefined };
      const session = new RepSession({ transport, alarms, callTimeoutMs: 5000, maxFrameBytes: 2048, listener });
      const calls = [METHODS.capabilities, METHODS.poll, METHODS.cancel].map((method) => session.call(method, {}));
      const ended = Promise.allSettled(calls);
      await alarms.pass(5000);
      for (const outcome of await ended) {
        if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(RepFault);
      }
      if (session.fault !== undefined) await expect(session.call(METHODS.health, {})).rejects.toBe(session.fault);
    }),
    { numRuns: runs },
  );
});
