import type { Finding } from "../../diag/mod.ts";
import { openTemplate, type Store } from "../../store/mod.ts";
import { Engine, HandlerHang, type Handlers, type Outcome, type Program } from "../../sync/mod.ts";
import type { TraceEvent } from "../../trace/mod.ts";
import type { Strict } from "../../value/mod.ts";
import { DEFAULT_SEED, DeterministicClock, type Rng, type SeqClock, seededRng } from "../../world/mod.ts";
import {
  type At,
  CaptureError,
  fillFields,
  type InvokeStep,
  type RunStep,
  type ScenarioSpec,
  settleStep,
} from "../scenario/mod.ts";
import { Answers } from "./answers.ts";
import { capture } from "./capture.ts";
import { CollectedEvents } from "./collected_events.ts";
import type { RunFlow } from "./flow_world.ts";
import { type ExpectedOutcome, judgeStep } from "./judge_step.ts";
import { completedLine, failedLine, firedLine, flowLine, type StepKind } from "./step_log.ts";

/** Real ms that a call of a handler may take where neither the scenario nor `--timeout` says (scenarios.md §7). */
export const HANDLER_MS = 10_000;

/** What a scenario is run with. */
export interface RunOptions {
  readonly program: Program;
  readonly handlers: Handlers;
  /** What `--timeout` says; undefined: 10 s. */
  readonly timeoutMs?: number | undefined;
  /** Used from where it stands; default: one that begins at 0. */
  readonly clock?: SeqClock | undefined;
  /** The token of all steps; default: the scenario's. */
  readonly flowToken?: string | undefined;
  /** What runs flows: there where any is run, because its engine is loaded for that only. */
  readonly runFlow?: RunFlow | undefined;
  /** The chance of the case; default: that of the default seed. */
  readonly rng?: Rng | undefined;
  /** Called after each event. */
  readonly onEvent?: (() => void) | undefined;
  /** Takes the lines of `-v`. */
  readonly log?: ((line: string) => void) | undefined;
}

/**
 * `ended`: no further step runs, what there is can be judged; `broken`: nor are there grounds to judge anything else, because
 * the setup or the flow did not come to where it should.
 */
type Progress = "running" | "ended" | "broken";

/**
 * The steps of one case, run on a log of their own (scenarios.md §7, Running): `setup`, then `flow`, then `close`. What does not
 * hold is collected, in the order of §8.
 */
export class ScenarioRun {
  readonly spec: ScenarioSpec;
  readonly program: Program;
  readonly store: Store;
  readonly flowToken: string;
  /** What steps captured so far. */
  readonly captured = new Map<string, Strict>();
  readonly findings: Finding[] = [];
  readonly #collected = new CollectedEvents();
  readonly #engine: Engine;
  readonly #answers: Answers;
  readonly #log: ((line: string) => void) | undefined;
  readonly #warnings = new Map<string, Finding>();
  readonly #runFlow: RunOptions["runFlow"];
  readonly #rng: Rng;
  #virtualMs = 0;
  #progress: Progress = "running";

  constructor(spec: ScenarioSpec, options: RunOptions) {
    const { program, handlers, timeoutMs, clock, flowToken, log } = options;
    this.spec = spec;
    this.#runFlow = options.runFlow;
    this.#rng = options.rng ?? seededRng(DEFAULT_SEED);
    this.program = program;
    this.flowToken = (flowToken ?? spec.flowToken).normalize("NFC");
    this.#log = log;
    this.#answers = new Answers(spec, program.actions);
    this.store = openTemplate(program.template(), { specHash: program.specHash });
    this.#engine = new Engine({
      store: this.store,
      program,
      handlers,
      clock: clock ?? new DeterministicClock(),
      maxSteps: spec.maxSteps,
      timeoutMs: spec.timeoutMs ?? timeoutMs ?? HANDLER_MS,
      answer: (invocation) => this.#answers.answer(invocation),
      observer: {
        completed: (completion) => {
          this.#collected.completed(completion);
          options.onEvent?.();
        },
        fired: (sync, completionId, invocationId, bindings) => {
          this.#collected.fired(sync, completionId, invocationId, bindings);
          this.#log?.(firedLine(sync, completionId, invocationId));
          options.onEvent?.();
        },
        warned: (warning) => void this.#warnings.set(JSON.stringify(warning), warning),
      },
    });
  }

  /** Virtual time that flows took, in milliseconds. */
  get virtualMs(): number {
    return this.#virtualMs;
  }

  /** Whether assertions and golden file can say something. */
  get isJudgeable(): boolean {
    return this.#progress !== "broken";
  }

  /** What the engine warned of, each once, and the stub entries that nobody used. */
  get warnings(): readonly Finding[] {
    const unused = this.isJudgeable ? this.#answers.unused() : [];
    return [
      ...this.#warnings.values(),
      ...unused.map(({ action, file, pos }): Finding => {
        const message = `this stub of ${action} answered nothing: no invocation came to it`;
        return { level: "warn", code: "W_STUB_UNUSED", message, file, pos };
      }),
    ];
  }

  /** The trace: all events so far, in `seq` order. */
  events(): readonly TraceEvent[] {
    // A flow that failed leaves invocations that nothing completed.
    if (this.#progress === "running") return this.#collected.events();
    return this.store.reader.trace({ flow_token: this.flowToken, status: "open" }).events;
  }

  /** A step that misses what it expects ends the case. */
  setup(steps: readonly InvokeStep[]): void {
    for (const _ of this.setupSteps(steps));
  }

  flow(steps: ScenarioSpec["flow"]): void {
    for (const _ of this.flowSteps(steps));
  }

  /** `setup`, with a stop after every step: handlers may take long, and somebody may want to interrupt. */
  *setupSteps(steps: readonly InvokeStep[]): Generator<undefined, void> {
    for (const [index, step] of steps.entries()) {
      if (this.#progress !== "running") return;
      this.#step("setup", index + 1, step);
      if (this.findings.length > 0) this.#progress = "broken";
      yield undefined;
    }
  }

  /** `flow`, with a stop after every step. */
  *flowSteps(steps: ScenarioSpec["flow"]): Generator<undefined, void> {
    if (this.#progress === "broken") return;
    for (const [index, step] of steps.entries()) {
      if (this.#progress !== "running") {
        this.#notRun(step, index + 1, steps.length);
        return;
      }
      this.#step("flow", index + 1, step);
      yield undefined;
    }
  }

  close(): void {
    this.store.close();
  }

  #step(kind: StepKind, number: number, written: ScenarioSpec["flow"][number]): void {
    const name = kind === "setup" ? `setup ${number}` : `step ${number}`;
    try {
      if ("ir" in written) {
        this.#run(name, number, written);
        return;
      }
      const step = settleStep(written, this.captured, this.program);
      const root = { action: step.action, args: fillFields(step.args, this.captured), flowToken: this.flowToken };
      const expected = this.#expected(step);
      this.#answers.begin(expected?.kind === "case" ? expected : undefined);
      const outcome = step.refused === undefined ? this.#engine.invoke(root) : refusal(step.refused);
      this.#log?.(lineOf(kind, number, step, outcome));
      this.#settle(name, step, expected, outcome);
    } catch (error) {
      if (!(error instanceof CaptureError || error instanceof HandlerHang)) throw error;
      this.#progress = "broken";
      this.#find(written, { code: error.code, message: `${name}: ${error.code}: ${error.message}` });
    }
  }

  /** A flow leaves no events in the log; what it should come to, its step says. */
  #run(name: string, number: number, step: RunStep): void {
    if (this.#runFlow === undefined) throw new Error("nothing was loaded that runs flows");
    const world = { rng: this.#rng, runId: this.flowToken };
    const { findings, warnings, status, virtualMs } = this.#runFlow(name, step, this.captured, world);
    this.#virtualMs += virtualMs;
    this.#log?.(flowLine(number, step.flow, status));
    const { file, pos } = step;
    for (const { code, message } of warnings) {
      const warning: Finding = { level: "warn", code, message, file, pos };
      this.#warnings.set(JSON.stringify(warning), warning);
    }
    for (const finding of findings) this.#find(step, finding);
  }

  #settle(name: string, step: InvokeStep, expected: ExpectedOutcome | undefined, outcome: Outcome): void {
    const found = judgeStep(name, expected, outcome);
    for (const finding of found) this.#find(step, finding);
    if (outcome.kind === "completed") {
      this.findings.push(...capture(name, step.capture, outcome.completion.result, this.captured));
    } else if (outcome.kind === "failed") {
      // A failed flow is closed; where its failure is what the step expects, the rest can be judged.
      this.#progress = found.length === 0 ? "ended" : "broken";
    }
  }

  #expected({ expect }: InvokeStep): ExpectedOutcome | undefined {
    if (expect === undefined || expect.kind === "error") return expect;
    return { ...expect, result: Object.entries(fillFields(expect.result, this.captured)) };
  }

  #notRun(step: At, from: number, to: number): void {
    const which = from === to ? `step ${from}` : `steps ${from}-${to}`;
    this.#find(step, { code: "E_EXPECT_MISMATCH", message: `${which} not run` });
  }

  #find({ file, pos }: At, finding: Finding): void {
    this.findings.push({ file, pos, ...finding });
  }
}

/** Of args that cannot be given to an engine. */
function refusal(findings: NonNullable<InvokeStep["refused"]>): Outcome {
  const [{ code, message }] = findings;
  return { kind: "refused", code, message, findings };
}

function lineOf(kind: StepKind, number: number, { action }: InvokeStep, outcome: Outcome): string {
  switch (outcome.kind) {
    case "completed":
      return completedLine(kind, number, outcome.completion);
    case "refused":
      return failedLine(kind, number, "refused", { action, code: outcome.code });
    case "failed":
      return failedLine(kind, number, "failed", {
        action,
        code: outcome.error.code,
        invocationId: outcome.invocationId,
      });
  }
}
