import { LineIndex } from "../../diag/mod.ts";
import { Registry } from "../../kvstore/mod.ts";
import type { Json } from "../../value/mod.ts";
import { DeterministicClock, seededRng } from "../../world/mod.ts";
import { parseSource, type SourceFile, type SyntaxFinding } from "../syntax/mod.ts";
import { checkFunctions } from "./check_func.ts";
import { SILENCE, type WorkerContext, type WorkerEvent, WorkerFault, type WorkerFn } from "./worker.ts";
import { WorkerCompiler } from "./worker_compiler.ts";
import type { Outcome } from "./worker_outcome.ts";
import type { FunctionScope, ScopedFunction } from "./worker_scope.ts";

// For tests: functions and workers of one text, without packages and graphs.

/** The scope of a file that is a package by itself. `imports` are texts by alias. */
export function scopeOf(text: string, imports: Readonly<Record<string, string>> = {}): FunctionScope {
  const tree = parse(text);
  const functions = new Map<string, ScopedFunction>();
  const scope: FunctionScope = {
    functions,
    enums: new Map(tree.enums.map((each) => [each.name.text, each])),
    imports: new Map(Object.entries(imports).map(([alias, source]) => [alias, scopeOf(source).functions])),
    source: { file: "t.ami", lines: new LineIndex(text) },
  };
  for (const decl of tree.funcs) if (decl.name !== undefined) functions.set(decl.name.text, { decl, scope });
  return scope;
}

/** The findings in all functions of a text. */
export function findingsOf(text: string, imports: Readonly<Record<string, string>> = {}): SyntaxFinding[] {
  const scope = scopeOf(text, imports);
  return checkFunctions(
    [...scope.functions.values()].map(({ decl }) => decl),
    scope,
  );
}

/** The function `w` of some declarations, as a worker. */
export function workerOf(declarations: string, imports: Readonly<Record<string, string>> = {}): WorkerFn {
  const text = `package app\n${declarations}`;
  const findings = findingsOf(text, imports);
  const target = scopeOf(text, imports).functions.get("w");
  if (findings.length > 0 || target === undefined) throw new Error(`${text}\n${JSON.stringify(findings)}`);
  return new WorkerCompiler().worker(target);
}

/** What `w` makes of a payload. */
export function run(declarations: string, payload: Json = {}): Outcome {
  return workerOf(declarations)(eventOf(payload), contextAt());
}

/** The value of an expression in which `ev` is the event and `p` its payload; the code if it fails. */
export function evaluated(expr: string, payload: Json = {}): Json {
  const outcome = run(`func w(ev) any { p := ev.payload\nreturn [${expr}] }`, payload);
  return Array.isArray(outcome) ? (outcome[0] ?? null) : codeOf(outcome);
}

/** What `w` makes of a payload; the code if it fails, "silence" if nothing leaves. */
export function resultOf(declarations: string, payload: Json = {}): Json {
  return shown(run(declarations, payload));
}

/** An outcome as JSON. */
export function shown(outcome: Outcome): Json {
  return outcome === SILENCE || outcome instanceof WorkerFault ? codeOf(outcome) : outcome;
}

function codeOf(outcome: Outcome): string {
  if (outcome instanceof WorkerFault) return outcome.code;
  return outcome === SILENCE ? "silence" : "";
}

export function eventOf(payload: Json): WorkerEvent {
  return { id: "P/ingress/0", payload, time: 3, attempt: 1, trace: { span: "s" } };
}

/** A context at a virtual time, with a store of its own. */
export function contextAt(ms = 0): WorkerContext & { readonly clock: DeterministicClock } {
  const clock = new DeterministicClock(ms);
  return { clock, now: () => clock.now(), state: new Registry(clock).store("P/w"), rng: seededRng(1) };
}

function parse(text: string): SourceFile {
  const { tree, findings } = parseSource(text.startsWith("package") ? text : `package app\n${text}`);
  if (findings.length > 0) throw new Error(`${text}\n${JSON.stringify(findings)}`);
  return tree;
}
