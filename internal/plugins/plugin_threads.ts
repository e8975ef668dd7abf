import type { Diagnostic } from "../diag/mod.ts";
import {
  type FoundKinds,
  judgeKinds,
  type LateAnswer,
  type Performer,
  type PluginModule,
  type RunContext,
  type StepAnswer,
  type StepCall,
  type StepProvider,
  stepFailure,
} from "../engine/mod.ts";
import type { FlowNode } from "../flow/mod.ts";
import { faultIn, type Letter, ModuleThread, type Print, scanModule, WATCHDOG_MS } from "../user_modules/mod.ts";
import { nearestDoubles } from "../value/mod.ts";
import { ENDED } from "./perform_plugin.ts";
import { type PluginCall, type PluginEnd, type PluginQuestion, read, write } from "./plugin_call.ts";
import { KINDS, PLUGIN_MODULES } from "./plugin_kind.ts";
import { threadUrl } from "./thread_url.ts";

/** A step kind, and the module that has it; plain data. */
export interface PluginStepKind extends PluginModule {
  readonly kind: string;
}

export interface PluginThreadsOptions {
  /** Modules may import and use the whole host: `--allow fs` or `--allow net`. */
  readonly open: boolean;
  /** Real milliseconds after which a plugin that holds its thread is given up. */
  readonly watchdogMs?: number;
  readonly print?: Print;
}

/**
 * Runs plugins under `plumb test` (flows §11): in a thread of their own, in virtual time, without the host unless it is `open`.
 * Calls block until they are done. It guards against accidents, not against malice.
 */
export class PluginThreads {
  readonly #open: boolean;
  readonly #thread: ModuleThread;
  readonly #numbers = new Map<string, number>();

  constructor({ open, watchdogMs = WATCHDOG_MS, print = () => undefined }: PluginThreadsOptions) {
    this.#open = open;
    const policy = { open, virtual: true };
    this.#thread = new ModuleThread({ kind: PLUGIN_MODULES, url: threadUrl(), policy, watchdogMs, print });
  }

  /** The step kinds of modules, and why some cannot be used (E_PLUGIN_…, exit 2). Modules are looked into before they are run. */
  kinds(files: readonly PluginModule[]): {
    readonly kinds: readonly PluginStepKind[];
    readonly findings: readonly Diagnostic[];
  } {
    const { kinds, findings } = judgeKinds(
      files.map((file) => this.#kindsOf(file)),
      (type) => type === "function",
    );
    return { kinds: [...kinds].map(([kind, { module }]) => ({ ...module, kind })), findings };
  }

  /** Performs steps of these kinds, each attempt at once. */
  provider(kinds: readonly PluginStepKind[]): StepProvider {
    const byKind = new Map(kinds.map((one) => [one.kind, one]));
    return {
      open: (run) => {
        const flowEnds = endOf(run);
        return (node) => {
          const plugin = byKind.get(node.type);
          return plugin === undefined ? undefined : this.#performer(plugin, node, run, flowEnds);
        };
      },
    };
  }

  /** A case begins: modules are evaluated anew, and print to `print` from now on. */
  begin(print: Print): void {
    this.#thread.renew(print);
  }

  /** Ends the thread. A call after this starts another. */
  close(): void {
    this.#thread.close();
  }

  #kindsOf(module: PluginModule): FoundKinds<string> {
    const scanned = scanModule(module.path, this.#open, PLUGIN_MODULES);
    if ("code" in scanned) return { module, code: scanned.code, why: scanned.message };
    const letter = this.#call({ ...module, kind: KINDS }, "", () => "");
    if (letter.kind === ENDED) return { module, kinds: JSON.parse(letter.text) };
    const { code, message } = faultIn(letter);
    return { module, code, why: message };
  }

  #performer(plugin: PluginStepKind, node: FlowNode, run: RunContext, flowEnds: number): Performer {
    return (call) => {
      const now = run.time.now();
      const until = Math.min(node.timeout_ms === 0 ? Number.POSITIVE_INFINITY : now + node.timeout_ms, flowEnds);
      const letter = this.#call(plugin, write(told(call, run, now, until)), (question) => answer(question, call, run));
      if (letter.kind !== ENDED) return faultOf(letter);
      const end = read<PluginEnd>(letter.text);
      if (end.answer !== null) return end.slept === 0 ? end.answer : { afterMs: end.slept, answer: end.answer };
      return never(call, until);
    };
  }

  #call(plugin: PluginStepKind, text: string, onQuestion: (question: string) => string): Letter {
    const { path, shown, kind: name } = plugin;
    const key = `${path}\0${name}`;
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return this.#thread.call({ number, path, name, shown }, text, 0, onQuestion);
  }
}

function endOf({ ir, time }: RunContext): number {
  return ir.flow.timeout_ms === 0 ? Number.POSITIVE_INFINITY : time.now() + ir.flow.timeout_ms;
}

function told(call: StepCall, run: RunContext, now: number, until: number): PluginCall {
  const { stepId, kind, attempt } = call;
  const { runId, traceId } = run;
  return {
    args: nearestDoubles(call.args) as PluginCall["args"],
    inputs: nearestDoubles(run.inputs) as PluginCall["inputs"],
    runId,
    traceId,
    stepId,
    kind,
    attempt,
    now,
    until: until === Number.POSITIVE_INFINITY ? null : until,
  };
}

function answer(text: string, call: StepCall, run: RunContext): string {
  const question = read<PluginQuestion>(text);
  if (question.ask === "random") return String(run.random());
  call.log(question.level, question.message);
  return "";
}

/** One that never answers is for a time limit to end; without any, nothing else would. */
function never({ stepId }: StepCall, until: number): StepAnswer | LateAnswer {
  const failed = stepFailure(
    `${stepId} never answers: it waits for nothing that could still happen`,
    { cause: "Hang" },
    false,
  );
  return until === Number.POSITIVE_INFINITY ? failed : { afterMs: Number.POSITIVE_INFINITY, answer: failed };
}

/** It held its thread, ended it, or could not be loaded any more. */
function faultOf(letter: Letter): StepAnswer {
  const { code, message } = faultIn(letter);
  return stepFailure(`${code}: ${message}`, { cause: code === "E_WORKER_HANG" ? "Hang" : "Plugin" }, false);
}
