import { ExpressionSyntaxError, readText } from "../../policy/mod.ts";
import { type Part, slicePart } from "./part.ts";

/** A quoted text that was read. */
export interface StringLiteral extends Part {
  readonly value: string;
}

/**
 * The quoted literal that a part begins with, with the escapes of flows §5; undefined: it begins with none.
 *
 * @example
 * stringLiteral({ text: '"a\\n", "b"', at: 7 }); // { text: '"a\\n"', at: 7, value: "a\n" }
 */
export function stringLiteral(part: Part): StringLiteral | undefined {
  if (!/^["']/.test(part.text)) return undefined;
  try {
    const { value, end } = readText(part.text, 0);
    return { ...slicePart(part, 0, end), value };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    return undefined;
  }
}
