import type { Diagnostic } from "../diag/mod.ts";
import { diagnostic } from "../diag/mod.ts";
import type { Principle } from "../harness/mod.ts";
import { counted } from "./counted.ts";
import { cutMiddle, lastLines } from "./cut.ts";
import { findingText } from "./finding_text.ts";
import { type DiffLine, diffLines, groupFindings } from "./mismatch.ts";
import type { ReporterOptions } from "./reporter.ts";
import { visibleLine, visibleText } from "./visible.ts";
import type { CaseResult } from "./visit_stream.ts";

/** A part of the full account of a failed case, in the order in which reports show them. */
export type Block =
  /** A finding with excerpt and help, several lines. */
  | { readonly kind: "finding"; readonly text: string }
  | { readonly kind: "diff"; readonly lines: readonly DiffLine[] }
  /** The last lines that the case printed, its hops among them. */
  | { readonly kind: "output"; readonly stream: "stdout" | "stderr"; readonly lines: readonly string[] }
  | { readonly kind: "fact"; readonly label: "blame" | "repro"; readonly text: string };

const MAX_FINDINGS = 20;
const MAX_SENTENCE = 400;
const OF_ASSERTIONS = "E_ASSERTION_FAILED";
const TRACE = "\ntrace:\n";
const MAX_OUTPUT_LINES = 100;
const MAX_OUTPUT_WIDTH = 2_000;

/** Everything that is to be told of a failed case: findings, differences, output, blame, and how to run it again. */
export function failureBlocks(result: CaseResult, options: Pick<ReporterOptions, "source" | "style">): Block[] {
  const { blame, repro, principle } = result.end;
  return [
    ...(principle === undefined ? [] : [{ kind: "finding", text: principleSentence(principle) } as const]),
    ...findingBlocks(failureFindings(result), options),
    ...outputBlocks(result),
    ...(blame === undefined ? [] : [{ kind: "fact", label: "blame", text: blame } as const]),
    ...(repro === undefined ? [] : [{ kind: "fact", label: "repro", text: visibleLine(repro) } as const]),
  ];
}

/** What the failure of a case says of the principle that it is to hold (scenarios.md §3). */
export function principleSentence({ text, concept }: Principle): string {
  return visibleLine(`operational principle "${text}" of ${concept} does not hold`);
}

/** The findings of a failure, itself first; made up from `code` and `error` where the record lists none. */
export function failureFindings({ end }: CaseResult): readonly Diagnostic[] {
  if (end.diagnostics !== undefined && end.diagnostics.length > 0) return end.diagnostics;
  return [diagnostic({ code: end.code ?? "E_FAILED", message: end.error ?? "the case failed", file: end.file })];
}

/** What a case printed on its two streams, the last lines of each. */
export function outputBlocks({ outputs }: CaseResult): Block[] {
  return (["stdout", "stderr"] as const).flatMap((stream): Block[] => {
    const text = outputs.filter((output) => output.stream === stream).map((output) => output.text);
    if (text.length === 0) return [];
    return [
      { kind: "output", stream, lines: lastLines(visibleText(text.join("")), MAX_OUTPUT_LINES, MAX_OUTPUT_WIDTH) },
    ];
  });
}

/** The assertions of a case that fail show one trace: it is told with the first of them (scenarios.md §8). */
function tracesOnce(): (finding: Diagnostic) => Diagnostic {
  let told: string | undefined;
  return (finding) => {
    const at = finding.code === OF_ASSERTIONS ? finding.message.indexOf(TRACE) : -1;
    if (at < 0) return finding;
    const trace = finding.message.slice(at);
    if (trace === told) return { ...finding, message: finding.message.slice(0, at) };
    told = trace;
    return finding;
  };
}

/** What a step missed is known by its sentences; of others the diff says as much. */
function sentence({ message }: Diagnostic): string {
  return `  ${visibleLine(cutMiddle(message, MAX_SENTENCE))}`;
}

function findingBlocks(findings: readonly Diagnostic[], options: Pick<ReporterOptions, "source" | "style">): Block[] {
  const groups = groupFindings(findings);
  const traceOnce = tracesOnce();
  const blocks = groups.slice(0, MAX_FINDINGS).flatMap(({ first, others, differences }): Block[] => {
    const told: Block = { kind: "finding", text: findingText(traceOnce(first), options) };
    const more = others.length === 0 ? [] : [{ kind: "finding", text: others.map(sentence).join("\n") } as const];
    return differences.length === 0 ? [told] : [told, ...more, { kind: "diff", lines: diffLines(differences) }];
  });
  const left = groups.length - MAX_FINDINGS;
  return left > 0
    ? [...blocks, { kind: "finding", text: `… ${counted(left, "more finding")}; all of them with --json` }]
    : blocks;
}
