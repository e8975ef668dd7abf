/** A piece of a file's text for use in a message: at most `longest` code points, since a line has no length limit. */
export function clip(text: string, longest = 60): string {
  // A code point has at most two units: what is cut off here could not have been shown.
  const points = [...text.slice(0, 2 * longest + 1)];
  return points.length <= longest ? points.join("") : `${points.slice(0, longest).join("")}…`;
}

/** A parser's complaint for use in a message; it may name keys of any length. */
export function clipComplaint(message: string): string {
  return clip(message, 300);
}

/** Blanks of a pragma line: spaces and tabs. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** The index of the first character from `start` that is no blank, or the text's length. */
export function skipBlanks(text: string, start: number): number {
  let index = start;
  while (index < text.length && isBlank(text.charCodeAt(index))) index += 1;
  return index;
}

/** The index of the first blank from `start`, or the text's length. */
export function wordEnd(text: string, start: number): number {
  let index = start;
  while (index < text.length && !isBlank(text.charCodeAt(index))) index += 1;
  return index;
}

/** `text` without blanks at both ends. */
export function trimBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(Math.min(skipBlanks(text, 0), end), end);
}
