import * as v from "valibot";
import { integerKey, keyOf, listKey, optionalIntegerKey, optionalTextKey } from "./config_key.ts";
import { parseReporter, REPORTER_NAMES, ReporterTextSchema } from "./reporter_choice.ts";

/** More workers than this only cost memory. */
const MOST_WORKERS = 1024;

/** Section `test:` (spec/cli.md, project configuration). */
export const TEST_KEYS = {
  paths: listKey("test.paths", {
    fallback: ["."],
    help: "files and folders that are tested when the command line names none",
    words: "list",
    relocate: (paths, relocate) => paths.map(relocate),
  }),
  timeout_ms: optionalIntegerKey("test.timeout_ms", 0, Number.MAX_SAFE_INTEGER, {
    fallback: null,
    fallbackText: "none; 10000 for a handler call",
    help: "time limit in milliseconds: virtual time of a pragma case, real time of a handler call or an executor's run",
    flag: "timeout",
  }),
  parallel: integerKey("test.parallel", 1, MOST_WORKERS, {
    fallback: ({ cores }) => Math.min(Math.max(1, cores), MOST_WORKERS),
    fallbackText: "number of cores",
    help: "how many workers run cases; results come in the same order whatever their number",
    flag: "parallel",
  }),
  reporters: keyOf(
    "test.reporters",
    v.array(ReporterTextSchema),
    `NAME or NAME=FILE with one of the names ${REPORTER_NAMES.join(", ")}`,
    {
      choices: REPORTER_NAMES,
      fallback: ["human"],
      help: "reporters, each on stdout or in a file",
      flag: "reporter",
      words: "list",
      relocate: (texts, relocate) =>
        texts.map((text) => {
          const file = parseReporter(text)?.file;
          return file === undefined ? text : `${text.slice(0, text.indexOf("="))}=${relocate(file)}`;
        }),
    },
  ),
  known_failing: optionalTextKey("test.known_failing", {
    fallback: null,
    help: "file with globs of stable ids, one a line, that are expected to fail; - is stdin",
    flag: "known-failing",
    relocate: (file, relocate) => (file === null || file === "-" ? file : relocate(file)),
  }),
};
