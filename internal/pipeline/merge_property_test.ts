import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Json } from "../value/mod.ts";
import { Merge, type MergeOptions } from "./merge.ts";
import { payload, plan } from "./merge_arbitraries.ts";
import { MergeReference } from "./merge_reference.ts";

interface Step {
  readonly dt: number;
  readonly input: number;
  readonly kind: "arrive" | "end";
  readonly payload: Json;
}

const INPUTS = 3;

const step: fc.Arbitrary<Step> = fc.record({
  dt: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 8 })),
  input: fc.nat(INPUTS - 1),
  kind: fc.oneof({ weight: 14, arbitrary: fc.constant("arrive" as const) }, fc.constant("end" as const)),
  payload,
});

const options: fc.Arbitrary<MergeOptions> = fc.oneof(
  fc.constant({}),
  fc.record({
    strict: fc.boolean(),
    limits: fc.record({
      held: fc.integer({ min: 1, max: 12 }),
      partitions: fc.integer({ min: 1, max: 4 }),
      seen: fc.integer({ min: 1, max: 4 }),
    }),
  }),
);

interface Machine {
  arrive(input: number, item: Item, now: number, out: Item[]): void;
  end(input: number, out: Item[]): void;
  deadline(): number;
  wake(now: number, out: Item[]): void;
  readonly held: number;
  readonly late: number;
  readonly forced: number;
  readonly overflowed: boolean;
}

interface Item {
  readonly n: number;
  readonly payload: Json;
}

/** Everything that shows of a machine that goes through a script, in the order in which it shows. */
function observe(
  build: (onDiscard: (item: Item, reason: string, shunted: boolean) => void) => Machine,
  steps: readonly Step[],
  punctual: boolean,
): unknown[] {
  const seen: unknown[] = [];
  const machine = build((item, reason, shunted) => seen.push(["discard", item.n, reason, shunted]));
  const out: Item[] = [];
  const ended = new Set<number>();
  let now = 0;
  const look = (what: string) => {
    const { held, late, forced, overflowed } = machine;
    seen.push([what, now, out.splice(0).map((item) => item.n), held, late, forced, overflowed, machine.deadline()]);
  };
  const wakeUpTo = (time: number) => {
    for (let due = machine.deadline(); due <= time; due = machine.deadline()) {
      // A real clock may be late; a virtual one never is.
      now = punctual ? Math.max(now, due) : time;
      machine.wake(now, out);
      look("wake");
    }
    now = time;
  };
  for (const [n, { dt, input, kind, payload }] of steps.entries()) {
    // Deadlines come after the arrivals of their instant.
    if (dt > 0) wakeUpTo(punctual ? now + dt - 1 : now);
    now += punctual ? Math.min(dt, 1) : dt;
    if (ended.has(input)) continue;
    if (kind === "arrive") machine.arrive(input, { n, payload }, now, out);
    else machine.end(input, out);
    if (kind === "end") ended.add(input);
    look(kind);
  }
  wakeUpTo(now + 5);
  for (let input = 0; input < INPUTS; input++) {
    if (!ended.has(input)) machine.end(input, out);
    look("end");
  }
  return seen;
}

test("a merge shows what the pseudo-code shows, for any plan, script and clock", () => {
  fc.assert(
    fc.property(
      plan,
      fc.array(step, { maxLength: 60, size: "max" }),
      options,
      fc.boolean(),
      (plan, steps, options, punctual) => {
        const real = observe((discard) => new Merge(plan, INPUTS, discard, options), steps, punctual);
        const model = observe((discard) => new MergeReference(plan, INPUTS, discard, options), steps, punctual);
        expect(real).toEqual(model);
      },
    ),
    { numRuns: 1500 },
  );
});
