import type {
  ArithmeticOperator,
  ComparisonOperator,
  Expression,
  MappingExpression,
  Name,
  PostfixStep,
} from "./expression.ts";
import { codePoints, ExpressionSyntaxError } from "./syntax_error.ts";
import { shown, type Token } from "./token.ts";
import { Tokenizer } from "./tokenizer.ts";

/** Code points of an expression (flows §5, bounds). */
const MAX_POINTS = 4096;
/** How deep an expression may be nested: brackets, signs, `not`, exponents and `else` branches each go one down. */
const MAX_DEPTH = 64;

/**
 * Reads an expression of flows §5, whole and without blanks around it.
 *
 * @throws ExpressionSyntaxError for what is none, at its first wrong character, and for one beyond the bounds
 */
export function parseExpression(text: string): Expression {
  // A code point is one or two units.
  if (text.length > MAX_POINTS && codePoints(text, text.length) > MAX_POINTS) {
    throw new ExpressionSyntaxError(`the expression has more than ${MAX_POINTS} characters`, text, 0);
  }
  return new Parser(text).whole();
}

/** As `parseExpression`, of any length: for literals, which cost no more than the text that they stand for. */
export function parseLongExpression(text: string): Expression {
  return new Parser(text).whole();
}

class Parser {
  readonly #tokens: Tokenizer;
  #token: Token;
  #previousEnd = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = new Tokenizer(text);
    this.#token = this.#tokens.next();
  }

  whole(): Expression {
    const expression = this.#expression();
    if (this.#token.kind !== "end") {
      const help = this.#isSymbol(":") ? "there are no slices; a mapping literal stands in '{ }'" : undefined;
      this.#fail(`${shown(this.#token)} is not expected here`, help);
    }
    return expression;
  }

  #expression(): Expression {
    const then = this.#logic("or");
    if (!this.#takeWord("if")) return then;
    const condition = this.#logic("or");
    if (!this.#takeWord("else"))
      this.#fail(`'else' is expected, found ${shown(this.#token)}`, "write 'A if CONDITION else B'");
    const otherwise = this.#deeper(() => this.#expression());
    return { kind: "conditional", condition, then, otherwise, start: then.start, end: otherwise.end };
  }

  #logic(kind: "and" | "or"): Expression {
    const operand = (): Expression => (kind === "or" ? this.#logic("and") : this.#not());
    const first = operand();
    if (!this.#isWord(kind)) return first;
    const operands = [first];
    while (this.#takeWord(kind)) operands.push(operand());
    return { kind, operands, start: first.start, end: this.#previousEnd };
  }

  #not(): Expression {
    const { start } = this.#token;
    if (!this.#takeWord("not")) return this.#comparison();
    const operand = this.#deeper(() => this.#not());
    return { kind: "not", operand, start, end: operand.end };
  }

  #comparison(): Expression {
    const first = this.#sum();
    const rest: { operator: ComparisonOperator; operand: Expression }[] = [];
    for (let operator = this.#comparisonOperator(); operator !== undefined; operator = this.#comparisonOperator()) {
      const at = this.#token;
      const operand = this.#sum();
      if (operator.startsWith("is") && !isIdentity(operand)) {
        this.#failAt(
          at,
          `'${operator}' is for None, True and False only`,
          `write '${operator === "is" ? "==" : "!="}'`,
        );
      }
      rest.push({ operator, operand });
    }
    return rest.length === 0 ? first : { kind: "comparison", first, rest, start: first.start, end: this.#previousEnd };
  }

  #comparisonOperator(): ComparisonOperator | undefined {
    for (const operator of ["==", "!=", "<=", ">=", "<", ">"] as const) if (this.#takeSymbol(operator)) return operator;
    if (this.#takeWord("in")) return "in";
    if (this.#takeWord("is")) return this.#takeWord("not") ? "is not" : "is";
    if (!this.#takeWord("not")) return undefined;
    if (!this.#takeWord("in")) this.#fail(`'in' is expected behind 'not', found ${shown(this.#token)}`);
    return "not in";
  }

  #sum(): Expression {
    return this.#chain(["+", "-"], () => this.#chain(["*", "//", "/", "%"], () => this.#unary()));
  }

  #chain(operators: readonly ArithmeticOperator[], operandOf: () => Expression): Expression {
    const first = operandOf();
    const rest: { operator: ArithmeticOperator; operand: Expression }[] = [];
    for (;;) {
      const operator = operators.find((candidate) => this.#takeSymbol(candidate));
      if (operator === undefined) break;
      rest.push({ operator, operand: operandOf() });
    }
    return rest.length === 0 ? first : { kind: "arithmetic", first, rest, start: first.start, end: this.#previousEnd };
  }

  #unary(): Expression {
    const { start } = this.#token;
    for (const operator of ["+", "-"] as const) {
      if (!this.#takeSymbol(operator)) continue;
      const operand = this.#deeper(() => this.#unary());
      return { kind: "sign", operator, operand, start, end: operand.end };
    }
    return this.#power();
  }

  #power(): Expression {
    const base = this.#postfix();
    if (!this.#takeSymbol("**")) return base;
    const exponent = this.#deeper(() => this.#unary());
    return { kind: "power", base, exponent, start: base.start, end: exponent.end };
  }

  #postfix(): Expression {
    const base = this.#atom();
    const steps: PostfixStep[] = [];
    for (let step = this.#postfixStep(); step !== undefined; step = this.#postfixStep()) steps.push(step);
    const [first, ...others] = steps;
    if (this.#isSymbol("(")) this.#fail("only functions and '.get' can be called");
    if (first === undefined) return base;
    return { kind: "postfix", base, steps: [first, ...others], start: base.start, end: this.#previousEnd };
  }

  #postfixStep(): PostfixStep | undefined {
    const { start } = this.#token;
    if (this.#takeSymbol("[")) {
      const index = this.#deeper(() => this.#expression());
      if (this.#isSymbol(":")) this.#fail("there are no slices");
      this.#close("]");
      return { kind: "index", index, start, end: this.#previousEnd };
    }
    if (!this.#takeSymbol(".")) return undefined;
    const name = this.#fieldName();
    if (name.text !== "get" || !this.#takeSymbol("(")) return { kind: "field", name, start, end: name.end };
    const at = this.#token;
    const args = this.#items(")", () => this.#expression());
    const [key, fallback] = args;
    if (key === undefined || args.length > 2) {
      return this.#failAt(at, `'.get' takes a key and perhaps a default, found ${args.length} arguments`);
    }
    return { kind: "get", key, fallback, start, end: this.#previousEnd };
  }

  #atom(): Expression {
    const token = this.#token;
    const { start, end } = token;
    switch (token.kind) {
      case "number":
      case "text":
        this.#advance();
        return { kind: "literal", value: token.value, start, end };
      case "name":
        this.#advance();
        return this.#named({ text: token.text, start, end });
      case "word":
        return this.#constant(token.text, token);
      case "symbol":
        if (this.#takeSymbol("(")) return this.#group(start);
        if (this.#takeSymbol("[")) {
          const items = this.#items("]", () => this.#expression());
          return { kind: "list", items, start, end: this.#previousEnd };
        }
        if (this.#takeSymbol("{")) return this.#mapping(start);
        return this.#fail(`a value is expected, found ${shown(token)}`);
      default:
        return this.#fail(
          start === 0 ? "an expression is expected, found nothing" : "a value is expected, found the end",
        );
    }
  }

  #constant(text: string, { start, end }: Token): Expression {
    const constants: Readonly<Record<string, null | boolean>> = { True: true, False: false, None: null };
    const value = constants[text];
    if (value === undefined) return this.#fail(`a value is expected, found '${text}'`);
    this.#advance();
    return { kind: "literal", value, start, end };
  }

  /** A call, or a name with the fields that follow it. */
  #named(name: Name): Expression {
    if (this.#takeSymbol("(")) {
      const args = this.#items(")", () => this.#expression());
      return { kind: "call", name, args, start: name.start, end: this.#previousEnd };
    }
    const names: [Name, ...Name[]] = [name];
    const steps: PostfixStep[] = [];
    while (steps.length === 0 && this.#isSymbol(".")) {
      const step = this.#postfixStep();
      if (step?.kind === "field") names.push(step.name);
      else if (step !== undefined) steps.push(step);
    }
    const path: Expression = { kind: "path", names, start: name.start, end: names.at(-1)?.end ?? name.end };
    const [step] = steps;
    return step === undefined ? path : { kind: "postfix", base: path, steps: [step], start: path.start, end: step.end };
  }

  #fieldName(): Name {
    const token = this.#token;
    if (token.kind === "word") {
      return this.#fail(`'${token.text}' is a reserved word`, `write ["${token.text}"] for a field of that name`);
    }
    if (token.kind !== "name") return this.#fail(`the name of a field is expected, found ${shown(token)}`);
    this.#advance();
    return { text: token.text, start: token.start, end: token.end };
  }

  /** Behind `(`: a group, or a tuple, which is a list. */
  #group(start: number): Expression {
    const first = this.#deeper(() => this.#expression());
    if (!this.#isSymbol(",")) {
      this.#close(")");
      return { ...first, start, end: this.#previousEnd };
    }
    this.#advance();
    const items = [first, ...this.#items(")", () => this.#expression())];
    return { kind: "list", items, start, end: this.#previousEnd };
  }

  #mapping(start: number): Expression {
    const entries: MappingExpression["entries"] = this.#items("}", () => {
      const key = this.#expression();
      if (!this.#takeSymbol(":")) this.#fail(`':' and a value are expected behind a key, found ${shown(this.#token)}`);
      return { key, value: this.#expression() };
    });
    return { kind: "mapping", entries, start, end: this.#previousEnd };
  }

  /** What stands between an opening bracket, which is taken, and `close`, which it takes. */
  #items<T>(close: string, read: () => T): T[] {
    return this.#deeper(() => {
      const items: T[] = [];
      while (!this.#takeSymbol(close)) {
        items.push(read());
        if (this.#takeSymbol(",")) continue;
        this.#close(close);
        break;
      }
      return items;
    });
  }

  #close(symbol: string): void {
    if (!this.#takeSymbol(symbol)) this.#fail(`'${symbol}' is expected, found ${shown(this.#token)}`);
  }

  #deeper<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#fail(`the expression is nested more than ${MAX_DEPTH} deep`);
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #isSymbol(text: string): boolean {
    return this.#token.kind === "symbol" && this.#token.text === text;
  }

  #isWord(text: string): boolean {
    return this.#token.kind === "word" && this.#token.text === text;
  }

  #takeSymbol(text: string): boolean {
    const taken = this.#isSymbol(text);
    if (taken) this.#advance();
    return taken;
  }

  #takeWord(text: string): boolean {
    const taken = this.#isWord(text);
    if (taken) this.#advance();
    return taken;
  }

  #advance(): void {
    this.#previousEnd = this.#token.end;
    this.#token = this.#tokens.next();
  }

  #fail(message: string, help?: string): never {
    return this.#failAt(this.#token, message, help);
  }

  #failAt({ start }: Token, message: string, help?: string): never {
    throw new ExpressionSyntaxError(message, this.#tokens.text, start, help);
  }
}

function isIdentity(operand: Expression): boolean {
  return operand.kind === "literal" && (operand.value === null || typeof operand.value === "boolean");
}
