import type { YamlScalar } from "./yaml_node.ts";

/**
 * Where in the file the character at `offset` of a scalar's text stands, as a UTF-16 index. Counted in visible
 * characters, which folding and indentation leave alone; an escape counts as one.
 *
 * ```ts
 * placeInScalar('sql: "a  b"', node, 3); // 9: the b
 * ```
 */
export function placeInScalar(text: string, node: YamlScalar, offset: number): number {
  if (typeof node.value !== "string") return node.start;
  let missing = visibleIn(node.value.slice(0, offset));
  let index = contentStart(text, node);
  while (index < node.end) {
    const width = widthAt(text, node, index);
    if (isVisible(text.charAt(index))) {
      if (missing === 0) return index;
      missing -= 1;
    }
    index += width;
  }
  return Math.max(node.start, Math.min(index, node.end) - 1);
}

function contentStart(text: string, { style, start, end }: YamlScalar): number {
  if (style === "plain") return start;
  if (style !== "block") return start + 1;
  // Behind `|-` and a comment, if there is one.
  const lineEnd = text.indexOf("\n", start);
  return lineEnd < 0 ? end : lineEnd + 1;
}

function widthAt(text: string, { style }: YamlScalar, index: number): number {
  const isEscape =
    (style === "double" && text.charAt(index) === "\\") || (style === "single" && text.startsWith("''", index));
  return isEscape ? 2 : 1;
}

function visibleIn(text: string): number {
  return [...text.matchAll(/\S/g)].length;
}

function isVisible(character: string): boolean {
  return /\S/.test(character);
}
