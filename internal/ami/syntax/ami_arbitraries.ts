import fc from "fast-check";
import type {
  Arg,
  ArgValue,
  Attr,
  Block,
  Chain,
  EnumDecl,
  ErrorDecl,
  Expr,
  FuncDecl,
  ImportDecl,
  Name,
  PipelineBody,
  PipelineDecl,
  SourceFile,
  StepNode,
  Stmt,
  SwitchCase,
} from "./ast.ts";
import type { PragmaLine } from "./pragma_line.ts";
import { isReserved } from "./token.ts";

// Arbitrary syntax trees, for property tests. They have no positions: every place is 0.

const AT = { start: 0, end: 0 } as const;

/** Words as people choose them, words with a meaning in some places, and any words at all. */
const word = fc.oneof(
  fc.constantFrom("a", "b", "ev", "payload", "f", "größe", "_x9", "名前"),
  fc.constantFrom(
    "map",
    "slice",
    "error",
    "type",
    "pipeline",
    "package",
    "import",
    "enum",
    "io",
    "merge",
    "edge",
    "state",
  ),
  fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,6}$/),
);

/** A word that a variable can be called. */
const freeWord = word.filter((text) => !isReserved(text));

function named(text: fc.Arbitrary<string>): fc.Arbitrary<Name> {
  return text.map((found) => ({ text: found, ...AT }));
}

const name = named(word);
const freeName = named(freeWord);

function optional<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

function few<T>(arbitrary: fc.Arbitrary<T>, minLength = 0): fc.Arbitrary<T[]> {
  return fc.array(arbitrary, { minLength, maxLength: minLength + 2, depthIdentifier: "tree" });
}

const text = fc.string({ unit: fc.oneof(fc.constantFrom('"', "\\", "\n", "/", "*"), fc.string({ unit: "grapheme" })) });

const { type } = fc.letrec<{ type: string }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    freeWord.filter((found) => found !== "map"),
    fc.tuple(freeWord, word).map((parts) => parts.join(".")),
    tie("type").map((of) => `[]${of}`),
    tie("type").map((of) => `*${of}`),
    fc.tuple(freeWord, tie("type"), tie("type")).map(([of, a, b]) => `${of}<${a}, ${b}>`),
    fc.tuple(tie("type"), tie("type")).map(([key, value]) => `map[${key}]${value}`),
  ),
}));

const number = fc.oneof(
  fc.nat(),
  fc.double({ min: 0, max: 2 ** 53, noNaN: true }).map((value) => Math.abs(value)),
  fc.constantFrom(2 ** 53, Number.MIN_VALUE),
);

const binaryOp = fc.constantFrom("||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%");

const leaf: fc.Arbitrary<Expr> = fc.oneof(
  number.map((value): Expr => ({ kind: "number", value, ...AT })),
  fc.nat().map((ms): Expr => ({ kind: "duration", ms, ...AT })),
  text.map((value): Expr => ({ kind: "string", value, ...AT })),
  fc.boolean().map((value): Expr => ({ kind: "bool", value, ...AT })),
  fc.constant<Expr>({ kind: "nil", ...AT }),
  freeWord.map((found): Expr => ({ kind: "name", name: found, ...AT })),
);

export const { expr: anyExpr, call } = fc.letrec<{ expr: Expr; call: Extract<Expr, { kind: "call" }> }>((tie) => {
  const expr = tie("expr");
  return {
    expr: fc.oneof(
      { depthSize: "small", depthIdentifier: "tree", withCrossShrink: true },
      leaf,
      fc.tuple(fc.constantFrom("-", "!"), expr).map(([op, operand]): Expr => ({ kind: "unary", op, operand, ...AT })),
      fc.tuple(binaryOp, expr, expr).map(([op, left, right]): Expr => ({ kind: "binary", op, left, right, ...AT })),
      fc.tuple(expr, name).map(([object, member]): Expr => ({ kind: "member", object, name: member, ...AT })),
      fc.tuple(expr, expr).map(([object, index]): Expr => ({ kind: "index", object, index, ...AT })),
      tie("call"),
      few(expr).map((items): Expr => ({ kind: "list", items, ...AT })),
      few(fc.tuple(expr, expr)).map((entries): Expr => ({ kind: "map", entries, ...AT })),
    ),
    call: fc.tuple(expr, few(expr)).map(([callee, args]) => ({ kind: "call", callee, args, ...AT }) as const),
  };
});

const { target } = fc.letrec<{ target: Expr }>((tie) => ({
  target: fc.oneof(
    { depthSize: "small", depthIdentifier: "tree", withCrossShrink: true },
    freeWord.map((found): Expr => ({ kind: "name", name: found, ...AT })),
    fc.tuple(tie("target"), name).map(([object, member]): Expr => ({ kind: "member", object, name: member, ...AT })),
    fc.tuple(tie("target"), anyExpr).map(([object, index]): Expr => ({ kind: "index", object, index, ...AT })),
  ),
}));

/** Statements without a word of their own, which may stand in the head of `if` and `for` too. */
const simple: fc.Arbitrary<Stmt> = fc.oneof(
  fc
    .tuple(few(freeName, 1), few(anyExpr, 1))
    .map(([names, values]): Stmt => ({ kind: "define", names, values, ...AT })),
  fc
    .tuple(few(target, 1), fc.constantFrom("=", "+=", "-=", "*=", "/=", "%="), few(anyExpr, 1))
    .map(([targets, op, values]): Stmt => ({ kind: "assign", targets, op, values, ...AT })),
  fc.tuple(target, fc.constantFrom("++", "--")).map(([of, op]): Stmt => ({ kind: "step", target: of, op, ...AT })),
  call.map((of): Stmt => ({ kind: "call", call: of, ...AT })),
);

const { block } = fc.letrec<{ block: Block; statement: Stmt; if: Stmt }>((tie) => {
  const inner = tie("block");
  const statements = few(tie("statement"));
  const switchCase = fc
    .tuple(few(anyExpr, 1), statements)
    .map(([values, body]): SwitchCase => ({ values, statements: body, ...AT }));
  const defaultCase = statements.map((body): SwitchCase => ({ values: undefined, statements: body, ...AT }));
  const blockStatement = inner.map((body): Stmt => ({ kind: "block", body, ...AT }));
  return {
    block: statements.map((found) => ({ statements: found, ...AT })),
    if: fc
      .tuple(optional(simple), anyExpr, inner, optional(fc.oneof(blockStatement, tie("if"))))
      .map(([init, condition, then, other]): Stmt => ({ kind: "if", init, condition, then, else: other, ...AT })),
    statement: fc.oneof(
      { depthSize: "small", depthIdentifier: "tree", withCrossShrink: true },
      simple,
      few(anyExpr).map((values): Stmt => ({ kind: "return", values, ...AT })),
      fc.tuple(freeName, optional(anyExpr)).map(([of, value]): Stmt => ({ kind: "var", name: of, value, ...AT })),
      fc.constantFrom<("break" | "continue")[]>("break", "continue").map((kind): Stmt => ({ kind, ...AT })),
      blockStatement,
      tie("if"),
      fc
        .tuple(optional(simple), optional(anyExpr), optional(simple), inner)
        .map(([init, condition, post, body]): Stmt => ({ kind: "loop", init, condition, post, body, ...AT })),
      fc
        .tuple(freeName, optional(freeName), anyExpr, inner)
        .map(([key, value, over, body]): Stmt => ({ kind: "range", key, value, over, body, ...AT })),
      fc
        .tuple(optional(anyExpr), few(switchCase), fc.array(defaultCase, { maxLength: 1 }), few(switchCase))
        .map(([subject, ...cases]): Stmt => ({ kind: "switch", subject, cases: cases.flat(), ...AT })),
    ),
  };
});

function functions<N extends Name | undefined>(of: fc.Arbitrary<N>): fc.Arbitrary<FuncDecl> {
  const param = fc.tuple(freeName, optional(named(type))).map(([found, of]) => ({ name: found, type: of }));
  return fc
    .tuple(of, few(param), few(named(type)), block)
    .map(([found, params, results, body]) => ({ name: found, params, results, body, ...AT }));
}

export const anyFunction: fc.Arbitrary<FuncDecl> = functions(freeName);

export const { attr: anyAttr, arg: anyArg } = fc.letrec<{ attr: Attr; arg: Arg; prefixed: Attr }>((tie) => {
  const form = fc.oneof(
    { depthSize: "small", depthIdentifier: "tree", withCrossShrink: true },
    fc.constant({ args: undefined, value: undefined }),
    few(tie("arg")).map((args) => ({ args, value: undefined })),
    tie("arg").map((value) => ({ args: undefined, value })),
  );
  const prefix = fc.constantFrom("merge", "edge", "io");
  const value: fc.Arbitrary<ArgValue> = fc.oneof(
    anyExpr.map((expr): ArgValue => ({ kind: "expr", expr })),
    tie("prefixed").map((attr): ArgValue => ({ kind: "attr", attr })),
    functions(fc.constant(undefined)).map((func): ArgValue => ({ kind: "func", func })),
  );
  return {
    prefixed: fc.tuple(prefix, name, form).map(([before, of, rest]) => ({ prefix: before, name: of, ...rest, ...AT })),
    attr: fc
      .tuple(optional(prefix), name, form)
      .map(([before, of, rest]) => ({ prefix: before, name: of, ...rest, ...AT })),
    arg: fc.tuple(optional(name), value).map(([of, found]) => ({ name: of, value: found, ...AT })),
  };
});

function steps(label: fc.Arbitrary<Name | undefined>): fc.Arbitrary<StepNode> {
  const kind = fc.oneof(name, named(fc.constantFrom("io.Read", "io.Write", "ingress", "egress")));
  const args = fc.oneof(few(anyArg), fc.constant(undefined));
  return fc.tuple(label, kind, args, few(anyAttr)).map(([given, of, list, attrs]) => {
    return { label: given, name: of, parens: list !== undefined, args: list ?? [], attrs, ...AT };
  });
}

export const anyChain: fc.Arbitrary<Chain> = fc
  .tuple(steps(optional(name)), few(fc.tuple(fc.constantFrom(".", "->"), steps(fc.constant(undefined)))))
  .map(([first, others]) => ({
    steps: [first, ...others.map(([, step]) => step)],
    connectors: others.map(([connector]) => connector),
    ...AT,
  }));

function bodies(error: fc.Arbitrary<ErrorDecl | undefined>): fc.Arbitrary<PipelineBody> {
  return fc.tuple(few(anyChain), error).map(([chains, found]) => ({ chains, error: found, ...AT }));
}

const anyError: fc.Arbitrary<ErrorDecl> = bodies(fc.constant(undefined)).map((body) => {
  return { keyword: { text: "error", ...AT }, body, ...AT };
});

export const anyPipeline: fc.Arbitrary<PipelineDecl> = fc.tuple(name, bodies(optional(anyError))).map(([of, body]) => {
  return { keyword: { text: "pipeline", ...AT }, name: of, body, ...AT };
});

const anyImport: fc.Arbitrary<ImportDecl> = fc
  .tuple(optional(freeName), named(text), optional(fc.constantFrom("v1.2.3", "1.0 beta", "=2")))
  .map(([alias, path, version]) => ({ alias, path, version, ...AT }));

const anyEnum: fc.Arbitrary<EnumDecl> = fc
  .tuple(freeName, few(name))
  .map(([of, members]) => ({ name: of, members, ...AT }));

const anyPragma: fc.Arbitrary<PragmaLine> = fc
  .constantFrom("capabilities", "test:case", "größe", "")
  .map((of) => ({ line: 0, start: 0, nameStart: 0, name: of, payloadStart: 0, end: 0 }));

/** Any file that can be written, well-formed by the grammar and senseless by all checks. */
export const anySource: fc.Arbitrary<SourceFile> = fc.record(
  {
    package: name,
    imports: few(anyImport),
    funcs: few(anyFunction),
    pipelines: few(anyPipeline),
    enums: few(anyEnum),
    errors: few(anyError),
    pragmas: few(anyPragma),
  },
  { noNullPrototype: true },
);

const PLACES: ReadonlySet<string> = new Set(["start", "end", "line", "nameStart", "payloadStart"]);

/** A copy of a tree without its positions. */
export function withoutPositions(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutPositions);
  if (typeof tree !== "object" || tree === null) return tree;
  const entries = Object.entries(tree).filter(([key]) => !PLACES.has(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutPositions(value)]));
}
