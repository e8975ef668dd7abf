import type { Json } from "../../value/mod.ts";

/** A key that is longer must say by `?` that it is one (YAML 1.2, 7.4.2). */
const MAX_IMPLICIT_KEY = 1000;

/** Words that a reader of YAML 1.1 or 1.2 takes for something else than a text. */
const RESERVED = new Set(["true", "false", "yes", "no", "on", "off", "y", "n", "null"]);

/** A document as a file in YAML that every reader understands in the same way. Small and quick: `yaml` takes ten times as long. */
export function yamlText(document: { readonly [key: string]: Json }): string {
  if (!isFilledObject(document)) return "{}\n";
  const lines: string[] = [];
  writeObject(lines, document, 0, "");
  return `${lines.join("\n")}\n`;
}

/**
 * @param first what stands before the first line's text: the indentation, or that and a dash
 */
function writeObject(lines: string[], object: { readonly [key: string]: Json }, indent: number, first: string): void {
  let lead = first;
  for (const [key, value] of Object.entries(object)) {
    const shown = scalar(key);
    if (shown.length > MAX_IMPLICIT_KEY) {
      lines.push(`${lead}? ${shown}`);
      writeValue(lines, value, indent, `${blanks(indent)}:`);
    } else writeValue(lines, value, indent, `${lead}${shown}:`);
    lead = blanks(indent);
  }
}

function writeList(lines: string[], list: readonly Json[], indent: number): void {
  const dash = `${blanks(indent)}- `;
  for (const item of list) {
    if (Array.isArray(item) && item.length > 0) {
      lines.push(`${blanks(indent)}-`);
      writeList(lines, item, indent + 2);
    } else if (isFilledObject(item)) writeObject(lines, item, indent + 2, dash);
    else lines.push(`${dash}${scalar(item)}`);
  }
}

/** @param head the line so far, up to a colon */
function writeValue(lines: string[], value: Json, indent: number, head: string): void {
  if (Array.isArray(value) && value.length > 0) {
    lines.push(head);
    writeList(lines, value, indent);
  } else if (isFilledObject(value)) {
    lines.push(head);
    writeObject(lines, value, indent + 2, blanks(indent + 2));
  } else lines.push(`${head} ${scalar(value)}`);
}

function isFilledObject(value: Json | { readonly [key: string]: Json }): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

const BLANKS: readonly string[] = Array.from({ length: 64 }, (_, count) => " ".repeat(count));

function blanks(count: number): string {
  return BLANKS[count] ?? " ".repeat(count);
}

/** A value on the same line: empty containers too. */
function scalar(value: Json): string {
  if (typeof value !== "string") return JSON.stringify(value);
  if (/^[A-Za-z_$][A-Za-z0-9_$./-]*$/.test(value) && !RESERVED.has(value.toLowerCase())) return value;
  // A line break or what cannot be seen needs an escape; everything else is safe between single quotes.
  if (/[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(value)) return escaped(value);
  return `'${value.replaceAll("'", "''")}'`;
}

/** A JSON text is YAML too, once everything that YAML cannot show is escaped. */
function escaped(value: string): string {
  return JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
