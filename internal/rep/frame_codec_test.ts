import { describe, expect, test } from "bun:test";
import { RepFault } from "./fault.ts";
import { decodeLine, encodeFrame } from "./frame_codec.ts";
import { PLAIN_FRAMES, serialFrames } from "./frame_profile.ts";

const bytes = (text: string) => Buffer.from(text);
const CRC = serialFrames(true);

function faultOf(line: Uint8Array) {
  try {
    decodeLine(line, PLAIN_FRAMES);
  } catch (error) {
    if (error instanceof RepFault) return { cause: error.cause, details: error.details };
    throw error;
  }
  return undefined;
}

describe("lines of an executor", () => {
  test("are frames, or blank", () => {
    expect(decodeLine(bytes('{"id":1}'), PLAIN_FRAMES)).toEqual({ kind: "frame", value: { id: 1 }, hadBom: false });
    expect(decodeLine(bytes(" \t"), PLAIN_FRAMES)).toEqual({ kind: "blank" });
    expect(decodeLine(bytes(""), PLAIN_FRAMES)).toEqual({ kind: "blank" });
    expect(decodeLine(bytes('\uFEFF{"id":1}'), PLAIN_FRAMES)).toMatchObject({ hadBom: true, value: { id: 1 } });
  });

  test("keep integers beyond 2^53 (flows §12)", () => {
    const line = '{"n":9007199254740993}';
    const decoded = decodeLine(bytes(line), PLAIN_FRAMES);
    expect(decoded).toMatchObject({ value: { n: 9007199254740993n } });
    expect(encodeFrame(decoded.kind === "frame" ? { n: 9007199254740993n } : {}, PLAIN_FRAMES)).toBe(`${line}\n`);
  });

  test("that are no frames are faults with their causes (flows §13, Failures)", () => {
    expect(faultOf(bytes("ready."))).toEqual({ cause: "Json", details: { line: "ready." } });
    expect(faultOf(bytes('{"n":NaN}'))?.cause).toBe("Json");
    expect(faultOf(bytes('{"n":"\0"}'))?.cause).toBe("Json");
    expect(faultOf(bytes("x".repeat(1000)))?.details).toEqual({ line: "x".repeat(200) });
    expect(faultOf(Buffer.from([0x22, 0xff, 0x22]))?.cause).toBe("Encoding");
    expect(faultOf(bytes("[".repeat(257) + "]".repeat(257)))?.cause).toBe("Depth");
    expect(faultOf(bytes("[".repeat(1_000_000) + "]".repeat(1_000_000)))?.cause).toBe("Depth");
    expect(faultOf(bytes("[".repeat(256) + "]".repeat(256)))).toBeUndefined();
    const long = JSON.stringify({ text: `"\\${"[".repeat(1e5)}`, flat: Array.from({ length: 1000 }, () => [{}]) });
    expect(faultOf(bytes(long))).toBeUndefined();
  });
});

describe("lines on a serial line (flows §13, Transports)", () => {
  test("without CRC, whatever is no message is noise", () => {
    const plain = serialFrames(false);
    for (const line of ["boot: 3.2 V", "{not json}", '{"level":"info"}', "[1]", "\u0000\u0001"]) {
      expect([line, decodeLine(bytes(line), plain)]).toEqual([line, { kind: "noise", text: line }]);
    }
    expect(decodeLine(Buffer.from([0x7b, 0xff]), plain).kind).toBe("noise");
    expect(decodeLine(bytes('{"id":1,"result":{}}'), plain).kind).toBe("frame");
    expect(decodeLine(bytes('{"method":"x"}'), plain).kind).toBe("frame");
  });

  test("with CRC, a line with a wrong or missing one is noise", () => {
    const text = '{"jsonrpc":"2.0","id":1,"method":"Runtime.Health","params":{}}';
    expect(encodeFrame(JSON.parse(text), CRC)).toBe(`${text}\t5A02\n`);
    expect(decodeLine(bytes(`${text}\t5A02`), CRC).kind).toBe("frame");
    for (const end of ["", "\t5A03", "\t5a02", " 5A02", "\t5A0"]) {
      expect([end, decodeLine(bytes(`${text}${end}`), CRC).kind]).toEqual([end, "noise"]);
    }
  });
});
