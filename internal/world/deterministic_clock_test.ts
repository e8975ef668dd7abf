import { describe, expect, test } from "bun:test";
import { DeterministicClock } from "./mod.ts";

describe("the virtual time of a DeterministicClock", () => {
  test("starts at 0, or where it is told to", () => {
    expect(new DeterministicClock().now()).toBe(0);
    expect(new DeterministicClock(1000).now()).toBe(1000);
  });

  test("moves when it is told to, and only then", () => {
    const clock = new DeterministicClock();
    clock.advanceTo(3_600_000);
    clock.advanceTo(3_600_000);
    expect(clock.now()).toBe(3_600_000);
  });

  test("never falls", () => {
    const clock = new DeterministicClock(10);
    expect(() => clock.advanceTo(9)).toThrow("the time is 10 ms and cannot go back to 9 ms");
    expect(clock.now()).toBe(10);
  });

  test("is whole milliseconds", () => {
    for (const ms of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => new DeterministicClock().advanceTo(ms)).toThrow(RangeError);
      expect(() => new DeterministicClock(ms)).toThrow(RangeError);
    }
  });
});

describe("the logical clock of a DeterministicClock", () => {
  test("gives 1, 2, stays at 2, and 1 again after a reset (scenarios, acceptance 8)", () => {
    const clock = new DeterministicClock();
    expect(clock.current()).toBe(0);
    expect([clock.next(), clock.next(), clock.current()]).toEqual([1, 2, 2]);
    clock.reset();
    expect(clock.next()).toBe(1);
  });

  test("gives back the ticks of a unit that is rolled back", () => {
    const clock = new DeterministicClock();
    for (let i = 0; i < 5; i += 1) clock.next();
    clock.rewind(3);
    expect([clock.current(), clock.next()]).toEqual([3, 4]);
    clock.rewind(0);
    expect(clock.next()).toBe(1);
  });

  test("cannot be rewound to what has not been, nor below 0", () => {
    const clock = new DeterministicClock();
    clock.next();
    for (const seq of [2, -1, 0.5, Number.NaN]) expect(() => clock.rewind(seq)).toThrow(RangeError);
    expect(clock.current()).toBe(1);
  });

  test("has nothing to do with time, and a reset puts both back to where they were made", () => {
    const clock = new DeterministicClock(7);
    clock.advanceTo(50);
    expect(clock.current()).toBe(0);
    clock.next();
    expect(clock.now()).toBe(50);
    clock.reset();
    expect([clock.now(), clock.current()]).toEqual([7, 0]);
  });
});
