import type { Expr, Name, Span, Suggestions, SyntaxFinding } from "../syntax/mod.ts";
import { Locals } from "./check_func_locals.ts";
import { Bindings } from "./worker_bindings.ts";
import type { FunctionScope } from "./worker_scope.ts";

/** What the checks of one body share: the scope, the variables at the place that is looked at, and what was found. */
export class BodyCheck {
  readonly scope: FunctionScope;
  readonly locals = new Locals();
  readonly bindings = new Bindings();
  readonly findings: SyntaxFinding[] = [];
  /** The number of values that the function declares to return. */
  readonly results: number;
  /** How many loops, and how many loops and switches, the place is inside of. */
  loops = 0;
  breakable = 0;

  readonly #suggestions: Suggestions;

  constructor(scope: FunctionScope, results: number, suggestions: Suggestions) {
    this.scope = scope;
    this.#suggestions = suggestions;
    this.results = results;
  }

  report(code: string, { start, end }: Span, message: string): void {
    this.findings.push({ code, message, start, end });
  }

  /** Reports a name that means nothing, with what of `known` it was probably meant to be. */
  reportUnknown({ text, start, end }: Name, message: string, known: Iterable<string>): void {
    const help = this.#suggestions.nearest(text, known);
    this.findings.push({ code: "E_NAME_UNDEFINED", message, start, end, ...(help === undefined ? {} : { help }) });
  }

  /** Makes a parameter: those of a function have the first places, in order. */
  declareParameter({ text }: Name): void {
    // Blanks are in no name, so that nothing can mean a parameter called `_`.
    this.locals.add(text === "_" ? " " : text);
  }

  /** Makes a variable of this block. `_` drops what is assigned to it. */
  declare(name: Name): void {
    const binding =
      name.text === "_"
        ? ({ kind: "discard" } as const)
        : ({ kind: "local", slot: this.locals.declare(name.text) } as const);
    this.bindings.set(name, binding);
  }

  /** Binds an expression that names a variable; false if there is none. */
  bindLocal(expr: Expr, name: string): boolean {
    const slot = this.locals.find(name);
    if (slot !== undefined) this.bindings.set(expr, { kind: "local", slot });
    return slot !== undefined;
  }
}
