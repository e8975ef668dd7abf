import { seconds, streamElement } from "./junit_case.ts";
import type { Outcome } from "./outcome.ts";
import { xmlAttributes, xmlText } from "./xml.ts";

/** The `testsuite` element of a file, as it grows. */
export class JunitSuite {
  tests = 0;
  failures = 0;
  errors = 0;
  skipped = 0;
  durationMs = 0;
  /** Findings that belong to no case. */
  stderr = "";
  readonly #name: string;
  readonly #timestamp: string | undefined;
  readonly #cases: string[] = [];

  constructor(name: string, timestamp: string | undefined) {
    this.#name = name;
    this.#timestamp = timestamp;
  }

  /** Adds the `testcase` element of a case. */
  add(outcome: Outcome, durationMs: number, element: string): void {
    this.tests += 1;
    this.durationMs += durationMs;
    if (outcome === "fail" || outcome === "stale") this.failures += 1;
    if (outcome === "skip" || outcome === "known") this.skipped += 1;
    this.#cases.push(element);
  }

  /** Adds a finding that belongs to no case as a `testcase` in error: servers show nothing else. */
  error(code: string, message: string, body: string, file: string | undefined): void {
    this.tests += 1;
    this.errors += 1;
    const attributes = xmlAttributes({ name: code, classname: this.#name, time: seconds(0), file });
    const error = `      <error${xmlAttributes({ type: code, message })}>${xmlText(body)}</error>\n`;
    this.#cases.push(`    <testcase${attributes}>\n${error}    </testcase>\n`);
  }

  /** The finished element; `seed` is that of the world in which the cases ran. */
  xml(seed: number | undefined): string {
    const attributes = xmlAttributes({
      name: this.#name,
      tests: this.tests,
      failures: this.failures,
      errors: this.errors,
      skipped: this.skipped,
      time: seconds(this.durationMs),
      timestamp: this.#timestamp,
    });
    const properties =
      seed === undefined ? "" : `    <properties>\n      <property name="seed" value="${seed}"/>\n    </properties>\n`;
    return `  <testsuite${attributes}>\n${properties}${this.#cases.join("")}${streamElement("system-err", this.stderr)}  </testsuite>\n`;
  }
}
