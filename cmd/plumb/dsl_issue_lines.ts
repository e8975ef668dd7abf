import type { Output } from "../../internal/cli/mod.ts";
import { excerpt, type LineIndex, printable, type Style } from "../../internal/diag/mod.ts";
import type { DslIssue } from "../../internal/dsl/mod.ts";

export interface IssueLineOptions {
  readonly style: Style;
  /** Also the excerpt and the help: on a terminal (flows §8). */
  readonly rich: boolean;
  readonly lines: (file: string) => LineIndex | undefined;
}

/**
 * A finding as `plumb dsl` prints it (flows §8), with its line ends.
 *
 * @example
 * // coldstore.wdl:12:10: error missing-input input 'x' is not declared
 */
export function issueLines(issue: DslIssue, { style, rich, lines }: IssueLineOptions): string {
  const { path, code, message, level, pos, endPos, help } = issue;
  const colour = level === "error" ? style.red : style.yellow;
  const place = pos === undefined ? printable(path) : `${printable(path)}:${pos.line}:${pos.column}`;
  const shown = [`${style.bold(place)}: ${colour(level)} ${code} ${printable(message)}`];
  const source = rich ? lines(path) : undefined;
  if (source !== undefined && pos !== undefined) {
    const text = excerpt(source, pos, endPos, style, colour);
    if (text !== "") shown.push(text);
  }
  if (rich && help !== undefined && help !== "") shown.push(`  ${style.cyan("help:")} ${printable(help)}`);
  return `${shown.join("\n")}\n`;
}

/** Prints findings in their order. */
export function writeIssues(output: Output, issues: readonly DslIssue[], options: IssueLineOptions): void {
  for (const issue of issues) output.write(issueLines(issue, options));
}
