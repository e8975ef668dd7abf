export interface SqlToken {
  /** `name` with `quote`: a quoted one. `broken`: a string, name or comment that does not end, or a character of no SQL. */
  readonly kind: "name" | "string" | "number" | "param" | "mark" | "broken";
  readonly text: string;
  /** Of a name: the character that opens its quotes. */
  readonly quote: "" | '"' | "[" | "`";
  /** Of a name or parameter: without quotes and `:`. */
  readonly name: string;
  /** UTF-16 index. */
  readonly start: number;
}

/**
 * As SQLite reads them: comments, blanks and byte-order marks separate, and are left out; what is beyond ASCII is a letter. A
 * character that it reads differently would let a name slip through the rules.
 */
const TOKEN = new RegExp(
  [
    String.raw`(?<skip>[\t-\r \uFEFF]+|--[^\n]*|/\*[\s\S]*?\*/)`,
    "(?<string>[xX]?'(?:[^']|'')*')",
    String.raw`(?<quoted>"(?:[^"]|"")*"|${"`(?:[^`]|``)*`"}|\[[^\]]*\])`,
    String.raw`(?<param>[:@$#][A-Za-z0-9_$\u0080-\u{10ffff}]+|\?\d*)`,
    String.raw`(?<number>\d[\w.]*|\.\d\w*)`,
    String.raw`(?<word>[A-Za-z_\u0080-\u{10ffff}][A-Za-z0-9_$\u0080-\u{10ffff}]*)`,
    String.raw`(?<broken>/\*|!(?!=)|["'${"`"}\[\]{}\\^:@$#\0-\x08\x0e-\x1f\x7f])`,
    String.raw`(?<mark>->>|->|\|\||<<|>>|<=|>=|<>|!=|==|[\s\S])`,
  ].join("|"),
  "gu",
);

/** The tokens of a piece of SQL. */
export function sqlTokens(sql: string): readonly SqlToken[] {
  return [...sql.matchAll(TOKEN)].flatMap(({ 0: text, index: start, groups = {} }): readonly SqlToken[] => {
    const plain = (kind: SqlToken["kind"], name = ""): readonly SqlToken[] => [{ kind, text, quote: "", name, start }];
    if (groups.skip !== undefined) return [];
    if (groups.quoted !== undefined) return [quotedName(text, start)];
    if (groups.word !== undefined) return plain("name", text);
    if (groups.param !== undefined) return plain("param", text.startsWith(":") ? text.slice(1) : "");
    if (groups.string !== undefined) return plain("string");
    if (groups.number !== undefined) return plain("number");
    return plain(groups.broken === undefined ? "mark" : "broken");
  });
}

function quotedName(text: string, start: number): SqlToken {
  const quote = text.startsWith("[") ? "[" : text.startsWith("`") ? "`" : '"';
  const inside = text.slice(1, -1);
  const name = quote === "[" ? inside : inside.replaceAll(quote + quote, quote);
  return { kind: "name", text, quote, name, start };
}

/** The SQL with every quoted name in backticks: SQLite takes `"nosuch"` for a string, but never `` `nosuch` ``. */
export function inBackticks(sql: string, tokens: readonly SqlToken[]): string {
  let rewritten = "";
  let end = 0;
  for (const { start, text, quote, name } of tokens) {
    if (quote === "") continue;
    const between = sql.slice(end, start);
    // Two that touch would be one name.
    const gap = between === "" && rewritten.endsWith("`") ? " " : between;
    rewritten += `${gap}\`${name.replaceAll("`", "``")}\``;
    end = start + text.length;
  }
  return rewritten + sql.slice(end);
}
