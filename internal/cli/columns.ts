/** A name and what is said of it. */
export type Row = readonly [name: string, text: string];

/** A blank at which no line is broken. */
export const GLUE = "\u00a0";

const WIDTH = 100;
const WIDEST_NAME = 30;

/** Two columns, indented by two, the second one wrapped; a name too wide for its column has a line of its own. */
export function columns(rows: readonly Row[]): string {
  const widths = rows.map(([name]) => name.length).filter((width) => width <= WIDEST_NAME);
  const column = Math.max(0, ...widths) + 4;
  return rows
    .flatMap(([name, text]) => {
      const lines = wrap(text, WIDTH - column);
      const [first = ""] = lines;
      const indent = " ".repeat(column);
      if (name.length + 4 > column) return [`  ${name}`, ...lines.map((line) => indent + line)];
      return [`  ${name.padEnd(column - 2)}${first}`, ...lines.slice(1).map((line) => indent + line)];
    })
    .map((line) => line.trimEnd().replaceAll(GLUE, " "))
    .join("\n");
}

/** Cuts a text at its blanks into lines of at most `width` code units; a longer word stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
