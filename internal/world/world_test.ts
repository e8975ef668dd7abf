import { afterEach, describe, expect, mock, spyOn, test } from "bun:test";
import { virtualWorld, wall } from "./mod.ts";

afterEach(() => {
  mock.restore();
});

/** Uses everything that a world offers. */
function live(seed?: number, caseId = "a_test.ami::a"): unknown[] {
  const world = virtualWorld({ ...(seed === undefined ? {} : { seed }), caseId });
  const log: unknown[] = [];
  const tick = (): void => {
    log.push([world.clock.now(), world.rng.int(1000), world.rng.next(), world.flowTokens.generate()]);
    if (log.length < 50) world.scheduler.at(world.clock.now() + world.rng.int(3_600_000), world.rng.int(3), tick);
  };
  world.scheduler.at(0, 0, tick);
  log.push(world.scheduler.run());
  return log;
}

describe("virtualWorld", () => {
  test("two worlds of the same seed and case are equal, of another seed or case not", () => {
    expect(live(1)).toEqual(live(1));
    expect(live(1)).not.toEqual(live(2));
    expect(live(1)).not.toEqual(live(1, "a_test.ami::b"));
  });

  test("the default seed is 42, the default time 0, the default token that of scenarios §7", () => {
    expect(live()).toEqual(live(42));
    expect(virtualWorld().clock.now()).toBe(0);
    expect(virtualWorld().flowTokens.generate()).toBe("test-flow-default");
    expect(virtualWorld({ flowToken: "f", startMs: 9 }).flowTokens.generate()).toBe("f");
    expect(virtualWorld({ startMs: 9 }).clock.now()).toBe(9);
  });

  test("its scheduler moves its clock", () => {
    const world = virtualWorld();
    world.scheduler.at(5, 0, () => {});
    world.scheduler.run();
    expect(world.clock.now()).toBe(5);
  });

  test("the random numbers of a case do not depend on other cases", () => {
    const alone = virtualWorld({ caseId: "x" }).rng.next();
    virtualWorld({ caseId: "y" }).rng.next();
    expect(virtualWorld({ caseId: "x" }).rng.next()).toBe(alone);
  });

  test("reads no wall clock, draws no real random number and waits for nothing", () => {
    const doors = [
      spyOn(Date, "now"),
      spyOn(performance, "now"),
      spyOn(Math, "random"),
      spyOn(crypto, "getRandomValues"),
      spyOn(globalThis, "setTimeout"),
      spyOn(globalThis, "setImmediate"),
    ];
    live();
    for (const door of doors) expect(door).not.toHaveBeenCalled();
    wall.nowMs();
    expect(doors[0]).toHaveBeenCalledTimes(1);
  });
});
