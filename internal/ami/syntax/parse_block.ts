import type { Block, Expr, Stmt, SwitchCase } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpr } from "./parse_expr.ts";
import { parseExprs } from "./parse_exprs.ts";
import { parseFor, parseWhile } from "./parse_loop.ts";
import { asStatement, parseClause, parseSimple } from "./parse_simple.ts";
import { isTypeStart, parseType } from "./parse_type.ts";

/** Reads `{ … }` with the statements of a function (pipelines §1). */
export function parseBlock(c: Cursor): Block {
  const start = c.start;
  const statements = c.block(() => parseStatements(c));
  return { statements, ...c.span(start) };
}

/** Reads statements up to what ends a block or a case of a switch. */
function parseStatements(c: Cursor): readonly Stmt[] {
  const statements: Stmt[] = [];
  for (;;) {
    c.skipSemicolons();
    if (c.is("}") || c.is("case") || c.is("default") || c.atEnd) return statements;
    statements.push(parseStatement(c));
    c.endStatement();
  }
}

function parseStatement(c: Cursor): Stmt {
  const start = c.start;
  const word = c.current.kind === "name" ? c.current.text : "";
  switch (word) {
    case "return":
      return parseReturn(c);
    case "var":
    case "let":
      return parseVar(c, word);
    case "break":
    case "continue":
      c.advance();
      return { kind: word, ...c.span(start) };
    case "if":
      return parseIf(c);
    case "while":
      return parseWhile(c, parseBlock);
    case "for":
      return parseFor(c, parseBlock);
    case "switch":
      return parseSwitch(c);
    default:
      if (c.is("{")) return { kind: "block", body: parseBlock(c), ...c.span(start) };
      return parseSimple(c);
  }
}

function parseReturn(c: Cursor): Stmt {
  const start = c.start;
  c.expect("return");
  const ends = c.current.newline || c.is(";") || c.is("}") || c.atEnd;
  const values = ends ? [] : parseExprs(c, parseExpr);
  return { kind: "return", values, ...c.span(start) };
}

/** `var x T = e`, where type and value may be missing; `let x = e`. */
function parseVar(c: Cursor, word: "var" | "let"): Stmt {
  const start = c.start;
  c.expect(word);
  const name = c.expectName("a variable's name");
  if (word === "var" && c.joined && isTypeStart(c)) parseType(c);
  if (word === "let" && !c.is("=")) c.fail("'='");
  const value = c.joined && c.take("=") ? parseExpr(c) : undefined;
  return { kind: "var", name, value, ...c.span(start) };
}

function parseIf(c: Cursor): Stmt {
  const start = c.start;
  c.expect("if");
  const { init, condition } = parseCondition(c);
  // A chain of `else if` is a tree as deep as it is long.
  return c.nested(() => ({
    kind: "if",
    init,
    condition,
    // biome-ignore lint/suspicious/noThenProperty: nobody awaits a syntax tree.
    then: parseBlock(c),
    else: c.take("else") ? parseElse(c) : undefined,
    ...c.span(start),
  }));
}

/** `cond`, or `simple; cond`. */
function parseCondition(c: Cursor): { init: Stmt | undefined; condition: Expr } {
  const start = c.start;
  const clause = parseClause(c);
  if (c.take(";")) return { init: asStatement(c, clause, start), condition: parseExpr(c) };
  if ("stmt" in clause) return c.fail("';'");
  return { init: undefined, condition: clause.expr };
}

function parseElse(c: Cursor): Stmt {
  const start = c.start;
  if (c.is("if")) return parseIf(c);
  if (!c.is("{")) c.fail("'if' or '{'");
  return { kind: "block", body: parseBlock(c), ...c.span(start) };
}

function parseSwitch(c: Cursor): Stmt {
  const start = c.start;
  c.expect("switch");
  const subject = c.is("{") ? undefined : parseExpr(c);
  const cases = c.block(() => parseCases(c), "'case', 'default' or '}'");
  return { kind: "switch", subject, cases, ...c.span(start) };
}

function parseCases(c: Cursor): readonly SwitchCase[] {
  const cases: SwitchCase[] = [];
  let defaults = 0;
  while (c.is("case") || (c.is("default") && defaults === 0)) {
    const start = c.start;
    if (c.is("default")) defaults += 1;
    const values = c.take("default") ? undefined : parseCaseValues(c);
    c.expect(":", values === undefined ? "':'" : "',' or ':'");
    const statements = parseStatements(c);
    cases.push({ values, statements, ...c.span(start) });
  }
  return cases;
}

function parseCaseValues(c: Cursor): readonly Expr[] {
  c.expect("case");
  return parseExprs(c, parseExpr);
}
