import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { DeterministicClock, type RunEnd, VirtualScheduler } from "./mod.ts";

function fresh(startMs = 0): { clock: DeterministicClock; scheduler: VirtualScheduler } {
  const clock = new DeterministicClock(startMs);
  return { clock, scheduler: new VirtualScheduler(clock) };
}

/** A task that, when it runs, schedules others `delay` later. */
interface Plan {
  readonly delay: number;
  readonly priority: number;
  readonly next: readonly Plan[];
}

const plans: fc.Arbitrary<Plan[]> = fc.letrec<{ plans: Plan[]; plan: Plan }>((tie) => ({
  plans: fc.array(tie("plan"), { maxLength: 5, depthIdentifier: "plans" }),
  plan: fc.record({
    delay: fc.nat({ max: 3 }),
    priority: fc.nat({ max: 2 }),
    next: fc.oneof({ maxDepth: 4, depthIdentifier: "plans" }, fc.constant([]), tie("plans")),
  }),
})).plans;

/** What a run of the plans does, as `time:insertion number` in order. */
function execute(roots: readonly Plan[], limit?: number): { log: string[]; end: RunEnd } {
  const { clock, scheduler } = fresh();
  const log: string[] = [];
  let inserted = 0;
  const schedule = (plan: Plan): void => {
    const n = inserted;
    inserted += 1;
    scheduler.at(clock.now() + plan.delay, plan.priority, () => {
      log.push(`${clock.now()}:${n}`);
      plan.next.forEach(schedule);
    });
  };
  roots.forEach(schedule);
  return { log, end: scheduler.run(limit) };
}

/** The same by the definition: sort all that waits, take the first, until nothing is due up to the limit. */
function reference(roots: readonly Plan[], limit = Number.POSITIVE_INFINITY): { log: string[]; end: RunEnd } {
  const log: string[] = [];
  const waiting: { time: number; n: number; plan: Plan }[] = [];
  let inserted = 0;
  let now = 0;
  const insert = (plan: Plan): void => {
    waiting.push({ time: now + plan.delay, n: inserted, plan });
    inserted += 1;
  };
  roots.forEach(insert);
  for (;;) {
    waiting.sort((a, b) => a.time - b.time || a.plan.priority - b.plan.priority || a.n - b.n);
    const first = waiting.shift();
    if (first === undefined) return { log, end: { end: now, timedOut: false } };
    if (first.time > limit) return { log, end: { end: limit, timedOut: true } };
    now = first.time;
    log.push(`${now}:${first.n}`);
    first.plan.next.forEach(insert);
  }
}

describe("VirtualScheduler", () => {
  test("runs by time, priority and insertion, tasks that insert tasks included, like the reference (property)", () => {
    fc.assert(
      fc.property(plans, (roots) => {
        expect(execute(roots)).toEqual(reference(roots));
      }),
      { numRuns: 300 },
    );
  });

  test("stops at any limit like the reference (property)", () => {
    fc.assert(
      fc.property(plans, fc.nat({ max: 8 }), (roots, limit) => {
        expect(execute(roots, limit)).toEqual(reference(roots, limit));
      }),
      { numRuns: 300 },
    );
  });

  test("an hour passes at once", () => {
    const { clock, scheduler } = fresh();
    let ranAt = -1;
    scheduler.at(3_600_000, 0, () => {
      ranAt = clock.now();
    });
    expect(scheduler.run()).toEqual({ end: 3_600_000, timedOut: false });
    expect(ranAt).toBe(3_600_000);
  });

  test("with nothing to do it is over where it stands", () => {
    expect(fresh(5).scheduler.run()).toEqual({ end: 5, timedOut: false });
    expect(fresh(5).scheduler.run(100)).toEqual({ end: 5, timedOut: false });
  });

  test("what is due at the limit is done, also when it is inserted at the limit itself", () => {
    const { clock, scheduler } = fresh();
    const done: string[] = [];
    scheduler.at(20, 1, () => {
      done.push("at the limit");
      scheduler.at(clock.now(), 0, () => done.push("inserted there"));
    });
    expect(scheduler.run(20)).toEqual({ end: 20, timedOut: false });
    expect(done).toEqual(["at the limit", "inserted there"]);
  });

  test("what is due after the limit stops the run there, and is still due afterwards", () => {
    const { clock, scheduler } = fresh();
    let ran = false;
    scheduler.at(20, 0, () => {
      ran = true;
    });
    expect(scheduler.run(19)).toEqual({ end: 19, timedOut: true });
    expect([clock.now(), ran, scheduler.nextTime]).toEqual([19, false, 20]);
    expect(scheduler.run()).toEqual({ end: 20, timedOut: false });
    expect(ran).toBe(true);
  });

  test("a limit that is past, or no number, is refused", () => {
    const { scheduler } = fresh(10);
    expect(() => scheduler.run(9)).toThrow("the limit of a run is 9 ms, but it is 10 ms already");
    expect(() => scheduler.run(Number.NaN)).toThrow(RangeError);
  });

  test("nothing can be scheduled in the past, at no whole time, or with no priority", () => {
    const { scheduler } = fresh(10);
    const task = (): void => {};
    expect(() => scheduler.at(9, 0, task)).toThrow("a task was scheduled at 9 ms, but it is 10 ms already");
    for (const time of [10.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => scheduler.at(time, 0, task)).toThrow(RangeError);
    }
    expect(() => scheduler.at(10, Number.NaN, task)).toThrow(RangeError);
    expect(scheduler.nextTime).toBeUndefined();
  });

  test("step runs one task, and says when there is none", () => {
    const { clock, scheduler } = fresh();
    const done: number[] = [];
    for (const time of [3, 1, 2]) scheduler.at(time, 0, () => done.push(time));
    expect([scheduler.step(), clock.now(), done]).toEqual([true, 1, [1]]);
    scheduler.run();
    expect([scheduler.step(), clock.now(), done]).toEqual([false, 3, [1, 2, 3]]);
  });

  test("what a task throws passes through at its instant, and the rest can go on", () => {
    const { clock, scheduler } = fresh();
    let rest = false;
    scheduler.at(4, 0, () => {
      throw new Error("bad task");
    });
    scheduler.at(5, 0, () => {
      rest = true;
    });
    expect(() => scheduler.run()).toThrow("bad task");
    expect(clock.now()).toBe(4);
    scheduler.run();
    expect(rest).toBe(true);
  });
});
