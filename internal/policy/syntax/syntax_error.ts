/** An expression that is none (flows §5): why, and at which character. */
export class ExpressionSyntaxError extends Error {
  override readonly name = "ExpressionSyntaxError";
  /** Code points before the offending character. */
  readonly offset: number;
  /** The same in UTF-16 units. */
  readonly index: number;
  readonly help: string | undefined;

  /** @param index the UTF-16 index of the offending character in `text` */
  constructor(message: string, text: string, index: number, help?: string) {
    super(message);
    this.offset = codePoints(text, index);
    this.index = index;
    this.help = help;
  }
}

/** The number of code points before a UTF-16 index. */
export function codePoints(text: string, index: number): number {
  let count = 0;
  for (let at = 0; at < index; count++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}
