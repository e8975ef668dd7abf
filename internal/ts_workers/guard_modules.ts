import { readTextFile } from "../files/mod.ts";
import { codeLoader, MODULE_FILE } from "./code_loader.ts";
import { forbidden } from "./guard_globals.ts";
import type { ModulePolicy } from "./module_policy.ts";
import { PLUMB_MODULE } from "./plumb_module.ts";

/** Where the modules find the `Bun` that they are given. */
const HIDDEN = Symbol.for("plumb.ts_workers.Bun");

/** Stands on the first line of each module, so that lines keep their numbers. */
const HIDE_BUN = `const Bun = globalThis[Symbol.for(${JSON.stringify(HIDDEN.description)})]; `;

/**
 * Sets up how this thread loads modules: `plumb` can be imported, also in the compiled executable, where no folder has it; and
 * unless the policy is open, the global `Bun`, which nobody can replace, is hidden by a name of each module.
 */
export function guardModules({ open }: ModulePolicy): void {
  if (!open) hideBun();
  Bun.plugin({
    name: "plumb workers",
    setup(build) {
      build.module("plumb", () => ({ exports: { ...PLUMB_MODULE }, loader: "object" }));
      if (open) return;
      build.onLoad({ filter: MODULE_FILE }, ({ path }) => ({
        contents: HIDE_BUN + withoutHashbang(readTextFile(path)),
        loader: codeLoader(path) ?? "ts",
      }));
    },
  });
}

/** Who asks for `globalThis.Bun` gets the real one: what can be set of it throws too. */
function hideBun(): void {
  const fail = () => forbidden("Bun");
  for (const key of Reflect.ownKeys(Bun)) Reflect.set(Bun, key, fail);
  const hidden = new Proxy(
    {},
    { get: fail, set: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, defineProperty: fail },
  );
  Object.defineProperty(globalThis, HIDDEN, { value: hidden });
}

function withoutHashbang(text: string): string {
  return text.replace(/^\uFEFF?#!.*/, "");
}
