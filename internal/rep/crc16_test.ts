import { expect, test } from "bun:test";
import { crc16, crcText } from "./crc16.ts";

const bytes = (text: string) => Buffer.from(text);

test("the check value of CRC-16/XMODEM is 31C3 (flows §13)", () => expect(crc16(bytes("123456789"))).toBe(0x31c3));

test("the frames of flows §13 have their CRCs, and four digits always", () => {
  expect(crcText(bytes('{"jsonrpc":"2.0","id":1,"method":"Runtime.Health","params":{}}'))).toBe("5A02");
  expect(crcText(bytes('{"jsonrpc":"2.0","id":1,"result":{"ok":true}}'))).toBe("3EFE");
  expect(crcText(bytes(""))).toBe("0000");
});
