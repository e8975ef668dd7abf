/** The columns that a printable text takes on a terminal: wide characters and emoji two, combining marks none. */
export function displayWidth(text: string): number {
  return Bun.stringWidth(text);
}

/** The longest beginning of `text` that fits into `columns`. */
export function takeStart(text: string, columns: number): string {
  return text.slice(0, unitsThatFit([...text], columns));
}

/** The longest end of `text` that fits into `columns`. */
export function takeEnd(text: string, columns: number): string {
  return text.slice(text.length - unitsThatFit([...text].reverse(), columns));
}

function unitsThatFit(points: readonly string[], columns: number): number {
  let units = 0;
  let width = 0;
  for (const point of points) {
    width += displayWidth(point);
    if (width > columns) break;
    units += point.length;
  }
  return units;
}
