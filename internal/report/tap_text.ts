import { jsonText } from "./json_text.ts";
import { visibleLine } from "./visible.ts";

/** A description or a reason on a test line: `#` would begin a directive, `\` is the escape of TAP 14. */
export function tapText(text: string): string {
  return visibleLine(text).replace(/[\\#]/g, "\\$&");
}

/** A text as a double-quoted YAML scalar on one line; JSON is YAML once what cannot be printed is escaped. */
export function yamlText(text: string): string {
  return jsonText(visibleLine(text));
}
