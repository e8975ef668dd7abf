import { didYouMean } from "../diag/mod.ts";
import type { SqlProbe } from "./sql_probe.ts";
import { commonFaults, effectFaults, expressionFaults, type SqlFault } from "./sql_rules.ts";
import { inBackticks, type SqlToken, sqlTokens } from "./sql_tokens.ts";

/** What a piece of SQL may use. */
export interface SqlScope {
  readonly probe: SqlProbe;
  /** Names of parameters. */
  readonly params: ReadonlySet<string>;
  /** Code of an unknown `:name`. */
  readonly unknownParam: "E_SPEC_SQL_PARAM" | "E_SYNC_VAR_UNBOUND";
  /** What stands before an expression, up to its line; default `SELECT (`. */
  readonly before?: string;
}

/** What the rules say of a piece of SQL, and how it is run where they say nothing. */
export interface ExaminedSql {
  readonly faults: readonly SqlFault[];
  /** One statement; of an expression `SELECT (…)`. Quoted names are in backticks. */
  readonly sql: string;
  /** The parameters that it uses, without `:`. */
  readonly params: readonly string[];
}

const BEFORE_EXPRESSION = "SELECT (\n";

/** Holds SQL against all rules of scenarios.md §3: of a spec at load, of a handler's `ctx.db` when it is called. */
export function examineSql(kind: "effect" | "expression", text: string, scope: SqlScope): ExaminedSql {
  const tokens = sqlTokens(text);
  const before = kind === "effect" ? "" : (scope.before ?? BEFORE_EXPRESSION);
  const ofKind = kind === "effect" ? effectFaults(tokens) : expressionFaults(tokens);
  const faults = eachOnce([...commonFaults(tokens), ...ofKind]);
  const inside = inBackticks(withoutRollback(text, tokens), tokens);
  const sql = kind === "effect" ? inside : `${before}${inside}\n)`;
  // What is forbidden is not shown to SQLite; an unknown parameter does not hide what else is wrong.
  const found = faults.length > 0 ? undefined : scope.probe.fault(sql, tokens, before.length);
  const params = [...new Set(tokens.filter((token) => token.kind === "param").map(({ name }) => name))];
  return { faults: [...faults, ...paramFaults(tokens, scope), ...(found === undefined ? [] : [found])], sql, params };
}

/** Two rules may forbid one word; one of them is enough to be told. */
function eachOnce(faults: readonly SqlFault[]): readonly SqlFault[] {
  return [...new Map(faults.toReversed().map((fault) => [`${fault.index} ${fault.code}`, fault])).values()].reverse();
}

/**
 * `INSERT OR ROLLBACK` would end the transaction of the engine, in which others wait to be committed. A statement that fails
 * undoes its whole unit in any case, so that ABORT, in a text of the same length, means the same.
 */
function withoutRollback(text: string, tokens: readonly SqlToken[]): string {
  let rewritten = text;
  for (const [at, { quote, text: word, start }] of tokens.entries()) {
    const [before, or] = [tokens[at - 2]?.text.toUpperCase(), tokens[at - 1]?.text.toUpperCase()];
    if (quote !== "" || word.toUpperCase() !== "ROLLBACK" || or !== "OR") continue;
    if (before !== "INSERT" && before !== "UPDATE") continue;
    rewritten = rewritten.slice(0, start) + "ABORT".padEnd(word.length) + rewritten.slice(start + word.length);
  }
  return rewritten;
}

function paramFaults(tokens: readonly SqlToken[], { params, unknownParam }: SqlScope): readonly SqlFault[] {
  return tokens.flatMap(({ kind, name, text, start: index }): readonly SqlFault[] => {
    if (kind !== "param" || params.has(name)) return [];
    if (name === "") {
      return [{ code: "E_SPEC_SQL_PARAM", message: `parameters are written :name, found ${text}`, index }];
    }
    const help = didYouMean(name, params);
    const known = [...params].map((param) => `:${param}`).join(", ");
    const message = `nothing is known as :${name}; there are ${known}`;
    return [{ code: unknownParam, message, index, help: help && `:${help}` }];
  });
}
