import { githubReporter } from "./github.ts";
import { htmlReporter } from "./html.ts";
import { humanReporter } from "./human.ts";
import { jsonReporter } from "./json.ts";
import { junitReporter } from "./junit.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";
import { tapReporter } from "./tap.ts";

export type ReporterName = "human" | "json" | "junit" | "tap" | "github" | "html";

/** Every value of `--reporter` (cli.md, plumb test). */
export const REPORTERS: Readonly<Record<ReporterName, (options: ReporterOptions) => Reporter>> = {
  human: humanReporter,
  json: jsonReporter,
  junit: junitReporter,
  tap: tapReporter,
  github: githubReporter,
  html: htmlReporter,
};
