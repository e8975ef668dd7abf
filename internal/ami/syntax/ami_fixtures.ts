import { LineIndex } from "../../diag/mod.ts";
import type { Expr, SourceFile, Stmt } from "./ast.ts";
import { parseSource } from "./parse_source.ts";
import { printExpr } from "./print_expr.ts";
import type { SyntaxFinding } from "./syntax_finding.ts";

// What tests ask of the parser, in few words.

/** `line:column message` of findings. */
export function placed(text: string, findings: readonly SyntaxFinding[]): string[] {
  const lines = new LineIndex(text);
  return findings.map(({ start, message }) => {
    const { line, column } = lines.position(start);
    return `${line}:${column} ${message}`;
  });
}

/** The findings of a file, as `line:column message`. */
export function errorsOf(text: string): string[] {
  return placed(text, parseSource(text).findings);
}

/** The tree of a file without findings. */
export function treeOf(text: string): SourceFile {
  const { tree, findings } = parseSource(text);
  if (findings.length > 0) throw new Error(`${text}\n${placed(text, findings).join("\n")}`);
  return tree;
}

/** The statements of a function without findings. */
export function statementsOf(body: string): readonly Stmt[] {
  return treeOf(`package p\nfunc f() {${body}}`).funcs[0]?.body.statements ?? [];
}

/** An expression with parentheses that show how it is grouped. */
export function grouped(expr: Expr): string {
  return expr.kind === "binary" ? `(${grouped(expr.left)} ${expr.op} ${grouped(expr.right)})` : printExpr(expr);
}

/** The one value that the text between two braces returns. */
export function expressionIn(text: string): Expr {
  const statement = statementsOf(`return ${text}`)[0];
  const value = statement?.kind === "return" ? statement.values[0] : undefined;
  if (value === undefined) throw new Error("no value");
  return value;
}
