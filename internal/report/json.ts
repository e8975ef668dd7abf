import { diagnostic } from "../diag/mod.ts";
import { jsonText } from "./json_text.ts";
import type { Reporter } from "./reporter.ts";
import { TRUNCATED, truncationSentence } from "./truncation.ts";
import { visitStream } from "./visit_stream.ts";

/** The stream itself, one record a line, as it is (cli.md, test.v1). A truncated one ends with a diag.v1 record. */
export function jsonReporter(): Reporter {
  const watch = visitStream({
    begin: () => "",
    finding: () => "",
    result: () => "",
    end: () => "",
    truncated: (truncation) =>
      `${jsonText(diagnostic({ code: TRUNCATED, message: truncationSentence(truncation) }))}\n`,
  });
  return {
    record(record) {
      watch.record(record);
      return `${jsonText(record)}\n`;
    },
    finish: () => watch.finish(),
  };
}
