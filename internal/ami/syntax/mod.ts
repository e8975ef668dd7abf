// The syntax of .ami files: pragma lines, tokens, the tree, its parser and printer, and the pragmas that hold for a file.
// Everything here is a function of one text.
export { integerIn, millisecondsIn, pathIn, textIn, valueSpan, wordIn } from "./arg_values.ts";
export type {
  Arg,
  ArgValue,
  Attr,
  BinaryOp,
  Block,
  Chain,
  EnumDecl,
  ErrorDecl,
  Expr,
  FuncDecl,
  ImportDecl,
  Name,
  Param,
  PipelineBody,
  PipelineDecl,
  SourceFile,
  Span,
  StepNode,
  Stmt,
  SwitchCase,
} from "./ast.ts";
export { type Capability, EDGE_POLICIES, type FilePragmas, LIMIT_KINDS, type LimitKind } from "./file_pragmas.ts";
export { Findings, isWarning } from "./findings.ts";
export type { EdgePolicy, MergePlan } from "./merge_plan.ts";
export { type ParsedSource, parseSource } from "./parse_source.ts";
export type { PragmaLine } from "./pragma_line.ts";
export { printSource } from "./print_source.ts";
export { readFilePragmas } from "./read_file_pragmas.ts";
export { BUFFER_CODES, EDGE_CODES, policyIn, policyOf } from "./read_policy.ts";
export { type SourceScan, scanSource } from "./source_scan.ts";
export { Suggestions } from "./suggestions.ts";
export type { SyntaxFinding } from "./syntax_finding.ts";
export { isNameStart, nameEnd } from "./word_characters.ts";
