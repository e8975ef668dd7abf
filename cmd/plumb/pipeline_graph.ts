import { join, resolve } from "node:path";
import {
  artifactText,
  edgesDocument,
  type PipelineGraph,
  pipelinesDocument,
  renderDot,
  renderJson,
  renderMermaid,
  renderText,
} from "../../internal/ami/mod.ts";
import { type CommandSpec, type ParsedArgs, UsageError } from "../../internal/cli/mod.ts";
import { EXIT, type ExitCode, errorText } from "../../internal/diag/mod.ts";
import { writeAtomically } from "../../internal/files/mod.ts";
import { TsWorkers } from "../../internal/ts_workers/mod.ts";
import type { Terminal } from "./command.ts";
import type { GlobalFlag } from "./global_flags.ts";
import { choosePipeline } from "./pipeline_choose.ts";
import { DEFAULT_DEBUG_FOLDER, type PIPELINE_GRAPH } from "./pipeline_graph_command.ts";
import { type LoadedFile, loadFile } from "./pipeline_load.ts";
import { tellProblem } from "./tell_problem.ts";

type GraphFlag = typeof PIPELINE_GRAPH extends CommandSpec<infer Name> ? Name : never;
type GraphArgs = ParsedArgs<GraphFlag | GlobalFlag>;

const RENDERERS: Readonly<Record<string, (graphs: readonly PipelineGraph[]) => string>> = {
  text: renderText,
  dot: renderDot,
  mermaid: renderMermaid,
  json: renderJson,
};

/**
 * `plumb pipeline graph FILE` (spec/cli.md).
 *
 * @throws UsageError for a FILE that is none, and for debug artifacts that cannot be written
 */
export function run(args: GraphArgs, terminal: Terminal): ExitCode {
  const modules = new TsWorkers({ virtual: true, open: true });
  const loaded = loadFile(args.positionals[0] ?? "", modules, terminal, args.has("verbose"));
  if (loaded === undefined) return EXIT.usage;
  const graphs = chosenGraphs(loaded, args.value("pipeline"));
  if ("code" in graphs) {
    tellProblem(graphs, terminal);
    return EXIT.usage;
  }
  if (args.has("emit-debug")) {
    const folder = args.value("emit-debug") ?? DEFAULT_DEBUG_FOLDER;
    try {
      writeArtifacts(loaded, resolve(terminal.cwd, folder));
    } catch (error) {
      throw new UsageError("E_USAGE_VALUE", `--emit-debug=${folder} cannot be written: ${errorText(error)}`);
    }
  }
  const render = RENDERERS[args.value("format") ?? "text"] ?? renderText;
  terminal.out.write(render(graphs));
  return EXIT.ok;
}

function chosenGraphs(loaded: LoadedFile, name: string | undefined): readonly PipelineGraph[] | ChosenFault {
  if (name === undefined) {
    return loaded.unit.pipelines.flatMap((pipeline) => loaded.package.pipelines.get(pipeline) ?? []);
  }
  const graph = choosePipeline(loaded, name);
  return "code" in graph ? graph : [graph];
}

type ChosenFault = Exclude<ReturnType<typeof choosePipeline>, PipelineGraph>;

/** Writes the debug artifacts of a package (pipelines §15). */
function writeArtifacts({ package: found }: LoadedFile, folder: string): void {
  const graphs = [...found.pipelines.values()];
  writeAtomically(join(folder, "asm", found.name, "edges.json"), artifactText(edgesDocument(found.name, graphs)));
  for (const { name: unit, pragmas } of found.units) {
    const document = pipelinesDocument(
      { package: found.name, unit, pragmas },
      graphs.filter((graph) => graph.unit === unit),
    );
    writeAtomically(join(folder, "ir", found.name, `${unit}.pipelines.json`), artifactText(document));
  }
}
