/** What all parts of an expression have: the UTF-16 indexes of the first character and of the one behind the last. */
interface Part {
  readonly start: number;
  readonly end: number;
}

export type Scalar = null | boolean | number | string;

/** An expression of flows §5 as a tree. Chains of operators of one level stand in one node, so that its depth is bounded. */
export type Expression =
  | LiteralExpression
  | PathExpression
  | ListExpression
  | MappingExpression
  | CallExpression
  | PostfixExpression
  | SignExpression
  | NotExpression
  | LogicExpression
  | ArithmeticExpression
  | PowerExpression
  | ComparisonExpression
  | ConditionalExpression;

export interface LiteralExpression extends Part {
  readonly kind: "literal";
  readonly value: Scalar;
}

/** `a.b.c`: a name and the fields that follow it at once. */
export interface PathExpression extends Part {
  readonly kind: "path";
  readonly names: readonly [Name, ...Name[]];
}

export interface Name extends Part {
  readonly text: string;
}

/** A list or a tuple. */
export interface ListExpression extends Part {
  readonly kind: "list";
  readonly items: readonly Expression[];
}

export interface MappingExpression extends Part {
  readonly kind: "mapping";
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
}

/** A call of what may be a function. */
export interface CallExpression extends Part {
  readonly kind: "call";
  readonly name: Name;
  readonly args: readonly Expression[];
}

/** `x[i].f.get(k)`. */
export interface PostfixExpression extends Part {
  readonly kind: "postfix";
  readonly base: Expression;
  readonly steps: readonly [PostfixStep, ...PostfixStep[]];
}

export type PostfixStep =
  | (Part & { readonly kind: "index"; readonly index: Expression })
  | (Part & { readonly kind: "field"; readonly name: Name })
  | (Part & { readonly kind: "get"; readonly key: Expression; readonly fallback: Expression | undefined });

export interface SignExpression extends Part {
  readonly kind: "sign";
  readonly operator: "+" | "-";
  readonly operand: Expression;
}

export interface NotExpression extends Part {
  readonly kind: "not";
  readonly operand: Expression;
}

export interface LogicExpression extends Part {
  readonly kind: "and" | "or";
  readonly operands: readonly Expression[];
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "//" | "%";

/** `a + b - c` or `a * b // c`, from left to right. */
export interface ArithmeticExpression extends Part {
  readonly kind: "arithmetic";
  readonly first: Expression;
  readonly rest: readonly { readonly operator: ArithmeticOperator; readonly operand: Expression }[];
}

export interface PowerExpression extends Part {
  readonly kind: "power";
  readonly base: Expression;
  readonly exponent: Expression;
}

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in" | "is" | "is not";

/** `a < b < c`: holds if every neighbouring pair does. */
export interface ComparisonExpression extends Part {
  readonly kind: "comparison";
  readonly first: Expression;
  readonly rest: readonly { readonly operator: ComparisonOperator; readonly operand: Expression }[];
}

/** `then if condition else otherwise`. */
export interface ConditionalExpression extends Part {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
