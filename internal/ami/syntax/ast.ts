import type { PragmaLine } from "./pragma_line.ts";

// The syntax tree of a .ami file (pipelines §1). Every node has the place where it stands, as UTF-16 indexes into the text.

/** From `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A word and where it stands. */
export interface Name extends Span {
  readonly text: string;
}

export interface SourceFile {
  readonly package: Name | undefined;
  readonly imports: readonly ImportDecl[];
  readonly funcs: readonly FuncDecl[];
  readonly pipelines: readonly PipelineDecl[];
  readonly enums: readonly EnumDecl[];
  /** Top-level `error { … }` blocks; the checks accept one. */
  readonly errors: readonly ErrorDecl[];
  readonly pragmas: readonly PragmaLine[];
}

export interface ImportDecl extends Span {
  readonly alias: Name | undefined;
  /** The path without quotes. */
  readonly path: Name;
  readonly version: string | undefined;
}

export interface EnumDecl extends Span {
  readonly name: Name;
  readonly members: readonly Name[];
}

export interface FuncDecl extends Span {
  /** Undefined: a function literal. */
  readonly name: Name | undefined;
  readonly params: readonly Param[];
  /** The texts of the result types; empty: returns nothing. */
  readonly results: readonly Name[];
  readonly body: Block;
}

export interface Param {
  readonly name: Name;
  /** The text of the type, e.g. `Event<any>`. */
  readonly type: Name | undefined;
}

export interface PipelineDecl extends Span {
  /** The word `pipeline`, in whatever letter case. */
  readonly keyword: Name;
  readonly name: Name;
  readonly body: PipelineBody;
}

export interface ErrorDecl extends Span {
  /** The word `error`. */
  readonly keyword: Name;
  readonly body: PipelineBody;
}

export interface PipelineBody extends Span {
  readonly chains: readonly Chain[];
  readonly error: ErrorDecl | undefined;
}

/** Steps connected by `.` or `->`: `connectors[i]` stands between steps `i` and `i + 1`. */
export interface Chain extends Span {
  readonly steps: readonly StepNode[];
  readonly connectors: readonly ("." | "->")[];
}

export interface StepNode extends Span {
  /** `NAME = step`; only the first step of a chain can have one. */
  readonly label: Name | undefined;
  /** The kind, function or instance that is named, `io.Read` in one. */
  readonly name: Name;
  readonly parens: boolean;
  readonly args: readonly Arg[];
  readonly attrs: readonly Attr[];
}

/** An argument, named or not. */
export interface Arg extends Span {
  readonly name: Name | undefined;
  readonly value: ArgValue;
}

export type ArgValue =
  /** An expression; a duration is one too. `merge.X(…)`, `edge.X`, `io.X` are read as attributes instead. */
  | { readonly kind: "expr"; readonly expr: Expr }
  | { readonly kind: "attr"; readonly attr: Attr }
  | { readonly kind: "func"; readonly func: FuncDecl };

/** `merge.Sort("k", asc)`, `edge.FIFO(max=2)`, `delay=5ms`, `dropOldest`. */
export interface Attr extends Span {
  readonly prefix: "merge" | "edge" | "io" | undefined;
  readonly name: Name;
  /** Of the form with parentheses; undefined without. */
  readonly args: readonly Arg[] | undefined;
  /** Of the form `name=value`. */
  readonly value: Arg | undefined;
}

export interface Block extends Span {
  readonly statements: readonly Stmt[];
}

export type Stmt = Span &
  (
    | { readonly kind: "return"; readonly values: readonly Expr[] }
    /** `var x T = e`, `let x = e`. */
    | { readonly kind: "var"; readonly name: Name; readonly value: Expr | undefined }
    /** `a, b := e, f` */
    | { readonly kind: "define"; readonly names: readonly Name[]; readonly values: readonly Expr[] }
    | {
        readonly kind: "assign";
        readonly targets: readonly Expr[];
        readonly op: "=" | "+=" | "-=" | "*=" | "/=" | "%=";
        readonly values: readonly Expr[];
      }
    | { readonly kind: "step"; readonly target: Expr; readonly op: "++" | "--" }
    | { readonly kind: "call"; readonly call: Extract<Expr, { kind: "call" }> }
    | { readonly kind: "block"; readonly body: Block }
    | {
        readonly kind: "if";
        readonly init: Stmt | undefined;
        readonly condition: Expr;
        readonly then: Block;
        readonly else: Stmt | undefined;
      }
    /** `for cond`, `while cond`, `for init; cond; post`, `for { }`. */
    | {
        readonly kind: "loop";
        readonly init: Stmt | undefined;
        readonly condition: Expr | undefined;
        readonly post: Stmt | undefined;
        readonly body: Block;
      }
    | {
        readonly kind: "range";
        readonly key: Name;
        readonly value: Name | undefined;
        readonly over: Expr;
        readonly body: Block;
      }
    | { readonly kind: "switch"; readonly subject: Expr | undefined; readonly cases: readonly SwitchCase[] }
    | { readonly kind: "break" }
    | { readonly kind: "continue" }
  );

/** `default` has no values. */
export interface SwitchCase extends Span {
  readonly values: readonly Expr[] | undefined;
  readonly statements: readonly Stmt[];
}

export type BinaryOp = "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%";

export type Expr = Span &
  (
    | { readonly kind: "number"; readonly value: number }
    /** In milliseconds; possibly not whole, which the parser reports as E_DURATION. */
    | { readonly kind: "duration"; readonly ms: number }
    | { readonly kind: "string"; readonly value: string }
    | { readonly kind: "bool"; readonly value: boolean }
    | { readonly kind: "nil" }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "unary"; readonly op: "-" | "!"; readonly operand: Expr }
    | { readonly kind: "binary"; readonly op: BinaryOp; readonly left: Expr; readonly right: Expr }
    | { readonly kind: "member"; readonly object: Expr; readonly name: Name }
    | { readonly kind: "index"; readonly object: Expr; readonly index: Expr }
    | { readonly kind: "call"; readonly callee: Expr; readonly args: readonly Expr[] }
    | { readonly kind: "list"; readonly items: readonly Expr[] }
    | { readonly kind: "map"; readonly entries: readonly (readonly [key: Expr, value: Expr])[] }
  );
