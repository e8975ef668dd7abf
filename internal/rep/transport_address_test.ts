import { describe, expect, test } from "bun:test";
import { AddressError, parseTransport } from "./transport_address.ts";

describe("transports (flows §13)", () => {
  test("stdio, TCP and serial lines have their addresses", () => {
    expect(parseTransport("stdio")).toEqual({ kind: "stdio" });
    expect(parseTransport("tcp://127.0.0.1:9000")).toEqual({ kind: "tcp", host: "127.0.0.1", port: 9000 });
    expect(parseTransport("tcp://[::1]:9000")).toEqual({ kind: "tcp", host: "::1", port: 9000 });
    const line = { kind: "serial", device: "/dev/ttyUSB0", baud: 115_200, hasCrc: false } as const;
    expect(parseTransport("serial:/dev/ttyUSB0")).toEqual(line);
    expect(parseTransport("serial:/dev/ttyUSB0?baud=9600&crc=1")).toEqual({ ...line, baud: 9600, hasCrc: true });
    expect(parseTransport("serial:/dev/ttyUSB0?crc=0")).toEqual(line);
  });

  test.each([
    "http://x:1",
    "tcp://host",
    "tcp://:1",
    "tcp://host:0",
    "tcp://host:70000",
    "serial:",
    "serial:/dev/x?speed=1",
    "serial:/dev/x?baud=fast",
    "serial:/dev/x?crc=2",
  ])("%s is refused", (text) => {
    expect(() => parseTransport(text)).toThrow(AddressError);
  });
});
