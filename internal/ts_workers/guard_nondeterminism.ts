import { guardGlobal, refuse } from "../user_modules/mod.ts";

const USE_CLOCK = "use ctx.clock.now()";
const USE_RNG = "use ctx.rng.next() or ctx.rng.int(n)";
const SYNCHRONOUS = "workers are synchronous and see nothing but their event and ctx";

/** Globals that differ from run to run, by object; what to do instead. The text after `.` is a property of that global. */
const NONDETERMINISTIC: readonly (readonly [name: string, advice: string])[] = [
  ["Date.now", USE_CLOCK],
  ["performance.now", USE_CLOCK],
  ["performance.timeOrigin", USE_CLOCK],
  ["performance.mark", USE_CLOCK],
  ["performance.measure", USE_CLOCK],
  ["Temporal.Now", USE_CLOCK],
  ["Math.random", USE_RNG],
  ["crypto.getRandomValues", USE_RNG],
  ["crypto.randomUUID", USE_RNG],
  ["setTimeout", SYNCHRONOUS],
  ["setInterval", SYNCHRONOUS],
  ["setImmediate", SYNCHRONOUS],
  ["fetch", SYNCHRONOUS],
  ["WebSocket", SYNCHRONOUS],
  ["EventSource", SYNCHRONOUS],
  ["Worker", SYNCHRONOUS],
  ["BroadcastChannel", SYNCHRONOUS],
];

/** Makes what differs from run to run throw E_WORKER_NONDETERMINISTIC in this thread (pipelines §4), for good. */
export function guardNondeterminism(): void {
  guardDate();
  for (const [name, advice] of NONDETERMINISTIC) guardGlobal(name, () => nondeterministic(name, advice));
}

function nondeterministic(name: string, advice: string): never {
  return refuse("E_WORKER_NONDETERMINISTIC", `${name} differs from run to run; ${advice}`);
}

/** `new Date(…)` of a given time computes; of no time it reads the clock, as `Date()` does. */
function guardDate(): void {
  const { prototype } = Date;
  const guarded = new Proxy(Date, {
    construct: (target, args, newTarget) =>
      args.length === 0 ? nondeterministic("new Date()", USE_CLOCK) : Reflect.construct(target, args, newTarget),
    apply: () => nondeterministic("Date()", USE_CLOCK),
  });
  Object.defineProperty(prototype, "constructor", { value: guarded });
  Object.defineProperty(globalThis, "Date", { value: guarded });
}
