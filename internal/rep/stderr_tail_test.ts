import { describe, expect, test } from "bun:test";
import { ManualAlarms } from "../world/mod.ts";
import { KEPT_BYTES, KEPT_LINES, StderrTail } from "./stderr_tail.ts";

const texts = (tail: StderrTail, from = 0) => tail.since(from).lines.map(({ text }) => text);

describe("the end of stderr", () => {
  test("lines come in any pieces, the last one perhaps without its end", () => {
    const tail = new StderrTail(new ManualAlarms());
    for (const piece of ["on", "e\r\ntwo\n", "\nth", "ree"]) tail.push(Buffer.from(piece));
    expect(tail.count).toBe(4);
    expect(texts(tail)).toEqual(["one", "two", "", "three"]);
    expect(texts(tail, 2)).toEqual(["", "three"]);
  });

  test("the last 200 lines stay, the others are counted (flows §13)", () => {
    const tail = new StderrTail(new ManualAlarms());
    for (let line = 0; line < 1000; line += 1) tail.push(Buffer.from(`line ${line}\n`));
    const { lines, dropped } = tail.since(0);
    expect([lines.length, dropped]).toEqual([KEPT_LINES, 800]);
    expect([lines[0]?.text, lines.at(-1)?.text]).toEqual(["line 800", "line 999"]);
    expect(tail.since(900)).toMatchObject({ dropped: 0, lines: { length: 100 } });
    expect(tail.since(1000)).toEqual({ dropped: 0, lines: [] });
  });

  test("a line is cut at 4 KiB", () => {
    const tail = new StderrTail(new ManualAlarms());
    tail.push(Buffer.from(`${"x".repeat(10_000)}\nshort\n`));
    expect(texts(tail).map(({ length }) => length)).toEqual([KEPT_BYTES, 5]);
  });

  test("a line has the time at which it was read", async () => {
    const alarms = new ManualAlarms();
    const tail = new StderrTail(alarms);
    tail.push(Buffer.from("a\n"));
    await alarms.pass(1500);
    tail.push(Buffer.from("b\n"));
    expect(tail.since(0).lines.map(({ timestamp }) => timestamp)).toEqual([
      "1970-01-01T00:00:00.000Z",
      "1970-01-01T00:00:01.500Z",
    ]);
  });
});
