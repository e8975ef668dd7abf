import { type BuiltinWorker, compileBuiltinWorker } from "./builtin_workers.ts";
import { checkFunction, checkWorkerExpr } from "./check_func.ts";
import type { WorkerEvent, WorkerFn } from "./worker.ts";
import { type CompiledFunction, type Exec, type Frame, NEXT, RETURN } from "./worker_code.ts";
import { newFrame } from "./worker_frames.ts";
import { BodyGen } from "./worker_gen.ts";
import { faultOf, type Outcome, outcomeOf } from "./worker_outcome.ts";
import { Run } from "./worker_run.ts";
import type { FunctionScope, ScopedFunction } from "./worker_scope.ts";
import { EventValue, type Value } from "./worker_value.ts";

interface Pending extends CompiledFunction {
  frame: (first: Value) => Frame;
  body: Exec;
}

/**
 * Compiles workers to closures (pipelines §4). A function is compiled once, however many workers call it. The workers of one
 * compiler share one run: they are synchronous and do not call each other, so that one at a time is inside of a call.
 *
 * What it compiles must have no findings: functions, of `checkFunctions` and, as workers, `workerSignatureFlaw`; built-in workers,
 * of `readBuiltinWorker`.
 *
 * @example
 * const compiler = new WorkerCompiler();
 * const inc = compiler.worker({ decl, scope }); // func inc(ev) any { ev.payload.k++; return ev }
 * inc(event, context); // { k: 2 } for the payload { k: 1 }
 */
export class WorkerCompiler {
  readonly #run = new Run();
  readonly #functions = new Map<ScopedFunction["decl"], Pending>();
  readonly #queue: { readonly target: ScopedFunction; readonly compiled: Pending }[] = [];

  /** The worker that a function is, named or literal. */
  worker(target: ScopedFunction): WorkerFn {
    const compiled = this.#functionOf(target);
    this.#compileQueued();
    const run = this.#run;
    return this.#guarded((event) => {
      const frame = compiled.frame(new EventValue(event, event.payload));
      if (compiled.body(frame) !== RETURN) run.returnNothing();
      return outcomeOf(run);
    });
  }

  /** The worker that a built-in one is with the arguments it was given. */
  builtin(worker: BuiltinWorker, scope: FunctionScope): WorkerFn {
    const run = this.#run;
    const compiled = compileBuiltinWorker(worker, run, (expr) => {
      const checked = checkWorkerExpr(expr, scope);
      const code = this.#genOf(checked).peek(expr);
      this.#compileQueued();
      return (event) => code([new EventValue(event, event.payload)]);
    });
    return this.#guarded(compiled);
  }

  /** Begins and ends the run of each call; what fails inside becomes a fault. */
  #guarded(call: (event: WorkerEvent) => Outcome): WorkerFn {
    const run = this.#run;
    return (event, context) => {
      run.begin(context);
      let outcome: Outcome;
      try {
        outcome = call(event);
      } catch (thrown) {
        run.end();
        return faultOf(run, thrown);
      }
      run.end();
      return outcome;
    };
  }

  #genOf(checked: ConstructorParameters<typeof BodyGen>[1]): BodyGen {
    return new BodyGen(this.#run, checked, (target) => this.#functionOf(target));
  }

  #functionOf(target: ScopedFunction): Pending {
    const known = this.#functions.get(target.decl);
    if (known !== undefined) return known;
    const compiled: Pending = { frame: newFrame(0), body: () => NEXT };
    this.#functions.set(target.decl, compiled);
    // Not at once: functions may call themselves, and each other in chains of any length.
    this.#queue.push({ target, compiled });
    return compiled;
  }

  #compileQueued(): void {
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) {
      const { target, compiled } = next;
      const checked = checkFunction(target.decl, target.scope);
      compiled.frame = newFrame(checked.locals.slots);
      compiled.body = this.#genOf(checked).statements(target.decl.body.statements);
    }
  }
}
