import { type Expr, type Span, Suggestions, type SyntaxFinding } from "../syntax/mod.ts";
import type { BuiltinWorker } from "./builtin_workers.ts";
import { checkWorkerExpr } from "./check_func.ts";
import type { FunctionScope } from "./worker_scope.ts";

/** A built-in worker as it is written; none if there are findings. */
export interface ReadBuiltinWorker {
  /** As people call it: `set`, `drop_even`; a text as it is. */
  readonly name: string;
  readonly worker: BuiltinWorker | undefined;
  readonly findings: readonly SyntaxFinding[];
}

/**
 * Reads what stands where a worker does as a built-in worker (pipelines §4): `set("a.b", ev.time)`, `drop_even`, the text
 * "add_field:f". Undefined if it is none. Findings: E_CALL_ARITY, E_STEP_ARG for what should be a field, and those of the
 * expressions.
 */
export function readBuiltinWorker(
  expr: Expr,
  scope: FunctionScope,
  suggestions = new Suggestions(),
): ReadBuiltinWorker | undefined {
  if (expr.kind === "string") return readText(expr.value);
  if (expr.kind === "name") return expr.name === "drop_even" ? found(expr.name, { kind: "drop_even" }) : undefined;
  if (expr.kind !== "call" || expr.callee.kind !== "name") return undefined;
  const { name } = expr.callee;
  const form = FORMS.get(name);
  if (form === undefined) return undefined;
  const reader = new ArgumentReader(expr.args, scope, suggestions);
  if (!reader.checkCount(form, expr.callee)) return { name, worker: undefined, findings: reader.findings };
  const worker = form.read(reader);
  return { name, worker: reader.findings.length === 0 ? worker : undefined, findings: reader.findings };
}

/** The built-in worker that a text names: "add_field:f", "drop_even", "none" or "". */
export function builtinWorkerOfText(text: string): BuiltinWorker | undefined {
  if (text === "" || text === "none") return { kind: "none" };
  if (text === "drop_even") return { kind: "drop_even" };
  const field = text.startsWith("add_field:") ? text.slice("add_field:".length) : "";
  return field === "" ? undefined : { kind: "add_field", field };
}

/** The names of the built-in workers, for guesses. */
export function builtinWorkerNames(): Iterable<string> {
  return FORMS.keys();
}

interface Form {
  readonly usage: string;
  readonly min: number;
  readonly max: number;
  readonly read: (args: ArgumentReader) => BuiltinWorker;
}

const MANY = Number.POSITIVE_INFINITY;

const FORMS: ReadonlyMap<string, Form> = new Map<string, Form>([
  [
    "add_field",
    { usage: 'add_field("f")', min: 1, max: 1, read: (args) => ({ kind: "add_field", field: args.field(0) }) },
  ],
  [
    "set",
    {
      usage: 'set("a.b", expr)',
      min: 2,
      max: 2,
      read: (args) => ({ kind: "set", field: args.field(0), value: args.expr(1) }),
    },
  ],
  ["drop", { usage: 'drop("a", "b.c")', min: 1, max: MANY, read: (args) => ({ kind: "drop", fields: args.fields() }) }],
  [
    "rename",
    {
      usage: 'rename("a", "b.c")',
      min: 2,
      max: 2,
      read: (args) => ({ kind: "rename", from: args.field(0), to: args.field(1) }),
    },
  ],
  ["filter", { usage: "filter(expr)", min: 1, max: 1, read: (args) => ({ kind: "filter", condition: args.expr(0) }) }],
  ["drop_even", { usage: "drop_even()", min: 0, max: 0, read: () => ({ kind: "drop_even" }) }],
]);

class ArgumentReader {
  readonly findings: SyntaxFinding[] = [];
  readonly #args: readonly Expr[];
  readonly #scope: FunctionScope;
  readonly #suggestions: Suggestions;

  constructor(args: readonly Expr[], scope: FunctionScope, suggestions: Suggestions) {
    this.#args = args;
    this.#scope = scope;
    this.#suggestions = suggestions;
  }

  checkCount({ usage, min, max }: Form, callee: Span): boolean {
    const given = this.#args.length;
    if (given >= min && given <= max) return true;
    const wanted = max === MANY ? `${min} or more arguments` : `${min} ${min === 1 ? "argument" : "arguments"}`;
    this.#report("E_CALL_ARITY", callee, `${usage} takes ${wanted}, got ${given}`);
    return false;
  }

  /** A field: a dotted path in quotes. */
  field(at: number): string {
    const arg = this.#at(at);
    if (arg.kind === "string" && arg.value !== "") return arg.value;
    this.#report("E_STEP_ARG", arg, 'expected a field in quotes, such as "a.b"');
    return "";
  }

  fields(): readonly string[] {
    return this.#args.map((_, at) => this.field(at));
  }

  /** An expression with `ev` in scope. */
  expr(at: number): Expr {
    const arg = this.#at(at);
    this.findings.push(...checkWorkerExpr(arg, this.#scope, this.#suggestions).findings);
    return arg;
  }

  #at(index: number): Expr {
    const arg = this.#args[index];
    if (arg === undefined) throw new RangeError(`argument ${index} was not counted`);
    return arg;
  }

  #report(code: string, { start, end }: Span, message: string): void {
    this.findings.push({ code, message, start, end });
  }
}

function readText(text: string): ReadBuiltinWorker | undefined {
  const worker = builtinWorkerOfText(text);
  return worker === undefined ? undefined : found(text, worker);
}

function found(name: string, worker: BuiltinWorker): ReadBuiltinWorker {
  return { name, worker, findings: [] };
}
