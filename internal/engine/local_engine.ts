import { type Diagnostic, diagnostic } from "../diag/mod.ts";
import { FlowInputError, type FlowIr, type FlowNode, type RunResult } from "../flow/mod.ts";
import type { DeterministicClock, Rng } from "../world/mod.ts";
import type { Engine, EngineRun, RunRequest } from "./engine.ts";
import { LocalRun } from "./local_run.ts";
import { Mocks } from "./mocks.ts";
import { neededNodes } from "./needed_nodes.ts";
import { POLICY_APPLY, POLICY_STEPS, policyDocument } from "./policy_steps.ts";
import { type PreparedFlow, prepareFlow } from "./prepared_flow.ts";
import { capabilitiesMismatch, missingKinds, refused } from "./refusal.ts";
import { runDraws, runRng } from "./run_draws.ts";
import { type RunTime, realRunTime, virtualRunTime } from "./run_time.ts";
import type { Performer, StepProvider } from "./step_provider.ts";
import { unusedMock } from "./unused_mock.ts";

export interface LocalEngineOptions {
  readonly mocks?: Mocks | undefined;
  /** Plugins, then built-ins, in the order in which they are asked; `policy.apply` comes last and is always there. */
  readonly providers?: readonly StepProvider[] | undefined;
  /** The time of a run; default: real. */
  readonly time?: (() => RunTime) | undefined;
  /** `--seed` (flows §11). */
  readonly seed?: number | undefined;
  /** The generator of the world that runs belong to; then neither the run_id nor a seed counts. */
  readonly rng?: Rng | undefined;
}

/**
 * Engine `local` (flows §11): in this process, one node at a time. Who performs a step, first match: control kinds, mocks,
 * providers, `policy.apply`.
 */
export class LocalEngine implements Engine {
  readonly name = "local";
  readonly #mocks: Mocks;
  readonly #providers: readonly StepProvider[];
  readonly #options: LocalEngineOptions;

  constructor(options: LocalEngineOptions = {}) {
    this.#options = options;
    this.#mocks = options.mocks ?? Mocks.NONE;
    this.#providers = [this.#mocks, ...(options.providers ?? []), POLICY_STEPS];
  }

  async run(request: RunRequest): Promise<EngineRun> {
    const { time = realRunTime } = this.#options;
    const opened = this.#open(request, time());
    return { ...opened.about, result: opened.refusal ?? (await opened.run.run()) };
  }

  /**
   * Runs a flow in virtual time, without a promise: no provider may give one.
   * @throws FlowInputError as `run`
   */
  runAtOnce(request: RunRequest, clock: DeterministicClock): EngineRun {
    const time = virtualRunTime(clock);
    const opened = this.#open(request, time);
    return { ...opened.about, result: opened.refusal ?? opened.run.runAtOnce(time.pass) };
  }

  #open(request: RunRequest, time: RunTime): Opened {
    const { ir, inputs, runId, traceId } = request;
    this.#checkPolicies(ir);
    const warnings = this.#mocks.unused(ir).map((key) => unusedMock(key, "no step has this id or kind"));
    const about = { runId, warnings };
    const { rng, seed } = this.#options;
    const draws = runDraws(rng ?? runRng(runId, seed), this.#mocks.draws);
    const context = { ir, inputs, runId, traceId, time, ...draws };
    const flow = prepareFlow(ir);
    const performers = performersOf(
      flow,
      this.#providers.map((provider) => provider.open(context)),
    );
    const alone = this.#unperformed(flow, performers);
    if (alone.length > 0) {
      return { about, refusal: refused(request, capabilitiesMismatch(this.name, ir, missingKinds(alone))) };
    }
    return { about, refusal: undefined, run: new LocalRun(request, { flow, time, performers }) };
  }

  /** The nodes that may run and that nobody performs. */
  #unperformed({ graph, nodes }: PreparedFlow, performers: readonly unknown[]): readonly FlowNode[] {
    const alone = nodes.flatMap(({ node, isControl }, at) =>
      isControl || performers[at] !== undefined ? [] : [{ node, at }],
    );
    if (alone.length === 0) return [];
    const needed = neededNodes(graph, (node) => this.#mocks.neverSucceeds(node));
    return alone.flatMap(({ node, at }) => (needed.has(at) ? [node] : []));
  }

  async close(): Promise<void> {
    // Nothing outlives a run.
  }

  /** E_POLICY_MISSING (flows §9): a step that nobody but its policy can answer, without one. */
  #checkPolicies(ir: FlowIr): void {
    const findings: Diagnostic[] = [];
    for (const node of ir.graph.nodes) {
      if (node.type !== POLICY_APPLY || policyDocument(ir, node) !== undefined || this.#mocks.has(node)) continue;
      const id = node.policy ?? ir.constants.policyRef;
      const message = `step ${node.id} needs the policy ${id}, which the IR does not have, and no mock answers for it`;
      findings.push(diagnostic({ code: "E_POLICY_MISSING", message }));
    }
    if (findings.length > 0) throw new FlowInputError(findings);
  }
}

/** A run that can begin, or the result of one that cannot. */
type Opened = { readonly about: Omit<EngineRun, "result"> } & (
  | { readonly refusal: RunResult }
  | { readonly refusal: undefined; readonly run: LocalRun }
);

/** Who performs each node, the first of those who know it; nobody a control node. */
function performersOf(
  { nodes }: PreparedFlow,
  opened: readonly ((node: FlowNode) => Performer | undefined)[],
): readonly (Performer | undefined)[] {
  return nodes.map(({ node, isControl }) => {
    if (isControl) return undefined;
    for (const performerOf of opened) {
      const performer = performerOf(node);
      if (performer !== undefined) return performer;
    }
    return undefined;
  });
}
