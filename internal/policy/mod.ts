// Policies (flows §4, §5): the expression language, its literals, and the evaluator of policy documents. Total and bounded:
// whatever a policy says, an evaluation ends soon, with the emit mapping or a PolicyError.
export { assignmentSplit } from "./assignment_split.ts";
export { type CompiledPolicy, compilePolicy, type PolicyOutcome } from "./compile_policy.ts";
export { type EvaluatePolicyOptions, evaluatePolicy } from "./evaluate_policy.ts";
export { meantConstant } from "./name_meant.ts";
export { arityFault, FUNCTIONS } from "./operations/functions.ts";
export { decimalOf } from "./operations/numbers.ts";
export { PolicyError } from "./policy_error.ts";
export { GIVEN_NAMES, isReserved } from "./scope.ts";
export { childExpressions } from "./syntax/child_expressions.ts";
export type { CallExpression, Expression, Name, PathExpression, PostfixExpression } from "./syntax/expression.ts";
export { parseExpression } from "./syntax/parse_expression.ts";
export { parseLiteral } from "./syntax/parse_literal.ts";
export { pathPrefixes } from "./syntax/path_prefixes.ts";
export { ExpressionSyntaxError } from "./syntax/syntax_error.ts";
export { readText } from "./syntax/text_token.ts";
export { RESERVED } from "./syntax/token.ts";
