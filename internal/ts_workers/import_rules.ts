import type { ModuleSyntax } from "./module_syntax.ts";
import { type ModuleFile, unusable } from "./unusable_module.ts";

const RULE = 'a worker module may import relative files and "plumb" only without the capability fs or net';

/** Whether a name is that of a file beside the one that imports it, or near. */
export function isRelative(name: string): boolean {
  return /^\.\.?(?:\/|$)/.test(name);
}

/** Holds the imports of a file against the rule of pipelines §4. Throws UnusableModule (E_WORKER_IO). */
export function checkImports(file: ModuleFile, { imports, computed, required }: ModuleSyntax): void {
  const refuse = (index: number | undefined, found: string): never =>
    unusable("E_WORKER_IO", file, index, `${RULE}, found ${found}`);
  const foreign = imports.find((name) => !isRelative(name) && name !== "plumb");
  if (foreign !== undefined) refuse(importIndex(file, foreign), JSON.stringify(foreign));
  if (computed !== undefined) refuse(computed, "a computed import()");
  if (required !== undefined) refuse(required, "require");
}

/** Where an import is written: its first quoted mention, as a UTF-16 index. */
export function importIndex({ text }: ModuleFile, name: string): number | undefined {
  const places = ['"', "'", "`"].map((quote) => text.indexOf(`${quote}${name}${quote}`)).filter((index) => index >= 0);
  return places.length === 0 ? undefined : Math.min(...places);
}
