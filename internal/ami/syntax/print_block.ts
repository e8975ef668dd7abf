import type { Block, FuncDecl, Stmt } from "./ast.ts";
import { printExpr, printExprs } from "./print_expr.ts";

/** A function as source, `indent` before each of its lines but the first. */
export function printFunction(func: FuncDecl, indent = ""): string {
  const params = func.params.map(({ name, type }) => (type === undefined ? name.text : `${name.text} ${type.text}`));
  const name = func.name === undefined ? "" : ` ${func.name.text}`;
  return `func${name}(${params.join(", ")})${printResults(func)} ${printBlock(func.body, indent)}`;
}

function printResults({ results }: FuncDecl): string {
  const texts = results.map(({ text }) => text).join(", ");
  if (results.length === 0) return "";
  return results.length === 1 ? ` ${texts}` : ` (${texts})`;
}

function printBlock(block: Block, indent: string): string {
  return printBraces(printStatements(block.statements, `${indent}  `), indent);
}

function printBraces(lines: string, indent: string): string {
  return lines === "" ? "{ }" : `{\n${lines}${indent}}`;
}

function printStatements(statements: readonly Stmt[], indent: string): string {
  return statements.map((statement) => `${indent}${printStatement(statement, indent)}\n`).join("");
}

function printStatement(stmt: Stmt, indent: string): string {
  switch (stmt.kind) {
    case "return":
      return stmt.values.length === 0 ? "return" : `return ${printExprs(stmt.values)}`;
    case "var":
      return stmt.value === undefined ? `var ${stmt.name.text}` : `let ${stmt.name.text} = ${printExpr(stmt.value)}`;
    case "define":
      return `${stmt.names.map(({ text }) => text).join(", ")} := ${printExprs(stmt.values)}`;
    case "assign":
      return `${printExprs(stmt.targets)} ${stmt.op} ${printExprs(stmt.values)}`;
    case "step":
      return `${printExpr(stmt.target)}${stmt.op}`;
    case "call":
      return printExpr(stmt.call);
    case "block":
      return printBlock(stmt.body, indent);
    case "if":
      return printIf(stmt, indent);
    case "loop":
      return `${printLoopHead(stmt)}${printBlock(stmt.body, indent)}`;
    case "range":
      return `for ${printRangeNames(stmt)} := range ${printExpr(stmt.over)} ${printBlock(stmt.body, indent)}`;
    case "switch":
      return printSwitch(stmt, indent);
    case "break":
    case "continue":
      return stmt.kind;
  }
}

function printIf(stmt: Extract<Stmt, { kind: "if" }>, indent: string): string {
  const init = stmt.init === undefined ? "" : `${printStatement(stmt.init, indent)}; `;
  const otherwise = stmt.else === undefined ? "" : ` else ${printStatement(stmt.else, indent)}`;
  return `if ${init}${printExpr(stmt.condition)} ${printBlock(stmt.then, indent)}${otherwise}`;
}

function printLoopHead({ init, condition, post }: Extract<Stmt, { kind: "loop" }>): string {
  const test = condition === undefined ? "" : ` ${printExpr(condition)}`;
  if (init === undefined && post === undefined) return condition === undefined ? "for " : `while${test} `;
  const before = init === undefined ? "" : ` ${printStatement(init, "")}`;
  const after = post === undefined ? "" : ` ${printStatement(post, "")}`;
  return `for${before};${test};${after} `;
}

function printRangeNames({ key, value }: Extract<Stmt, { kind: "range" }>): string {
  return value === undefined ? key.text : `${key.text}, ${value.text}`;
}

function printSwitch({ subject, cases }: Extract<Stmt, { kind: "switch" }>, indent: string): string {
  const lines = cases.map(({ values, statements }) => {
    const head = values === undefined ? "default" : `case ${printExprs(values)}`;
    return `${indent}${head}:\n${printStatements(statements, `${indent}  `)}`;
  });
  return `switch ${subject === undefined ? "" : `${printExpr(subject)} `}${printBraces(lines.join(""), indent)}`;
}
