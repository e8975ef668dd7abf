// Policies (flows §4, §5): the expression language, its literals, and the evaluator of policy documents.
export { parseLiteral } from "./syntax/parse_literal.ts";
