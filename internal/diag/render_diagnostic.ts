import type { Diagnostic, Level } from "./diagnostic.ts";
import { excerpt } from "./excerpt.ts";
import type { LineIndex } from "./line_index.ts";
import { wholePoint } from "./line_marks.ts";
import { printable } from "./printable.ts";
import type { Style } from "./style.ts";

/** Characters of a message or help shown to people; the record has it whole. */
const MAX_TEXT = 2000;

const WORD: Record<Level, string> = { error: "error", warn: "warning", info: "info" };

/**
 * A finding for people, without a line end behind it. What is missing is left out: a position without its file's text
 * has no excerpt, and only a `data.help` that is a text makes a `help:` line (DESIGN, errors: the corrected text).
 *
 * ```
 * error[E_PRAGMA_KEY]: unknown key expect_outptu
 *   --> a_test.ami:3:22
 *   3 | #pragma test:runtime expect_outptu={}
 *     |                      ^^^^^^^^^^^^^
 *   help: expect_output
 * ```
 */
export function renderDiagnostic(d: Diagnostic, source: LineIndex | undefined, style: Style): string {
  const colour = colourOf(d.level, style);
  const lines = [
    `${style.bold(colour(`${WORD[d.level]}[${printable(d.code)}]`))}${style.bold(`: ${shown(d.message, "  ")}`)}`,
  ];
  const place = placeOf(d);
  // The arrow's head stands over the bar of the excerpt, however wide the line number is.
  const margin = " ".repeat(1 + String(d.pos?.line ?? 1).length);
  if (place !== "") lines.push(`${margin}${style.cyan("-->")} ${place}`);
  if (source !== undefined && d.pos !== undefined) {
    const text = excerpt(source, d.pos, d.endPos, style, (carets) => style.bold(colour(carets)));
    if (text !== "") lines.push(text);
  }
  const help = d.data?.help;
  if (typeof help === "string" && help !== "")
    lines.push(`  ${style.bold(style.cyan("help:"))} ${shown(help, "        ")}`);
  return lines.join("\n");
}

function colourOf(level: Level, style: Style): (text: string) => string {
  switch (level) {
    case "error":
      return style.red;
    case "warn":
      return style.yellow;
    case "info":
      return style.cyan;
  }
}

function placeOf(d: Diagnostic): string {
  const parts = d.file === undefined ? [] : [printable(d.file)];
  if (d.pos !== undefined) parts.push(String(d.pos.line), String(d.pos.column));
  return parts.join(":");
}

/** The text made harmless, its further lines indented, cut where it would bury everything else. */
function shown(text: string, indent: string): string {
  const cut =
    text.length > MAX_TEXT ? `${text.slice(0, wholePoint(text, MAX_TEXT))}… (cut, ${text.length} characters)` : text;
  return cut
    .split(/\r\n|[\r\n]/)
    .map(printable)
    .join(`\n${indent}`);
}
