import { isUtf8 } from "node:buffer";
import { exactJson, isObject, MAX_DEPTH, parseExact, type Value, ValueError } from "../value/mod.ts";
import { crcText } from "./crc16.ts";
import { RepFault } from "./fault.ts";
import type { FrameProfile } from "./frame_profile.ts";

/** What a line turned out to be. */
export type DecodedLine =
  | { readonly kind: "frame"; readonly value: Value; readonly hadBom: boolean }
  /** Text between frames, on serial lines. */
  | { readonly kind: "noise"; readonly text: string }
  | { readonly kind: "blank" };

const BLANK: DecodedLine = { kind: "blank" };
const CRC_DIGITS = 4;
const TAB = 0x09;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** Shorter ones cost nothing worth speaking of, however they nest. */
const LONG_LINE = 1 << 16;
/** So much of a bad line is quoted. */
const QUOTED = 200;

/**
 * Reads a line of an executor or a host: UTF-8, JSON, at most 256 deep, integers exactly (flows §12).
 * @throws RepFault Encoding, Depth, Json; never where lines between frames are allowed
 */
export function decodeLine(bytes: Uint8Array, profile: FrameProfile): DecodedLine {
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const line = hasBom ? bytes.subarray(3) : bytes;
  if (profile.hasNoise) return decodeNoisy(line, profile.hasCrc, hasBom);
  if (!isUtf8(line)) throw new RepFault("Encoding", "the executor wrote a line that is not UTF-8", quote(line));
  const text = textOf(line);
  if (isBlank(text)) return BLANK;
  // The engine's parser would build all of it first, at many times its size.
  if (line.length > LONG_LINE && nestsTooDeep(line)) throw depthFault(text);
  try {
    return { kind: "frame", value: parseExact(text), hadBom: hasBom };
  } catch (error) {
    throw faultOf(error, text);
  }
}

/** A frame as it goes over the line, with its end. */
export function encodeFrame(message: object, { hasCrc }: FrameProfile): string {
  const text = exactJson(message);
  return hasCrc ? `${text}\t${crcText(Buffer.from(text))}\n` : `${text}\n`;
}

/** A message has an id or a method; any other text on a serial line is a device's console. */
function decodeNoisy(bytes: Uint8Array, hasCrc: boolean, hadBom: boolean): DecodedLine {
  const line = hasCrc ? checkedPart(bytes) : bytes;
  if (line === undefined || !isUtf8(line)) return noise(bytes);
  const text = textOf(line);
  if (!text.trimStart().startsWith("{")) return noise(bytes);
  try {
    const value = parseExact(text);
    if (!isObject(value) || !("id" in value || "method" in value)) return noise(bytes);
    return { kind: "frame", value, hadBom };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return noise(bytes);
  }
}

/** The part in front of a TAB and the right CRC; undefined: it is missing or wrong. */
function checkedPart(bytes: Uint8Array): Uint8Array | undefined {
  const end = bytes.length - CRC_DIGITS - 1;
  if (end < 0 || bytes[end] !== TAB) return undefined;
  const part = bytes.subarray(0, end);
  return crcText(part) === textOf(bytes.subarray(end + 1)) ? part : undefined;
}

function noise(bytes: Uint8Array): DecodedLine {
  const text = textOf(bytes);
  return isBlank(text) ? BLANK : { kind: "noise", text };
}

function faultOf(error: unknown, text: string): unknown {
  if (!(error instanceof ValueError)) return error;
  const details = { line: text.slice(0, QUOTED) };
  if (error.code === "E_VALUE_DEPTH") return depthFault(text);
  return new RepFault("Json", `the executor wrote a line that is not JSON: ${shown(text)} (${error.message})`, details);
}

function depthFault(text: string): RepFault {
  const details = { line: text.slice(0, QUOTED) };
  return new RepFault("Depth", `the executor wrote a frame that is nested deeper than ${MAX_DEPTH}`, details);
}

/** Whether more arrays and objects stand in one another than a value may have, strings left out. */
function nestsTooDeep(line: Uint8Array): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < line.length; at += 1) {
    const byte = line[at];
    if (inString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}

function quote(line: Uint8Array): { line: string } {
  return { line: textOf(line.subarray(0, 4 * QUOTED)).slice(0, QUOTED) };
}

/** On one line, cut. */
function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 0x20) && text.trim() === "";
}
