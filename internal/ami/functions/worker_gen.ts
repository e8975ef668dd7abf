import type { Expr, Name, Span, Stmt } from "../syntax/mod.ts";
import type { BodyCheck } from "./check_func_body.ts";
import type { Bindings } from "./worker_bindings.ts";
import type { Code, CompiledFunction, Exec, Gen } from "./worker_code.ts";
import { compilePeek, compileTake } from "./worker_expr.ts";
import type { Run, Site } from "./worker_run.ts";
import type { FunctionScope, ScopedFunction } from "./worker_scope.ts";
import { compileStatement, compileStatements } from "./worker_statements.ts";

/** Compiles one body that was checked: puts the parts of the compiler together. */
export class BodyGen implements Gen {
  readonly run: Run;
  readonly bindings: Bindings;
  readonly functionOf: (target: ScopedFunction) => CompiledFunction;
  readonly #source: FunctionScope["source"];
  #levels = 0;

  constructor(run: Run, checked: BodyCheck, functionOf: (target: ScopedFunction) => CompiledFunction) {
    if (checked.findings.length > 0) throw new Error("a function with findings cannot be compiled");
    this.run = run;
    this.bindings = checked.bindings;
    this.functionOf = functionOf;
    this.#source = checked.scope.source;
  }

  get levels(): number {
    return this.#levels;
  }

  peek(expr: Expr): Code {
    return this.#inside(() => compilePeek(this, expr));
  }

  take(expr: Expr): Code {
    return this.#inside(() => compileTake(this, expr));
  }

  statement(statement: Stmt): Exec {
    return this.#inside(() => compileStatement(this, statement));
  }

  statements(statements: readonly Stmt[]): Exec {
    return this.#inside(() => compileStatements(this, statements));
  }

  slot(name: Name): number | undefined {
    const binding = this.bindings.get(name);
    return binding?.kind === "local" ? binding.slot : undefined;
  }

  site({ start }: Span): Site {
    return { start, source: this.#source };
  }

  #inside<T>(compile: () => T): T {
    this.#levels += 1;
    const compiled = compile();
    this.#levels -= 1;
    return compiled;
  }
}
