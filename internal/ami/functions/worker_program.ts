// For tests: random programs of the worker language that mostly do not fail, because each expression has a kind.

/** Answers a number from 0 to `below` - 1. */
export type Pick = (below: number) => number;

type Kind = "num" | "str" | "bool" | "list" | "map" | "any";

const HELPERS = `
func both(a) any { return [a, a] }
func mark(a) any {
  switch typeof(a) {
  case "map": a.q = 1
  case "list": a = append(a, 0)
  }
  return a
}
func two(a) (any, any) { b := a
  return b, [a] }
func touch(e) any { e.payload.touched = true
  return e }
`;

/** A file whose function `w` is a random program that returns all its variables. */
export function randomProgram(pick: Pick): string {
  const body = new Writer(pick).block(3, 8);
  return `package app${HELPERS}func w(ev) any {
  n, s, l, m, x, y := 1, "a", [1, [2], map{"a": 1}], map{"a": map{"b": [1]}, "l": []}, nil, [map{}]
${body}
  return [n, s, l, m, x, y, ev.payload]
}
`;
}

class Writer {
  readonly #pick: Pick;
  #loops = 0;

  constructor(pick: Pick) {
    this.#pick = pick;
  }

  block(depth: number, most: number): string {
    const count = 1 + this.#pick(most);
    return Array.from({ length: count }, () => this.#statement(depth)).join("\n");
  }

  #statement(depth: number): string {
    const forms = [
      () => `n = ${this.#expr("num", 2)}`,
      () => `n ${this.#one("+=", "-=", "*=", "/=", "%=")} ${this.#expr("num", 1)}`,
      () => this.#one("n++", "n--", 's += "b"', "x, y = y, x", "l[0], y = y, l[0]", "x, y = two(x)", "x, m.t = two(m)"),
      () => `s = ${this.#expr("str", 2)}`,
      () => `l = ${this.#expr("list", 2)}`,
      () => `m = ${this.#expr("map", 2)}`,
      () => `${this.#one("x", "y")} = ${this.#expr("any", 3)}`,
      () => `${this.#path()} = ${this.#expr("any", 2)}`,
      () => `${this.#path()} = ${this.#expr("any", 2)}`,
      () => `l = append(l, ${this.#expr("any", 2)})`,
      () => `m.l = append(m.l, ${this.#expr("any", 2)})`,
      () => `ev.payload.l = append(ev.payload.l, ${this.#expr("any", 1)})`,
      () => `y = append(y, ${this.#expr("any", 1)}, ${this.#expr("any", 1)})`,
      () => "m.l[0] = append(m.l[0], n)",
      () => `ev.payload = ${this.#expr("map", 2)}`,
      () => `e := ev\ne.payload.k = ${this.#expr("any", 1)}\nx = e.payload`,
      () => `x = touch(ev).payload`,
    ];
    const nested = [
      () => `if ${this.#expr("bool", 2)} {\n${this.block(depth - 1, 3)}\n} else {\n${this.block(depth - 1, 3)}\n}`,
      () => `if x := ${this.#expr("any", 1)}; x == nil {\n${this.block(depth - 1, 3)}\n}`,
      () => this.#loop(`for i := range ${this.#one("2", "3", "l", "m", "s", "keys(m)")}`, depth),
      () => this.#loop(`for k, x := range ${this.#one("l", "m", "y", "m.l", "ev.payload")}`, depth),
      () => this.#loop("for i := 0; i < 2; i++", depth),
      () =>
        `switch ${this.#expr("any", 1)} {\ncase ${this.#expr("any", 1)}: ${this.block(depth - 1, 2)}\ndefault: ${this.block(depth - 1, 2)}\n}`,
      () => `switch {\ncase ${this.#expr("bool", 1)}: ${this.block(depth - 1, 2)}\n}`,
      () => `{\nx := ${this.#expr("any", 2)}\n${this.block(depth - 1, 3)}\n}`,
    ];
    const all = depth > 0 ? [...forms, ...nested] : forms;
    return this.#choose(all);
  }

  #loop(head: string, depth: number): string {
    this.#loops += 1;
    const end = this.#one("", "", "", `\nif ${this.#expr("bool", 1)} { ${this.#one("break", "continue")} }`);
    const text = `${head} {\n${this.block(depth - 1, 3)}${end}\n}`;
    this.#loops -= 1;
    return text;
  }

  /** Something to assign to. */
  #path(): string {
    return this.#one(
      "m.a",
      "m.a.b",
      "m.b.c",
      'm["k"]',
      "m[s]",
      "m.l",
      "l[0]",
      "l[len(l) - 1]",
      "l[0].a",
      "y[0].a",
      "y[0].a.b",
      "x.a",
      "ev.payload.a",
      "ev.payload.a.b",
      "ev.payload[s]",
    );
  }

  #expr(kind: Kind, depth: number): string {
    const next = depth - 1;
    const expr = (of: Kind) => this.#expr(of, next);
    const simple: Record<Kind, readonly string[]> = {
      num: ["0", "1", "2", "-1", "0.5", "n", "len(l)", "len(s)", "len(m)"],
      str: ['"a"', '"b.c"', '"\\ufffd😀"', "s"],
      bool: ["true", "false", "m == y", "n == 1", "x == nil"],
      list: ["[]", "l", "keys(m)", "both(l)", "[m, l]"],
      map: ["map{}", "m", "mark(m)", 'map{"a": l}'],
      any: [
        "nil",
        "x",
        "y",
        "n",
        "s",
        "l",
        "m",
        "m.a",
        "m.k",
        "l[0]",
        "m.a.b",
        "ev.payload",
        "ev.payload.a",
        "mark(x)",
        "mark(l)",
      ],
    };
    const deep: Record<Kind, readonly (() => string)[]> = {
      num: [() => `(${expr("num")} ${this.#one("+", "-", "*", "/", "%")} ${expr("num")})`, () => `-(${expr("num")})`],
      str: [() => `(${expr("str")} + ${expr("str")})`, () => `str(${expr("any")})`, () => `typeof(${expr("any")})`],
      bool: [
        () => `(${expr("any")} ${this.#one("==", "!=")} ${expr("any")})`,
        () => `(${expr("num")} < ${expr("num")})`,
        () => `(${expr("str")} < ${expr("str")})`,
        () => `(${expr("bool")} ${this.#one("&&", "||")} ${expr("bool")})`,
        () => `!${expr("bool")}`,
        () => `contains(${expr("list")}, ${expr("any")})`,
        () => `has(${expr("any")}, "a.b")`,
      ],
      list: [() => `[${expr("any")}, ${expr("any")}]`, () => `append(${expr("list")}, ${expr("any")})`],
      map: [() => `map{"a": ${expr("any")}, ${expr("str")}: ${expr("any")}}`, () => `omit(${expr("map")}, "a")`],
      any: [
        () => expr(this.#one("num", "str", "bool", "list", "map")),
        () => `get(${expr("any")}, ${this.#one('"a"', '"a.b"', '"payload.a"')}, ${expr("any")})`,
        () => `both(${expr("any")})`,
        () => `mark(${expr("any")})`,
        () => `[${expr("any")}, ${expr("any")}][${this.#one("0", "1")}]`,
        () => `map{"k": ${expr("any")}}.k`,
      ],
    };
    if (depth <= 0 || this.#pick(3) === 0) return this.#one(...simple[kind]);
    return this.#choose(deep[kind]);
  }

  #one<T extends string>(...options: readonly T[]): T {
    const option = options[this.#pick(options.length)];
    if (option === undefined) throw new RangeError("nothing to choose from");
    return option;
  }

  #choose(options: readonly (() => string)[]): string {
    const option = options[this.#pick(options.length)];
    if (option === undefined) throw new RangeError("nothing to choose from");
    return option();
  }
}
