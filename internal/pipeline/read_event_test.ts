import { describe, expect, test } from "bun:test";
import { EventError, readEvent } from "./read_event.ts";

describe("a line of input", () => {
  test("is a payload", () => {
    expect([readEvent('{"k":1,"at_ms":5}'), readEvent(" null ")]).toEqual([
      { payload: { k: 1, at_ms: 5 } },
      { payload: null },
    ]);
  });

  test("or an envelope, whose payload is taken as it is (pipelines §5)", () => {
    const envelope = {
      schema: "events.v1",
      payload: { at_ms: 1 },
      id: "x",
      attempt: 2,
      trace: [1],
      at_ms: 7,
      ingress: "a",
    };
    const { schema: _, at_ms, ...event } = envelope;
    expect(readEvent(JSON.stringify(envelope))).toEqual({ ...event, at: at_ms });
    expect(readEvent('{"schema":"events.v1","payload":null}')).toEqual({ payload: null });
  });

  test.each([
    ["{oops", "not JSON: "],
    ["", "not JSON: "],
    ['{"a":1,"a":2}', "not JSON: "],
    ['{"schema":"events.v1"}', "the events.v1 envelope has no payload"],
    ['{"schema":"events.v1","payload":1,"at_ms":-1}', "at_ms of the envelope is -1; expected a whole number from 0"],
    ['{"schema":"events.v1","payload":1,"at_ms":1e300}', "at_ms of the envelope is 1e+300; expected a whole number"],
    ['{"schema":"events.v1","payload":1,"attempt":"1"}', 'attempt of the envelope is "1"; expected a whole number'],
    ['{"schema":"events.v1","payload":1,"id":""}', 'id of the envelope is ""; expected a text that is not empty'],
    ['{"schema":"events.v1","payload":1,"ingress":null}', "ingress of the envelope is null; expected a text"],
  ])("%s is no event", (line, message) => {
    expect(() => readEvent(line)).toThrow(EventError);
    expect(() => readEvent(line)).toThrow(message);
  });
});
