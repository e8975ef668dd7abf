import type { TestOptions } from "../../internal/harness/mod.ts";

type Selection = Pick<TestOptions, "paths" | "run" | "shard">;

/** One sentence on a run without any case: what was looked for, and where. */
export function nothingToRun({ paths, run, shard }: Selection): string {
  const places = paths.join(", ");
  const filters = [
    ...(run === undefined ? [] : [`matches --run ${run.source}`]),
    ...(shard === undefined ? [] : [`falls to --shard ${shard.index}/${shard.count}`]),
  ];
  if (filters.length > 0) return `nothing to run: no case of ${places} ${filters.join(" and ")}`;
  const files = paths.every((path) => /(?:_test\.ami|\.scenario\.yaml|\.concept\.yaml)$/.test(path));
  const where = files ? `no case in ${places}` : `no *_test.ami or *.scenario.yaml below ${places} has a case`;
  return `nothing to run: ${where}`;
}
