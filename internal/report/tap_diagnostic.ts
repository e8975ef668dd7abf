import { cutMiddle } from "./cut.ts";
import { failureFindings, outputBlocks, principleSentence } from "./failure_blocks.ts";
import { diffLines, groupFindings } from "./mismatch.ts";
import { yamlText } from "./tap_text.ts";
import { visibleLine } from "./visible.ts";
import type { CaseResult } from "./visit_stream.ts";

const MAX_MESSAGE = 4_000;
const MAX_FINDINGS = 20;
const MAX_LINES = 100;

/** The YAML block below the test line of a failure (TAP 14, "YAML diagnostics"); each line indented by two blanks. */
export function tapDiagnostic(result: CaseResult): string {
  const { end } = result;
  const groups = groupFindings(failureFindings(result));
  const first = groups[0]?.first;
  const lines = [
    `message: ${yamlText(cutMiddle(end.error ?? first?.message ?? "", MAX_MESSAGE))}`,
    ...(end.principle === undefined ? [] : [`principle: ${yamlText(principleSentence(end.principle))}`]),
    "severity: fail",
    `code: ${yamlText(end.code ?? first?.code ?? "E_FAILED")}`,
    ...(end.blame === undefined ? [] : [`blame: ${end.blame}`]),
    `duration_ms: ${end.duration_ms}`,
    ...(first?.pos === undefined
      ? []
      : [
          "at:",
          `  file: ${yamlText(first.file ?? end.file)}`,
          `  line: ${first.pos.line}`,
          `  column: ${first.pos.column}`,
        ]),
    ...list("text", furtherLines(first?.message ?? "")),
    ...diff(groups.flatMap(({ differences }) => differences)),
    ...list(
      "findings",
      groups
        .slice(1, MAX_FINDINGS)
        .map(({ first: { code, message } }) => `${code}: ${cutMiddle(message, MAX_MESSAGE)}`),
    ),
    ...outputBlocks(result).flatMap((block) => (block.kind === "output" ? list(block.stream, block.lines) : [])),
    ...(end.repro === undefined ? [] : [`repro: ${yamlText(end.repro)}`]),
  ];
  return yamlBlock(lines);
}

/** Lines of YAML between their two marks. */
export function yamlBlock(lines: readonly string[]): string {
  return `  ---\n${lines.map((line) => `  ${line}\n`).join("")}  ...\n`;
}

/** A comment on one line. */
export function tapComment(text: string): string {
  return `# ${visibleLine(text)}\n`;
}

function diff(differences: Parameters<typeof diffLines>[0]): string[] {
  if (differences.length === 0) return [];
  return list(
    "diff",
    diffLines(differences).map(({ sign, text }) => `${sign} ${text}`),
  );
}

/** What stands behind the first line of a message: of an assertion what it expected, and the trace. */
function furtherLines(message: string): string[] {
  const [, ...lines] = message.split("\n");
  return lines.slice(0, MAX_LINES).map((line) => cutMiddle(line, MAX_MESSAGE));
}

function list(name: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [`${name}:`, ...texts.map((text) => `  - ${yamlText(text)}`)];
}
