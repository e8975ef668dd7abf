import type { ModulePolicy } from "./module_policy.ts";
import { refuse } from "./refusal.ts";

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
  ["Worker", SYNCHRONOUS],
  ["BroadcastChannel", SYNCHRONOUS],
];

/** Globals that reach the host. `Bun` cannot be replaced: {@link guardModules} hides it from each module. */
const HOST = ["process", "prompt", "alert", "confirm"];

/**
 * Makes the globals of this thread throw what its policy forbids (pipelines §4). They stay so: nothing but modules of workers
 * runs here, and what they leave to promises is theirs too. This guards against accidents, not against malice.
 */
export function guardGlobals({ virtual, open }: ModulePolicy): void {
  if (virtual) {
    guardDate();
    for (const [name, advice] of NONDETERMINISTIC) guard(name, () => nondeterministic(name, advice));
  }
  if (!open) for (const name of HOST) guard(name, () => forbidden(name));
}

/** Throws E_WORKER_IO for the use of a global. */
export function forbidden(name: string): never {
  return refuse("E_WORKER_IO", `a worker module may not use ${name} without the capability fs or net`);
}

function nondeterministic(name: string, advice: string): never {
  return refuse("E_WORKER_NONDETERMINISTIC", `${name} differs from run to run; ${advice}`);
}

function guard(name: string, fail: () => never): void {
  const [owner, key] = name.split(".");
  const target: unknown = key === undefined ? globalThis : Reflect.get(globalThis, owner ?? "");
  if (typeof target === "object" || typeof target === "function") replace(target, key ?? name, fail);
}

/** A function throws when it is called, so that it can be looked for; whatever else there is, when it is read. */
function replace(target: object | null, key: string, fail: () => never): void {
  if (target === null || !Reflect.has(target, key)) return;
  // A function that can be called with new.
  function throws(): void {
    fail();
  }
  const callable = typeof Reflect.get(target, key) === "function";
  Object.defineProperty(target, key, callable ? { value: throws, writable: false } : { get: fail, set: fail });
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
