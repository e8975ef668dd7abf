import { type MergePlan, stepLabel } from "../ami/mod.ts";
import { refuse } from "./check_error.ts";
import { makeModuleWithEdges } from "./edges_file.ts";
import type { Edge, Module, ModulePipeline } from "./module.ts";

/**
 * A new module in which a step is a Collect with a copy of the plan; a plan that it has already is replaced. `step` is called as
 * in output: `C`, `C#2`.
 *
 * Throws a CheckError: E_PIPELINE_UNKNOWN, or E_STEP_UNKNOWN for a step that no edge names.
 */
export function attachCollect(module: Module, pipeline: string, step: string, plan: MergePlan): Module {
  const found = findPipeline(module, pipeline);
  if (!stepNames(found.edges).has(step)) refuse("E_STEP_UNKNOWN", `no edge of pipeline ${pipeline} names step ${step}`);
  const others = found.collects.filter((collect) => collect.step !== step);
  const changed = { ...found, collects: [...others, { step, plan: structuredClone(plan) }] };
  return { ...module, pipelines: module.pipelines.map((other) => (other === found ? changed : other)) };
}

/** A pipeline of a module. Throws a CheckError, E_PIPELINE_UNKNOWN. */
export function findPipeline(module: Module, name: string): ModulePipeline {
  const found = module.pipelines.find((pipeline) => pipeline.name === name);
  return found ?? refuse("E_PIPELINE_UNKNOWN", `module ${module.package} has no pipeline ${name}`);
}

/** The steps that edges name, as output calls them, in the order in which they are named. */
export function stepNames(edges: readonly Edge[]): ReadonlySet<string> {
  return new Set(
    edges.flatMap(({ from, fromId = 1, to, toId = 1 }) => [
      stepLabel({ name: from, id: fromId }),
      stepLabel({ name: to, id: toId }),
    ]),
  );
}

/** `ingress -> step -> egress`, where `step` is a Collect. */
export function makeCollectOnlyModule(
  dir: string,
  pkg: string,
  pipeline: string,
  step: string,
  plan: MergePlan,
): Module {
  return makeTransformAndCollectModule(dir, pkg, pipeline, [], step, plan);
}

/** `ingress -> t1 -> t2 … -> egress` */
export function makeTransformOnlyModule(
  dir: string,
  pkg: string,
  pipeline: string,
  transforms: readonly string[],
): Module {
  return makeModuleWithEdges(dir, pkg, pipeline, chain(["ingress", ...transforms, "egress"]));
}

/** `ingress -> t1 -> t2 … -> step -> egress`, where `step` is a Collect. */
export function makeTransformAndCollectModule(
  dir: string,
  pkg: string,
  pipeline: string,
  transforms: readonly string[],
  step: string,
  plan: MergePlan,
): Module {
  const edges = chain(["ingress", ...transforms, step, "egress"]);
  return attachCollect(makeModuleWithEdges(dir, pkg, pipeline, edges), pipeline, step, plan);
}

function chain(steps: readonly string[]): Edge[] {
  return steps.slice(1).map((to, index) => ({ from: steps[index] ?? "", to }));
}
