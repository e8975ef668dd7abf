import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Arrivals } from "./arrivals.ts";

/** Everything that comes up to `until`, as `<time> <source> <payload>`. */
function takeUpTo(arrivals: Arrivals, until: number): string[] {
  const taken: string[] = [];
  while (arrivals.nextTime <= until) {
    const at = arrivals.nextTime;
    arrivals.take((source, { payload }) => taken.push(`${at} ${source} ${payload}`));
  }
  return taken;
}

const known = (times: readonly number[]) =>
  new Arrivals(
    times.map((at, index) => ({ at, payload: `k${index}` })),
    Int32Array.from(times.keys()),
  );

describe("arrivals", () => {
  test("come by time, ties by position (property)", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 40 }), (times) => {
        const expected = times
          .map((at, index) => ({ at, index }))
          .sort((a, b) => a.at - b.at || a.index - b.index)
          .map(({ at, index }) => `${at} ${index} k${index}`);
        expect(takeUpTo(known(times), 9)).toEqual(expected);
      }),
    );
  });

  test("that are pushed come after those of the same instant that were known", () => {
    const arrivals = known([1, 3, 3]);
    arrivals.push(9, 0, { payload: "a" });
    arrivals.push(9, 3, { payload: "b" });
    expect(takeUpTo(arrivals, 2)).toEqual(["0 9 a", "1 0 k0"]);
    expect(takeUpTo(arrivals, 9)).toEqual(["3 1 k1", "3 2 k2", "3 9 b"]);
    expect(arrivals.nextTime).toBe(Number.POSITIVE_INFINITY);
    arrivals.take(() => expect.unreachable());
  });

  test("that are cancelled do not come; those due now and those pushed do", () => {
    const arrivals = known([5, 2, 0, 5]);
    arrivals.push(9, 6, { payload: "pushed" });
    const cancelled: number[] = [];
    arrivals.cancelAfter(2, (source) => cancelled.push(source));
    expect(cancelled).toEqual([0, 3]);
    expect(takeUpTo(arrivals, 9)).toEqual(["0 2 k2", "2 1 k1", "6 9 pushed"]);
  });
});
