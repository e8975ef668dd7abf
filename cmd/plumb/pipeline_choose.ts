import type { PipelineGraph } from "../../internal/ami/mod.ts";
import { type Diagnostic, diagnostic, didYouMean } from "../../internal/diag/mod.ts";
import type { LoadedFile } from "./pipeline_load.ts";

/**
 * The pipeline of a package that `--pipeline` names, or without one the only pipeline of FILE (cli.md, `plumb pipeline run`);
 * else the finding `E_PIPELINE_UNKNOWN`.
 */
export function choosePipeline(loaded: LoadedFile, name: string | undefined): PipelineGraph | Diagnostic {
  const { unit, package: found } = loaded;
  const [only, ...others] = unit.pipelines;
  if (name === undefined && others.length > 0) {
    return unknown(`${unit.file} declares ${unit.pipelines.join(", ")}: say which to run with --pipeline NAME`);
  }
  if (name === undefined && only === undefined) return unknown(`${unit.file} declares no pipeline`);
  const wanted = name ?? only ?? "";
  const graph = found.pipelines.get(wanted);
  if (graph !== undefined) return graph;
  const known = [...found.pipelines.keys()];
  const have = known.length === 0 ? "declares none" : `has ${known.join(", ")}`;
  return unknown(`unknown pipeline ${wanted}: package ${found.name} ${have}`, didYouMean(wanted, known));
}

function unknown(message: string, help?: string): Diagnostic {
  return diagnostic({ code: "E_PIPELINE_UNKNOWN", message, data: help === undefined ? undefined : { help } });
}
