import { existsSync, readFileSync } from "node:fs";
import type { Finding } from "../../diag/mod.ts";
import { FileError, readTextFile } from "../../files/mod.ts";
import { firstDifference, goldenText, renderGoldenDifference, type TraceEvent } from "../../trace/mod.ts";
import type { ScenarioSpec } from "../scenario/mod.ts";

/** What came of the comparison with a golden file. */
export interface GoldenVerdict {
  readonly finding: Finding | undefined;
  /** What `--update` writes if nothing else is wrong; undefined: there is no golden file, or it is right. */
  readonly update: string | undefined;
}

const NOTHING: GoldenVerdict = { finding: undefined, update: undefined };

/** Compares the trace of a case with its golden file, byte by byte (scenarios.md §10). Reads that file. */
export function judgeGolden(
  { golden, title }: Pick<ScenarioSpec, "golden" | "title">,
  flowToken: string,
  events: readonly TraceEvent[],
): GoldenVerdict {
  if (golden.mode === "never") return NOTHING;
  const expected = expectedText(golden.path);
  if (expected === undefined && golden.mode === "existing") return NOTHING;
  const actual = goldenText({ flow_token: flowToken, scenario: title }, events);
  if (expected === undefined) {
    const message = `${golden.shown} does not exist; plumb test --update writes it`;
    return { finding: { code: "E_GOLDEN_MISSING", message, pos: golden.pos }, update: actual };
  }
  if (typeof expected !== "string") {
    const message = `${golden.shown} cannot be read: ${expected.message}`;
    return { finding: { code: "E_GOLDEN_READ", message, pos: golden.pos }, update: undefined };
  }
  const difference = firstDifference(expected, actual);
  if (difference === undefined) return NOTHING;
  const message = renderGoldenDifference(golden.shown, difference);
  return { finding: { code: "E_GOLDEN_MISMATCH", message, pos: golden.pos }, update: actual };
}

/** Undefined: there is no such file. */
function expectedText(path: string): string | FileError | undefined {
  // Most cases have none, and an error costs more than a look.
  if (!existsSync(path)) return undefined;
  try {
    return readTextFile(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.reason === "missing") return undefined;
    // Bytes that are no text are a difference like any other, which --update mends.
    return error.reason === "not UTF-8" ? readFileSync(path, "utf8") : error;
  }
}
