import type { Position } from "../diag/mod.ts";
import { visibleLine, visibleText } from "./visible.ts";

/** Where an annotation stands; `file` is relative to the workspace. */
export interface AnnotationPlace {
  readonly file?: string | undefined;
  readonly pos?: Position | undefined;
  readonly endPos?: Position | undefined;
}

/**
 * A workflow command of GitHub Actions on one line: `::error file=a.ami,line=2,col=9,title=E_X::message`. What could
 * end a property or the command is percent-encoded, as the runner decodes it.
 */
export function workflowCommand(
  name: "error" | "warning" | "notice",
  { file, pos, endPos }: AnnotationPlace,
  title: string,
  message: string,
): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${property(file)}`]),
    ...(file === undefined || pos === undefined ? [] : [`line=${pos.line}`, `col=${pos.column}`]),
    // The server refuses a column range over several lines.
    ...(file !== undefined && pos !== undefined && endPos?.line === pos.line ? [`endColumn=${endPos.column}`] : []),
    `title=${property(title)}`,
  ];
  return `::${name} ${properties.join(",")}::${data(visibleText(message))}\n`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(visibleLine(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
