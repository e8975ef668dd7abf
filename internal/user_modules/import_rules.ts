import type { ModuleKind } from "./module_kind.ts";
import type { ModuleSyntax } from "./module_syntax.ts";
import { type ModuleFile, unusable } from "./unusable_module.ts";

/** Whether a name is that of a file beside the one that imports it, or near. */
export function isRelative(name: string): boolean {
  return /^\.\.?(?:\/|$)/.test(name);
}

/** Holds the imports of a file against the rule for modules that are not open. Throws UnusableModule. */
export function checkImports(file: ModuleFile, syntax: ModuleSyntax, { callable, codes, unless }: ModuleKind): void {
  const { imports, computed, required } = syntax;
  const rule = `a ${callable} module may import relative files and "plumb" only ${unless}`;
  const refuse = (index: number | undefined, found: string): never =>
    unusable(codes.forbidden, file, index, `${rule}, found ${found}`);
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
