import { diagnostic } from "../../diag/mod.ts";
import type { Json } from "../../value/mod.ts";
import type { GoldenWrite } from "../outcome.ts";
import type { ExpectedOutput } from "./case_input.ts";

/** What `--update` writes for a case whose only failure is its output: JSON indented by two, a final newline (ami-tests §6). */
export function outputWrite(
  expected: ExpectedOutput,
  output: Json,
  file: string,
  atMs: number,
): GoldenWrite | undefined {
  const { golden, pos } = expected;
  if (golden === undefined) return undefined;
  const record = diagnostic({
    level: "info",
    code: "GOLDEN_WRITTEN",
    message: `wrote ${golden.name}`,
    file,
    pos,
    atMs,
  });
  return { path: golden.path, text: `${JSON.stringify(output, null, 2)}\n`, record };
}
