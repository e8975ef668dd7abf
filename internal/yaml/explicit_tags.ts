/** The UTF-16 indexes of all explicit tags (`!!str`, `!x`, `!`) of a text: no file that plumb reads has any (scenarios.md §2). */
export function explicitTags(yaml: typeof import("yaml"), text: string): readonly number[] {
  const places: number[] = [];
  let index = 0;
  let isContent = false;
  for (const lexeme of new yaml.Lexer().lex(text)) {
    if (isContent) isContent = false;
    else if (ZERO_WIDTH.has(lexeme)) {
      // The text of a scalar follows its mark.
      isContent = lexeme === yaml.CST.SCALAR;
      continue;
    } else if (lexeme.startsWith("!")) places.push(index);
    index += lexeme.length;
  }
  return places;
}

/** Marks of the lexer that stand for no text: of a document, of a flow collection that ends wrongly, of a scalar. */
const ZERO_WIDTH: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\u001f"]);
