import { displayWidth, takeEnd, takeStart } from "./display_width.ts";
import type { LineIndex } from "./line_index.ts";
import { wholePoint } from "./line_marks.ts";
import type { Position } from "./position.ts";
import { printable } from "./printable.ts";
import { PLAIN, type Style } from "./style.ts";

/** Columns of source shown; of a longer line what stands around the caret. */
const WIDTH = 100;
/** Columns of a cut line that the marked part may take, so that something stands beside it. */
const MARKED_WIDTH = 60;
/** UTF-16 units of a line that are looked at on each side: enough for WIDTH columns, whatever the line's length. */
const REACH = 4 * WIDTH;

/**
 * The line of `pos` with carets under what stands from `pos` to before `endPos` (one caret without it, up to the end of
 * the line if `endPos` is on a later one). Long lines are cut around the carets, and nothing in the line can act on the
 * terminal. Empty for a line that `source` does not have, as when a file was changed after it was checked.
 *
 * ```
 *   3 | #pragma test:runtime expect_outptu={}
 *     |                      ^^^^^^^^^^^^^
 * ```
 */
export function excerpt(
  source: LineIndex,
  pos: Position,
  endPos?: Position,
  style: Style = PLAIN,
  caretColour: (text: string) => string = style.red,
): string {
  if (pos.line > source.lineCount) return "";
  const { before, marked, after } = shownParts(source, pos, endPos);
  const number = String(pos.line);
  const shown = `${before}${marked}${after}`.trimEnd();
  const indent = " ".repeat(displayWidth(before));
  const carets = "^".repeat(Math.max(1, displayWidth(marked)));
  const first = `${style.cyan(`  ${number} |`)} ${shown}`.trimEnd();
  return `${first}\n${style.cyan(`  ${" ".repeat(number.length)} |`)} ${indent}${caretColour(carets)}`;
}

interface Parts {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** What is shown of the line before, at and after the mark, made printable; "…" stands where something was left out. */
function shownParts(source: LineIndex, pos: Position, endPos: Position | undefined): Parts {
  const { text } = source;
  const lineStart = source.lineStart(pos.line);
  const lineEnd = source.lineEnd(pos.line);
  const from = source.indexAt(pos.line, pos.column);
  const to = Math.max(
    from,
    endPos === undefined ? from : endPos.line > pos.line ? lineEnd : source.indexAt(pos.line, endPos.column),
  );
  const left = wholePoint(text, Math.max(lineStart, from - REACH));
  const middle = wholePoint(text, Math.min(to, from + REACH));
  const right = wholePoint(text, Math.min(lineEnd, middle + REACH));
  const parts: Parts = {
    before: printable(text.slice(left, from)),
    marked: printable(text.slice(from, middle)),
    after: printable(text.slice(middle, right)),
  };
  const whole = left === lineStart && right === lineEnd;
  if (whole && displayWidth(`${parts.before}${parts.marked}${parts.after}`) <= WIDTH) return parts;
  return cut(parts, left > lineStart, right < lineEnd);
}

/** Shortens the parts to WIDTH columns in all: what one side does not need the other one gets. */
function cut(parts: Parts, moreBefore: boolean, moreAfter: boolean): Parts {
  const marked = takeStart(parts.marked, MARKED_WIDTH);
  const markedCut = marked.length < parts.marked.length;
  const room = WIDTH - displayWidth(marked);
  const needBefore = displayWidth(parts.before);
  const needAfter = markedCut ? 0 : displayWidth(parts.after);
  const before = takeEnd(parts.before, Math.max(Math.floor(room / 2), room - needAfter));
  const after = markedCut ? "" : takeStart(parts.after, Math.max(Math.ceil(room / 2), room - needBefore));
  const dropsBefore = moreBefore || before.length < parts.before.length;
  const dropsAfter = moreAfter || markedCut || after.length < parts.after.length;
  return { before: `${dropsBefore ? "…" : ""}${before}`, marked, after: `${after}${dropsAfter ? "…" : ""}` };
}
