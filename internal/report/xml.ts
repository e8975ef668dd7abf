import { visibleLine, visibleText } from "./visible.ts";

/** Character data of XML 1.0 or HTML: markup escaped (`]]>` too), illegal characters shown as escapes. */
export function xmlText(text: string): string {
  return visibleText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A list of attributes, each preceded by a blank; those that are undefined are left out. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${xmlValue(String(value))}"`))
    .join("");
}

function xmlValue(text: string): string {
  return xmlText(visibleLine(text)).replaceAll('"', "&quot;");
}
