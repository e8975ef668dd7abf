import {
  type BuiltinWorker,
  builtinWorkerNames,
  checkFunctions,
  readBuiltinWorker,
  type ScopedFunction,
  type WorkerMeaning,
  type WorkerNames,
  workerSignatureFlaw,
} from "../functions/mod.ts";
import {
  type ArgValue,
  type Expr,
  type Findings,
  type Name,
  pathIn,
  type Span,
  type Suggestions,
  type SyntaxFinding,
} from "../syntax/mod.ts";
import { knownMissing } from "./known_missing.ts";
import type { StepInstance } from "./step_instance.ts";
import type { UnknownNames } from "./unknown_names.ts";

/** The worker of a step, checked but not compiled; `name` is what artifacts call it. */
export type StepWorker =
  | { readonly kind: "function"; readonly name: string; readonly func: ScopedFunction }
  | { readonly kind: "module"; readonly name: string; readonly path: string }
  | { readonly kind: "builtin"; readonly name: string; readonly worker: BuiltinWorker };

/** Finds the workers of steps (pipelines §3, §4). */
export class StepWorkers {
  readonly #names: WorkerNames;
  readonly #findings: Findings;
  readonly #unknown: UnknownNames;
  readonly #suggestions: Suggestions;

  constructor(names: WorkerNames, findings: Findings, unknown: UnknownNames, suggestions: Suggestions) {
    this.#names = names;
    this.#suggestions = suggestions;
    this.#findings = findings;
    this.#unknown = unknown;
  }

  /** The worker of a step: the function that it is named after, or its argument. */
  of(step: StepInstance, given: ArgValue | undefined): StepWorker | undefined {
    const { worker, node, at } = step;
    if (worker !== undefined) return this.#meant(worker, node.name.text, at);
    return given === undefined ? undefined : this.#read(given);
  }

  #read(value: ArgValue): StepWorker | undefined {
    switch (value.kind) {
      case "expr":
        return this.#readExpr(value.expr);
      case "func": {
        const func = { decl: value.func, scope: this.#names.scope };
        this.#addFindings(checkFunctions([value.func], this.#names.scope, this.#suggestions));
        const { start } = value.func;
        return this.#checked({ kind: "function", name: "func", func }, { start, end: start + "func".length });
      }
      case "attr":
        this.#findings.add("E_STEP_ARG", "expected a worker, found an attribute", value.attr);
        return undefined;
    }
  }

  #readExpr(expr: Expr): StepWorker | undefined {
    const path = expr.kind === "string" ? undefined : pathIn({ kind: "expr", expr });
    const meaning = path === undefined ? undefined : this.#names.meaning(path);
    if (path !== undefined && meaning !== undefined) return this.#meant(meaning, path, expr);
    const builtin = readBuiltinWorker(expr, this.#names.scope, this.#suggestions);
    if (builtin !== undefined) {
      this.#addFindings(builtin.findings);
      const { name, worker } = builtin;
      return worker === undefined ? undefined : { kind: "builtin", name, worker };
    }
    this.#reportNone(expr, path);
    return undefined;
  }

  #addFindings(findings: readonly SyntaxFinding[]): void {
    this.#findings.addAll(knownMissing(findings, this.#names.lacksFunctions));
  }

  #meant(meaning: WorkerMeaning, name: string, at: Span): StepWorker | undefined {
    switch (meaning.kind) {
      case "function":
        return this.#checked({ kind: "function", name, func: meaning.func }, at);
      case "module":
        return { kind: "module", name, path: meaning.path };
      case "ambiguous":
        this.#findings.add("E_WORKER_AMBIGUOUS", `${name} is defined by ${meaning.by}`, at);
        return undefined;
    }
  }

  #checked(worker: Extract<StepWorker, { kind: "function" }>, at: Span): StepWorker {
    const flaw = workerSignatureFlaw(worker.func.decl);
    if (flaw !== undefined) this.#findings.add("E_WORKER_SIGNATURE", flaw, at);
    return worker;
  }

  #reportNone(expr: Expr, path: string | undefined): void {
    const { start, end } = expr;
    if (expr.kind === "string") this.#reportUnknown({ text: expr.value, start, end });
    else if (path !== undefined) this.#reportUnknown({ text: path, start, end });
    else if (expr.kind === "call") this.#reportCall(expr.callee);
    else this.#findings.add("E_STEP_ARG", "expected a worker: a function's name, or a built-in worker", expr);
  }

  #reportCall(callee: Expr): void {
    const path = pathIn({ kind: "expr", expr: callee });
    if (path === undefined || this.#names.meaning(path) !== undefined) {
      const help = path === undefined ? undefined : path;
      this.#findings.add("E_STEP_ARG", "a function that is a worker stands here by its name, without ()", callee, help);
    } else this.#reportUnknown({ text: path, start: callee.start, end: callee.end });
  }

  #reportUnknown(name: Name): void {
    const names = this.#names;
    this.#unknown.add({
      name,
      code: "E_WORKER_UNDEFINED",
      message: () => `${name.text === "" ? '""' : name.text} is no function and no built-in worker`,
      candidates: function* () {
        yield* names.names();
        yield* builtinWorkerNames();
      },
    });
  }
}
