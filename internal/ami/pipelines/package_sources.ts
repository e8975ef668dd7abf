import type { FunctionScope, ScopedFunction } from "../functions/mod.ts";
import { type EnumDecl, Findings } from "../syntax/mod.ts";
import type { Unit } from "./unit.ts";

/** A file within its package: what its functions can name, and what is wrong besides its syntax. */
export interface PackageFile {
  readonly unit: Unit;
  readonly scope: FunctionScope;
  /** {@link FunctionScope.imports}, to be filled when the imported packages are known. */
  readonly imports: Map<string, ReadonlyMap<string, ScopedFunction>>;
  /** Of the functions that this file declares itself: what an import of the file gives. */
  readonly functions: ReadonlyMap<string, ScopedFunction>;
  /** Of its declarations and imports. */
  readonly findings: Findings;
}

/** The files of a package, which see each other's functions, pipelines and enums (pipelines §1). */
export interface PackageSources {
  readonly name: string;
  readonly files: readonly PackageFile[];
  readonly functions: ReadonlyMap<string, ScopedFunction>;
}

/** Puts files together as a package; of what is declared twice, the first holds (E_DUP_FUNC, E_DUP_PIPELINE). */
export function packageOf(name: string, units: readonly Unit[]): PackageSources {
  const functions = new Map<string, ScopedFunction>();
  const enums = new Map<string, EnumDecl>();
  const pipelines = new Set<string>();
  for (const unit of units) {
    for (const decl of unit.tree.enums) if (!enums.has(decl.name.text)) enums.set(decl.name.text, decl);
  }
  const files = units.map((unit): PackageFile => {
    const imports = new Map<string, ReadonlyMap<string, ScopedFunction>>();
    const scope = { functions, enums: enumsOf(unit, enums), imports, source: { file: unit.file, lines: unit.lines } };
    const findings = new Findings();
    const own = declareFunctions(unit, scope, functions, findings);
    for (const { keyword, name: pipeline } of unit.tree.pipelines) {
      if (pipelines.has(pipeline.text)) {
        findings.add("E_DUP_PIPELINE", `pipeline ${pipeline.text} is declared twice in package ${name}`, keyword);
      }
      pipelines.add(pipeline.text);
    }
    return { unit, scope, imports, functions: own, findings };
  });
  return { name, files, functions };
}

function declareFunctions(
  unit: Unit,
  scope: FunctionScope,
  functions: Map<string, ScopedFunction>,
  findings: Findings,
): ReadonlyMap<string, ScopedFunction> {
  const own = new Map<string, ScopedFunction>();
  for (const decl of unit.tree.funcs) {
    if (decl.name === undefined) continue;
    const { text } = decl.name;
    const func = { decl, scope };
    if (functions.has(text)) {
      const { start } = decl;
      findings.add("E_DUP_FUNC", `function ${text} is declared twice in this package`, { start, end: decl.name.end });
    } else functions.set(text, func);
    if (!own.has(text)) own.set(text, func);
  }
  return own;
}

/** A file's own enums go before those of the same name elsewhere in the package. */
function enumsOf(unit: Unit, all: ReadonlyMap<string, EnumDecl>): ReadonlyMap<string, EnumDecl> {
  const own = new Map<string, EnumDecl>();
  for (const decl of unit.tree.enums) if (!own.has(decl.name.text)) own.set(decl.name.text, decl);
  const hidden = [...own].some(([name, decl]) => all.get(name) !== decl);
  return hidden ? new Map([...all, ...own]) : all;
}
