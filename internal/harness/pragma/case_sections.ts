import type { Diagnostic, Position } from "../../diag/mod.ts";
import type { CaseLine } from "./case_line.ts";
import type { DirectiveSpec, FixtureSpec, KvSpec, RuntimeSpec } from "./cases.ts";

/** A runtime line; `spec` is undefined if it is malformed. */
export interface RuntimeLine {
  readonly line: number;
  readonly pos: Position;
  readonly spec: RuntimeSpec | undefined;
  readonly findings: readonly Diagnostic[];
}

/** The preamble of a file, or one `test:case` with the lines up to the next (ami-tests §3). */
export interface Section {
  /** Undefined: its cases are named after the file. */
  readonly name: string | undefined;
  /** Of its `test:case`; of the preamble, where the file begins. */
  readonly line: number;
  readonly pos: Position;
  readonly runtimes: RuntimeLine[];
  readonly directives: DirectiveSpec[];
  readonly fixtures: FixtureSpec[];
  readonly kv: KvSpec[];
  /** Of its malformed lines, runtime lines aside: they fail all of its cases. */
  readonly findings: Diagnostic[];
  /** The reason of its first skip line. */
  skip: string | undefined;
}

/** The preamble of a file that begins at `start`, and its sections in order. */
export function toSections(lines: Iterable<CaseLine>, start: Position): { preamble: Section; sections: Section[] } {
  const preamble = newSection(undefined, start.line, start);
  const sections: Section[] = [];
  let current = preamble;
  for (const { line, pos, content, findings } of lines) {
    if (content.kind === "case") {
      current = newSection(content.name, line, pos);
      sections.push(current);
    }
    if (content.kind === "runtime") current.runtimes.push({ line, pos, spec: content.spec, findings });
    else for (const finding of findings) current.findings.push(finding);

    if (content.kind === "directive") current.directives.push(content.spec);
    else if (content.kind === "fixture") current.fixtures.push(content.spec);
    else if (content.kind === "kv") current.kv.push(content.spec);
    else if (content.kind === "skip") current.skip ??= content.reason;
  }
  return { preamble, sections };
}

/** A section with neither a runtime line nor a directive. */
export function isBare(section: Section): boolean {
  return section.runtimes.length === 0 && section.directives.length === 0;
}

function newSection(name: string | undefined, line: number, pos: Position): Section {
  return { name, line, pos, runtimes: [], directives: [], fixtures: [], kv: [], findings: [], skip: undefined };
}
