import type { WorkerNames } from "../functions/mod.ts";
import { type FilePragmas, Findings, type PipelineBody, type Span, type Suggestions } from "../syntax/mod.ts";
import { checkEdges } from "./edge_checks.ts";
import { type EdgeSettings, edgeSettings } from "./edge_settings.ts";
import type { StepInstance } from "./step_instance.ts";
import { mentionsOf } from "./step_mentions.ts";
import { checkPermissions } from "./step_permissions.ts";
import { resolveSteps } from "./step_resolver.ts";
import { readStepSettings, type StepSettings } from "./step_settings.ts";
import { type StepWorker, StepWorkers } from "./step_worker.ts";
import { UnknownNames } from "./unknown_names.ts";
import { checkWholeGraph } from "./whole_graph.ts";
import { type Wire, wiresOf } from "./wiring.ts";

/** What the checks of a pipeline must know of its file. */
export interface FileContext {
  readonly text: string;
  readonly pragmas: FilePragmas;
  readonly names: WorkerNames;
  readonly suggestions: Suggestions;
}

/** A step with all that is said of it. */
export interface CheckedStep {
  readonly instance: StepInstance;
  readonly settings: StepSettings;
  readonly worker: StepWorker | undefined;
  readonly edge: EdgeSettings;
}

/** The body of a pipeline or of an error block. */
export interface CheckedBody {
  /** In order of declaration. */
  readonly steps: readonly CheckedStep[];
  /** In source order, each once. */
  readonly edges: readonly Wire[];
  readonly findings: Findings;
  /** Every name is known: without errors, the body can run. */
  readonly resolved: boolean;
}

/**
 * Checks the body of a pipeline or of an error block: its steps, what they are told, its edges, and if these are sound the
 * graph as a whole (pipelines §2, §3, §9–§12).
 *
 * @param keyword where findings about the whole stand: the word `pipeline` or `error`
 */
export function checkBody(
  body: PipelineBody,
  { keyword, isError }: { readonly keyword: Span; readonly isError: boolean },
  context: FileContext,
): CheckedBody {
  const findings = new Findings();
  const unknown = new UnknownNames();
  const chains = mentionsOf(body, context.names);
  const { instances, instanceOf } = resolveSteps(chains.flat(), context.names, findings, unknown);
  const named = !findings.hasErrors;
  const workers = new StepWorkers(context.names, findings, unknown, context.suggestions);
  const steps = instances.map((instance) => checkStep(instance, context, workers, findings));

  const beforeEdges = findings.list.length;
  const edges = checkEdges(
    wiresOf(chains, instanceOf),
    instances,
    (step) => steps[step.index]?.settings.type,
    findings,
  );
  const connected = findings.list.slice(beforeEdges).every(({ code }) => code.startsWith("W_"));
  if (body.chains.length > 0 || isError) {
    if (named && connected && !unknown.any) {
      const links = edges.map(({ from, to }) => ({ from: from.index, to: to.index }));
      checkWholeGraph({ keyword, isError, steps: instances, edges: links }, findings);
    }
  } else findings.add("W_PIPELINE_EMPTY", "the pipeline has no steps and passes every event through", keyword);

  // A name that is nothing may stand in a module or a declaration that could not be read: that is reported there.
  if (!context.names.incomplete) unknown.report(findings, context.suggestions);
  return { steps, edges, findings, resolved: !unknown.any };
}

function checkStep(
  instance: StepInstance,
  context: FileContext,
  workers: StepWorkers,
  findings: Findings,
): CheckedStep {
  checkPermissions(instance, context.pragmas, findings);
  const isWorker = (name: string): boolean => context.names.meaning(name) !== undefined;
  // What an unknown step may be told is unknown too.
  const own = instance.broken ? new Findings() : findings;
  const settings = readStepSettings(instance, context.text, isWorker, own);
  const worker = instance.broken ? undefined : workers.of(instance, settings.worker);
  const edge = edgeSettings(settings.edge, settings.plan?.buffer, context.pragmas.policy);
  return { instance, settings, worker, edge };
}
