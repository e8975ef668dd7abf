import { expect, test } from "bun:test";
import fc from "fast-check";
import { anyExpr, anyFunction, anyPipeline, withoutPositions } from "./ami_arbitraries.ts";
import { expressionIn, treeOf } from "./ami_fixtures.ts";
import type { Expr, Span } from "./ast.ts";
import { printFunction } from "./print_block.ts";
import { printExpr } from "./print_expr.ts";
import { printPipeline } from "./print_pipeline.ts";

/** The expressions in an expression. */
function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "unary":
      return [expr.operand];
    case "binary":
      return [expr.left, expr.right];
    case "member":
      return [expr.object];
    case "index":
      return [expr.object, expr.index];
    case "call":
      return [expr.callee, ...expr.args];
    case "list":
      return expr.items;
    case "map":
      return expr.entries.flat();
    default:
      return [];
  }
}

test("the text at an expression's place is that expression (property)", () => {
  fc.assert(
    fc.property(anyExpr, (expr) => {
      const head = "package p\nfunc f() {return ";
      const text = `${head}${printExpr(expr)}}`;
      const check = (part: Expr): void => {
        const again = expressionIn(text.slice(part.start, part.end));
        expect(withoutPositions(again)).toEqual(withoutPositions(part));
        for (const inner of partsOf(part)) check(inner);
      };
      check(expressionIn(printExpr(expr)));
    }),
    { numRuns: 100 },
  );
});

/** Every place in a tree lies inside that of the node around it, and every name's text stands at its place. */
function checkPlaces(text: string, node: unknown, outer: Span): void {
  if (Array.isArray(node)) for (const item of node) checkPlaces(text, item, outer);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return;
  const span = isSpan(node) ? node : outer;
  expect(outer.start <= span.start && span.start <= span.end && span.end <= outer.end).toBe(true);
  if ("text" in node && typeof node.text === "string") {
    expect(text.slice(span.start, span.end).replace(/\s/g, "")).toBe(node.text.replace(/\s/g, ""));
  }
  for (const value of Object.values(node)) checkPlaces(text, value, span);
}

function isSpan(node: object): node is Span {
  return "start" in node && "end" in node;
}

test("nodes stand inside each other, and names where they are (property)", () => {
  fc.assert(
    fc.property(
      fc.array(anyFunction, { maxLength: 2 }),
      fc.array(anyPipeline, { maxLength: 2 }),
      (funcs, pipelines) => {
        const parts = [...funcs.map((func) => printFunction(func)), ...pipelines.map(printPipeline)];
        const text = `package p\n${parts.join("\n")}`;
        checkPlaces(text, treeOf(text), { start: 0, end: text.length });
      },
    ),
    { numRuns: 100 },
  );
});
