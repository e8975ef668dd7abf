import { readTextFile } from "../files/mod.ts";
import { codeLoader, MODULE_FILE } from "./code_loader.ts";
import { forbidden } from "./guard_globals.ts";
import type { ModuleKind } from "./module_kind.ts";
import { PLUMB_MODULE } from "./plumb_module.ts";

/** Where the modules find the `Bun` that they are given, and their `import.meta.require`. */
const HIDDEN = Symbol.for("plumb.user_modules.Bun");
const REQUIRE = Symbol.for("plumb.user_modules.require");

const given = (key: symbol): string => `globalThis[Symbol.for(${JSON.stringify(key.description)})]`;

/** Stands on the first line of each module, so that lines keep their numbers. */
const HIDE = `const Bun = ${given(HIDDEN)}; import.meta.require = ${given(REQUIRE)}; `;

/**
 * Sets up how this thread loads modules: `plumb` can be imported, also in the compiled executable, where no folder has it; and
 * unless they are `open`, the global `Bun`, which nobody can replace, is hidden by a name of each module, and `import.meta`, which
 * each has of its own, is made to require nothing (the scan finds that where it is written out).
 */
export function guardModules(kind: ModuleKind, open: boolean): void {
  if (!open) hideHost(kind);
  Bun.plugin({
    name: `plumb ${kind.callable} modules`,
    setup(build) {
      build.module("plumb", () => ({ exports: { ...PLUMB_MODULE }, loader: "object" }));
      if (open) return;
      build.onLoad({ filter: MODULE_FILE }, ({ path }) => ({
        contents: HIDE + withoutHashbang(readTextFile(path)),
        loader: codeLoader(path) ?? "ts",
      }));
    },
  });
}

/** Who asks for `globalThis.Bun` gets the real one: what can be set of it throws too. */
function hideHost(kind: ModuleKind): void {
  const fail = () => forbidden(kind, "Bun");
  for (const key of Reflect.ownKeys(Bun)) Reflect.set(Bun, key, fail);
  const hidden = new Proxy(
    {},
    { get: fail, set: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, defineProperty: fail },
  );
  Object.defineProperty(globalThis, HIDDEN, { value: hidden });
  Object.defineProperty(globalThis, REQUIRE, { value: () => forbidden(kind, "import.meta.require") });
}

function withoutHashbang(text: string): string {
  return text.replace(/^\uFEFF?#!.*/, "");
}
