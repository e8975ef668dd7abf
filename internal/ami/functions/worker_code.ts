import type { Expr, Name, Span, Stmt } from "../syntax/mod.ts";
import type { Bindings } from "./worker_bindings.ts";
import type { Run, Site } from "./worker_run.ts";
import type { ScopedFunction } from "./worker_scope.ts";
import type { Value } from "./worker_value.ts";

/** The variables of one call, by the slots that the checks gave them. */
export type Frame = Value[];

/** A compiled expression. */
export type Code = (frame: Frame) => Value;

/** A compiled statement; answers how control goes on. */
export type Exec = (frame: Frame) => Flow;

// Numbers and not an enum or strings: every statement returns one.
export type Flow = typeof NEXT | typeof BREAK | typeof CONTINUE | typeof RETURN;
export const NEXT = 0;
export const BREAK = 1;
export const CONTINUE = 2;
/** What is returned stands in the run. */
export const RETURN = 3;

/** A function, compiled. */
export interface CompiledFunction {
  /** A frame of nil but for the first slot, where the first parameter is. */
  readonly frame: (first: Value) => Frame;
  readonly body: Exec;
}

/** What the parts of the compiler share while they compile one body. */
export interface Gen {
  readonly run: Run;
  readonly bindings: Bindings;
  /** How many levels of syntax the body has around the place that is compiled. */
  readonly levels: number;
  /** An expression whose value is looked at and dropped. */
  peek(expr: Expr): Code;
  /** An expression whose value is kept: what it shares with a variable or another value is known to be shared. */
  take(expr: Expr): Code;
  statement(statement: Stmt): Exec;
  statements(statements: readonly Stmt[]): Exec;
  /** The slot of a variable that a name declares; undefined where the value is dropped. */
  slot(name: Name): number | undefined;
  /** The function that a call calls. It may be compiled later, so its body is read when it is called. */
  functionOf(target: ScopedFunction): CompiledFunction;
  /** The place of a statement, for messages. */
  site(span: Span): Site;
}

export type ExprOf<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;
export type StmtOf<K extends Stmt["kind"]> = Extract<Stmt, { kind: K }>;
