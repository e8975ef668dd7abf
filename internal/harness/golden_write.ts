import type { Json } from "../value/mod.ts";
import type { ExpectedOutput } from "./case_input.ts";
import type { GoldenWrite } from "./outcome.ts";

/**
 * What `--update` writes for a case whose only failure is its output: the golden file as JSON indented by two, with a
 * final newline (ami-tests §6). Undefined where the expectation is no file, or holds.
 */
export function goldenWrite(expected: ExpectedOutput, output: Json, differs: boolean): GoldenWrite | undefined {
  const { golden, value } = expected;
  if (golden === undefined || (value !== undefined && !differs)) return undefined;
  return { ...golden, text: `${JSON.stringify(output, null, 2)}\n` };
}
