import type { SqlToken } from "./sql_tokens.ts";

/** What is wrong with a piece of SQL, and where in it. */
export interface SqlFault {
  readonly code: string;
  readonly message: string;
  /** UTF-16 index in the snippet. */
  readonly index: number;
  readonly help?: string | undefined;
}

const STATEMENTS: ReadonlySet<string> = new Set(["INSERT", "UPDATE", "DELETE", "REPLACE", "SELECT", "WITH"]);

/** Would differ between two runs (scenarios.md §3), as functions… */
const CHANGING_FUNCTIONS: ReadonlySet<string> = new Set([
  ...["random", "randomblob", "changes", "total_changes", "last_insert_rowid"],
  ...["date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff"],
]);
/** … and as words that stand alone. */
const CHANGING_WORDS: ReadonlySet<string> = new Set(["current_date", "current_time", "current_timestamp"]);
/** Reach out of the database. */
const REACHING_FUNCTIONS: ReadonlySet<string> = new Set([
  "load_extension",
  "fts3_tokenizer",
  "readfile",
  "writefile",
  "edit",
]);

/** The rules that hold for every snippet, whatever it is (scenarios.md §3, SQL). */
export function commonFaults(tokens: readonly SqlToken[]): readonly SqlFault[] {
  if (tokens.length === 0) return [{ code: "E_SPEC_SQL_SYNTAX", message: "there is no SQL in it", index: 0 }];
  return tokens.flatMap((token, at): readonly SqlFault[] => {
    const { kind, text, start: index } = token;
    if (kind === "broken") return [{ code: "E_SPEC_SQL_SYNTAX", message: `${brokenText(text)}`, index }];
    if (kind !== "name") return [];
    const name = token.name.toLowerCase();
    if (name.startsWith("sqlite_") || name.startsWith("pragma_")) {
      return [
        {
          code: "E_SPEC_SQL_FORBIDDEN",
          message: `${text} is SQLite's own; names that start with sqlite_ or pragma_ are not for specs`,
          index,
        },
      ];
    }
    const isCall = tokens[at + 1]?.text === "(" && tokens[at - 1]?.name.toUpperCase() !== "INTO";
    if (isCall && REACHING_FUNCTIONS.has(name)) {
      return [{ code: "E_SPEC_SQL_FORBIDDEN", message: `${text} reaches out of the database`, index }];
    }
    const isWord = token.quote === "" && tokens[at - 1]?.text !== "." && CHANGING_WORDS.has(name);
    if (isWord || (isCall && CHANGING_FUNCTIONS.has(name))) {
      const help = "give what changes as an arg of the action";
      return [{ code: "E_SPEC_SQL_NONDETERMINISTIC", message: `${text} would differ between two runs`, index, help }];
    }
    return [];
  });
}

/** An effect is one statement that reads or changes rows. */
export function effectFaults(tokens: readonly SqlToken[]): readonly SqlFault[] {
  const [first] = tokens;
  if (first !== undefined && !(first.quote === "" && STATEMENTS.has(first.text.toUpperCase()))) {
    const message = `an effect starts with ${[...STATEMENTS].join(", ")}; found ${first.text}`;
    return [{ code: "E_SPEC_SQL_FORBIDDEN", message, index: first.start }];
  }
  const end = tokens.findIndex(({ text }) => text === ";");
  const second = end < 0 ? undefined : tokens.slice(end).find(({ text }) => text !== ";");
  if (second === undefined) return [];
  const message = `an effect is one statement, found a second one: ${second.text}`;
  return [{ code: "E_SPEC_SQL_FORBIDDEN", message, index: second.start, help: "write it as an effect of its own" }];
}

/** A `when`, a result or a filter is one balanced expression, so that the brackets around it hold it. */
export function expressionFaults(tokens: readonly SqlToken[]): readonly SqlFault[] {
  const fault = (message: string, { start }: SqlToken, help?: string) => [
    { code: "E_SPEC_SQL_SYNTAX", message, index: start, help },
  ];
  const [first] = tokens;
  if (first !== undefined && first.quote === "" && ["SELECT", "WITH", "VALUES"].includes(first.text.toUpperCase())) {
    return fault(
      "an expression is expected here, found a statement",
      first,
      "a subquery stands in brackets: (SELECT …)",
    );
  }
  const open: SqlToken[] = [];
  for (const token of tokens) {
    if (token.text === ";") return fault("an expression has no ;", token);
    if (token.text === "(") open.push(token);
    if (token.text === ")" && open.pop() === undefined) return fault("this ) closes nothing", token);
  }
  const [unclosed] = open;
  return unclosed === undefined ? [] : fault("this ( is not closed", unclosed);
}

function brokenText(text: string): string {
  if (text === "/*") return "this comment does not end";
  return `'"\`['`.includes(text) ? `what this ${text} opens does not end` : `${JSON.stringify(text)} is no part of SQL`;
}
