import type { Diagnostic } from "../../diag/mod.ts";
import { WorkerCompiler, type WorkerModules } from "../functions/mod.ts";
import type { AmiPackage } from "./ami_package.ts";
import { buildGraph, type GraphSite } from "./build_graph.ts";
import type { CheckedFile } from "./check_file.ts";
import { type CheckedPackage, firstError, pipelineError } from "./check_package.ts";
import type { PipelineGraph } from "./graph.ts";

/**
 * Compiles the pipelines of a package that can run, and says of the others why they cannot.
 *
 * @param shared an error that concerns all of them
 */
export function buildPipelines(
  checked: CheckedPackage,
  shared: Diagnostic | undefined,
  modules: WorkerModules,
): Pick<AmiPackage, "pipelines" | "broken"> {
  const pipelines = new Map<string, PipelineGraph>();
  const broken = new Map<string, Diagnostic>();
  const compiler = new WorkerCompiler();
  for (const file of checked.files) {
    const site = siteOf(file, checked, compiler, modules);
    for (const pipeline of file.pipelines) {
      const name = pipeline.decl.name.text;
      // Of a name that is declared twice the first holds; that there is a second is a shared error.
      if (pipelines.has(name) || broken.has(name)) continue;
      const error = firstError([shared, pipelineError(pipeline, file, checked)].flatMap((found) => found ?? []));
      if (error !== undefined) broken.set(name, error);
      else {
        const block = pipeline.error === undefined ? undefined : buildGraph(name, pipeline.error, site);
        pipelines.set(name, buildGraph(name, pipeline.body, site, block));
      }
    }
  }
  return { pipelines, broken };
}

function siteOf(
  { file }: CheckedFile,
  { node }: CheckedPackage,
  compiler: WorkerCompiler,
  modules: WorkerModules,
): GraphSite {
  const { unit, scope } = file;
  return {
    package: node.sources.name,
    unit: unit.name,
    folder: unit.folder,
    lines: unit.lines,
    pragmas: unit.pragmas,
    scope,
    compiler,
    modules,
  };
}
