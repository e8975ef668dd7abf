import type { ModuleKind } from "./module_kind.ts";
import { refuse } from "./refusal.ts";

/** Globals that reach the host. `Bun` cannot be replaced: `guardModules` hides it from each module. */
const HOST = [
  "process",
  "fetch",
  "WebSocket",
  "EventSource",
  "Worker",
  "BroadcastChannel",
  "prompt",
  "alert",
  "confirm",
] as const;

/**
 * Makes the globals of this thread that reach the host throw. They stay so: nothing but modules of users runs here, and what
 * they leave to promises is theirs too. This guards against accidents, not against malice.
 */
export function guardHost(kind: ModuleKind): void {
  for (const name of HOST) guardGlobal(name, () => forbidden(kind, name));
}

/** Throws for the use of a global. */
export function forbidden({ callable, codes, unless }: ModuleKind, name: string): never {
  return refuse(codes.forbidden, `a ${callable} module may not use ${name} ${unless}`);
}

/**
 * Makes a global of this thread fail: a function when it is called, so that it can be looked for; whatever else there is, when it
 * is read. The text after `.` is a property of that global.
 */
export function guardGlobal(name: string, fail: () => never): void {
  const [owner, key] = name.split(".");
  const target: unknown = key === undefined ? globalThis : Reflect.get(globalThis, owner ?? "");
  if (typeof target === "object" || typeof target === "function") replace(target, key ?? name, fail);
}

function replace(target: object | null, key: string, fail: () => never): void {
  if (target === null || !Reflect.has(target, key)) return;
  // A function that can be called with new.
  function throws(): void {
    fail();
  }
  const callable = typeof Reflect.get(target, key) === "function";
  Object.defineProperty(target, key, callable ? { value: throws, writable: false } : { get: fail, set: fail });
}
