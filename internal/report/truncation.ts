import { counted } from "./counted.ts";
import type { Truncation } from "./visit_stream.ts";

/** The code under which reports that have codes say that a stream has no `run_end` (cli.md, test.v1). */
export const TRUNCATED = "E_STREAM_TRUNCATED";

/** One sentence on a stream that ended without `run_end`. */
export function truncationSentence({ start, finished, running }: Truncation): string {
  const cases = start === undefined ? counted(finished, "case") : `${finished} of ${counted(start.cases, "case")}`;
  const inside = running === undefined ? "" : `; ${running.id} had not ended`;
  return `the stream is truncated: it ends without run_end after ${cases}${inside}`;
}
