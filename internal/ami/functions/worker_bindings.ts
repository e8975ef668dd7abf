import type { Expr, Name } from "../syntax/mod.ts";
import type { Builtin } from "./builtin.ts";
import type { ScopedFunction } from "./worker_scope.ts";

/** What a name in a function's body stands for. */
export type Binding =
  /** A variable, by its place in the frame of the call. */
  | { readonly kind: "local"; readonly slot: number }
  /** `_`, where a value is dropped. */
  | { readonly kind: "discard" }
  /** A member of an enum: the string that it is. */
  | { readonly kind: "enum"; readonly text: string }
  | { readonly kind: "function"; readonly target: ScopedFunction }
  | { readonly kind: "builtin"; readonly builtin: Builtin };

/**
 * What the checks found out about the names of one body, for the compiler: bindings of name expressions, of the callees of
 * calls, of enum members, and of the names that declarations introduce.
 */
export class Bindings {
  readonly #bindings = new Map<Expr | Name, Binding>();

  set(node: Expr | Name, binding: Binding): void {
    this.#bindings.set(node, binding);
  }

  get(node: Expr | Name): Binding | undefined {
    return this.#bindings.get(node);
  }
}
