import type { Style } from "../diag/mod.ts";
import type { Block } from "./failure_blocks.ts";
import type { DiffLine } from "./mismatch.ts";

/** The full account of a failed case as lines of text, each indented by `indent`, with a newline at the end. */
export function blockText(blocks: readonly Block[], style: Style, indent = ""): string {
  return blocks.flatMap((block) => blockLines(block, style).map((line) => `${indent}${line}\n`)).join("");
}

function blockLines(block: Block, style: Style): string[] {
  switch (block.kind) {
    case "finding":
      return block.text.split("\n");
    case "diff":
      return block.lines.map((line) => diffLineText(line, style));
    case "output":
      // The bar keeps what a case printed apart from the report, and harmless in the log of a CI.
      return [`${block.stream}:`, ...block.lines.map((line) => `  | ${line}`)];
    case "fact":
      return [`${block.label}: ${block.text}`];
  }
}

function diffLineText({ sign, text }: DiffLine, style: Style): string {
  const line = `${sign} ${text}`;
  switch (sign) {
    case "-":
      return style.red(line);
    case "+":
      return style.green(line);
    case " ":
      return line;
  }
}
