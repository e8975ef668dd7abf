import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Json } from "../value/mod.ts";
import { payload, plan } from "./merge_arbitraries.ts";
import { type Arrival, play } from "./merge_script.ts";
import { orderValues } from "./order_values.ts";

const INPUTS = 3;
const MOST_DISORDER = 12;

interface Step {
  readonly disorder: number;
  readonly rise: number;
  readonly input: number;
  readonly dt: number;
}

type Timed = { ts: number; n: number };
type TimedArrival = Arrival & { readonly payload: Timed };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ disorder: fc.nat(MOST_DISORDER), rise: fc.nat(6), input: fc.nat(INPUTS - 1), dt: fc.nat(3) }),
  { maxLength: 60, size: "max" },
);

/** A script in which the event times of each input rise, but for their disorder. */
function timedScript(steps: readonly Step[]): TimedArrival[] {
  const risen = new Array<number>(INPUTS).fill(0);
  let at = 0;
  return steps.map(({ disorder, rise, input, dt }, n) => {
    at += dt;
    const greatest = (risen[input] ?? 0) + rise;
    risen[input] = greatest;
    return { at, in: input, payload: { ts: greatest - disorder, n } };
  });
}

/** The numbers of events, sorted by time, then input, then arrival. */
function naive(script: readonly TimedArrival[]): number[] {
  return script
    .toSorted((a, b) => a.payload.ts - b.payload.ts || a.in - b.in || a.payload.n - b.payload.n)
    .map((arrival) => arrival.payload.n);
}

function byTime(latenessMs: number) {
  return { sort: [{ field: "ts", order: "asc" as const }], watermark: { field: "ts", latenessMs } };
}

function released(latenessMs: number, inputs: number, script: readonly TimedArrival[]): Json[] {
  return play(byTime(latenessMs), inputs, script).out.map(({ payload }) => numberOf(payload));
}

function numberOf(payload: Json): Json {
  return typeof payload === "object" && payload !== null && !Array.isArray(payload) ? (payload.n ?? null) : null;
}

test("what goes in comes out or is discarded, once, whatever the plan", () => {
  const script = fc.array(fc.record({ at: fc.nat(40), in: fc.nat(INPUTS - 1), payload }), {
    maxLength: 50,
    size: "max",
  });
  fc.assert(
    fc.property(plan, script, (plan, script) => {
      // Wrapped, so that equal payloads stay two; the fields of the plan are looked for within.
      const wrapped = script.map((arrival, n) => ({ ...arrival, payload: { n, of: arrival.payload } }));
      const inside = JSON.parse(JSON.stringify(plan), (key, value) => (isField(key) ? `of.${value}` : value));
      const { out, discarded, held } = play(inside, INPUTS, wrapped);
      const numbers = [...out, ...discarded].map(({ payload }) => Number(numberOf(payload)));
      expect(numbers.sort((a, b) => a - b)).toEqual(script.map((_, n) => n));
      expect(held).toBe(0);
      if (plan.buffer?.policy === "block" && plan.watermark === undefined && plan.dedup === undefined) {
        expect(discarded).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});

function isField(key: string): boolean {
  return key === "field" || key === "key" || key === "partitionBy";
}

test("streams no further out of order than the lateness come out sorted, and nothing is late", () => {
  fc.assert(
    fc.property(steps, fc.nat(5), (steps, more) => {
      const script = timedScript(steps);
      expect(released(MOST_DISORDER + more, INPUTS, script)).toEqual(naive(script));
    }),
    { numRuns: 200 },
  );
});

test("how such streams interleave does not show", () => {
  fc.assert(
    fc.property(steps, fc.array(fc.nat(INPUTS - 1), { minLength: 60, maxLength: 60 }), (steps, picks) => {
      const script = timedScript(steps);
      const queues = Array.from({ length: INPUTS }, (_, input) => script.filter((arrival) => arrival.in === input));
      const other: TimedArrival[] = [];
      for (const pick of picks) {
        const next = queues[pick]?.shift();
        if (next !== undefined) other.push({ ...next, at: other.length });
      }
      for (const arrival of queues.flat()) other.push({ ...arrival, at: other.length });
      expect(released(MOST_DISORDER, INPUTS, other)).toEqual(released(MOST_DISORDER, INPUTS, script));
    }),
    { numRuns: 200 },
  );
});

test("of one stream that is further out of order, the late events are missing and the rest is sorted", () => {
  fc.assert(
    fc.property(steps, fc.nat(6), (steps, lateness) => {
      const script = timedScript(steps.map((step) => ({ ...step, input: 0 })));
      let greatest = Number.NEGATIVE_INFINITY;
      const onTime = script.filter(({ payload: { ts } }) => {
        const late = ts <= greatest - lateness - 1;
        greatest = Math.max(greatest, ts);
        return !late;
      });
      const { out, late } = play(byTime(lateness), 1, script);
      expect(out.map(({ payload }) => numberOf(payload))).toEqual(naive(onTime));
      expect(late).toBe(script.length - onTime.length);
    }),
    { numRuns: 200 },
  );
});

test("windows are the stream cut into pieces, each sorted", () => {
  fc.assert(
    fc.property(
      fc.array(payload, { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      fc.boolean(),
      (events, window, descending) => {
        const sort = [{ field: "k", order: descending ? ("desc" as const) : ("asc" as const) }];
        const script = events.map((k, n) => ({ at: n, in: 0, payload: { k, n } }));
        const expected: number[] = [];
        for (let from = 0; from < script.length; from += window) {
          const piece = script.slice(from, from + window).map((arrival) => arrival.payload);
          for (const { n } of piece.sort((a, b) => orderValues(a.k, b.k, descending) || a.n - b.n)) expected.push(n);
        }
        const { out } = play({ sort, window }, 1, script);
        expect(out.map(({ payload }) => numberOf(payload))).toEqual(expected);
      },
    ),
    { numRuns: 200 },
  );
});
