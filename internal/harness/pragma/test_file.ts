import { scanSource } from "../../ami/mod.ts";
import { type Diagnostic, LineIndex } from "../../diag/mod.ts";
import { type CaseLine, readCaseLine, TEST_PREFIX } from "./case_line.ts";
import { toCases } from "./case_list.ts";
import { toSections } from "./case_sections.ts";
import type { CaseSpec } from "./cases.ts";

/** What a `*_test.ami` file says, read from its text alone: no fixture is opened, nothing is parsed. */
export interface TestFile {
  /** Its stable path, from the test root, `/`-separated. */
  readonly file: string;
  /** The package that its source names, else `main`; without source it is that of its folder (ami-tests §3). */
  readonly package: string;
  readonly lines: LineIndex;
  /** Whether any token stands outside comments and pragma lines. */
  readonly hasSource: boolean;
  /** Whether it has pragma lines that are not `test:*`. */
  readonly hasFilePragmas: boolean;
  /** At least one, in the order of their lines. */
  readonly cases: readonly CaseSpec[];
  /** What is wrong with its pragma lines, each finding once, by position. Each is a finding of some case. */
  readonly findings: readonly Diagnostic[];
}

/**
 * Reads the cases of a test file (ami-tests §1–§3), in time linear in its length. Never throws: what is wrong with a
 * line is a finding of the cases that it fails.
 *
 * @example
 * readTestFile("a_test.ami", '#pragma test:case c\n#pragma test:runtime input={"k":1}').cases[0]?.line; // 2
 */
export function readTestFile(file: string, text: string): TestFile {
  const { pragmas, hasSource, packageName } = scanSource(text);
  const lines = new LineIndex(text);
  const findings: Diagnostic[] = [];
  const read: CaseLine[] = [];
  for (const pragma of pragmas) {
    if (!pragma.name.startsWith(TEST_PREFIX)) continue;
    const line = readCaseLine({ file, lines }, pragma);
    read.push(line);
    for (const finding of line.findings) findings.push(finding);
  }
  const { preamble, sections } = toSections(read, lines.position(0));
  const cases = toCases(file.slice(file.lastIndexOf("/") + 1), preamble, sections);
  const hasFilePragmas = pragmas.length > read.length;
  return { file, package: packageName ?? "main", lines, hasSource, hasFilePragmas, cases, findings };
}
