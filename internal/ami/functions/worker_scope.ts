import type { LineIndex } from "../../diag/mod.ts";
import type { EnumDecl, FuncDecl } from "../syntax/mod.ts";

/** A declared function, and what its body can name: what its own file can. */
export interface ScopedFunction {
  readonly decl: FuncDecl;
  readonly scope: FunctionScope;
}

/** What the functions of one file can name (pipelines §1). */
export interface FunctionScope {
  /** The functions of the package, all its files together, by name. */
  readonly functions: ReadonlyMap<string, ScopedFunction>;
  /** The enums of the package, by name. */
  readonly enums: ReadonlyMap<string, EnumDecl>;
  /** The functions of the packages that this file imports, by alias and name; none of an import that is not resolved. */
  readonly imports: ReadonlyMap<string, ReadonlyMap<string, ScopedFunction>>;
  /** The file, so that a failure can say where it happened: its name, as people know it, and its lines. */
  readonly source?: { readonly file: string; readonly lines: LineIndex };
}
