import type { StepNode } from "../syntax/mod.ts";
import { builtinWorkerNames } from "./builtin_worker_reader.ts";

/** The correction of a built-in worker that stands where a step does: workers stand inside of a Transform (pipelines §4). */
export function builtinWorkerHelp({ name, parens }: StepNode): string | undefined {
  if (![...builtinWorkerNames()].includes(name.text)) return undefined;
  return `Transform(${name.text}${parens ? "(…)" : ""})`;
}
