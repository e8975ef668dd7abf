import {
  arityFault,
  type CallExpression,
  childExpressions,
  type Expression,
  ExpressionSyntaxError,
  FUNCTIONS,
  GIVEN_NAMES,
  isReserved,
  meantConstant,
  type Name,
  type PathExpression,
  type PostfixExpression,
  parseExpression,
  pathPrefixes,
} from "../../policy/mod.ts";
import type { Json } from "../../value/mod.ts";
import type { Part } from "../syntax/mod.ts";
import type { AssignedNames } from "./assigned_names.ts";
import { type Report, warn } from "./report.ts";

/** What the names of an expression mean where it stands. */
export interface ExpressionScope {
  readonly assigned: AssignedNames;
  /** The fields of the active arm; undefined: there is none. */
  readonly arm: ReadonlyMap<string, Json> | undefined;
}

/** Checks a text of a policy: a variable's name, or an expression (flows §4, §5, §7). Blanks around it are cut off. */
export function checkExpression(part: Part, scope: ExpressionScope, report: Report): void {
  const { text, at } = part;
  const { assigned } = scope;
  // A text that is exactly a variable's name is that variable, whatever else it may say.
  if (assigned.always(text)) return;
  if (assigned.before(text)) {
    maybeUnset(text, at, report);
    return;
  }
  try {
    new NameCheck(at, scope, report).check(parseExpression(text));
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    report({ code: "bad-expression", at: at + error.index, message: error.message, help: error.help });
  }
}

function maybeUnset(name: string, at: number, report: Report): void {
  const message = `'${name}' is assigned on some ways to here only`;
  warn(report, "maybe-unset", at, message, { length: name.length });
}

/** What an unknown name was most likely meant to be: a constant, a variable, or a name that every policy has. */
export function meantName(name: string, { names }: AssignedNames, report: Report): string | undefined {
  return meantConstant(name) ?? report.meant(name, names) ?? report.meant(name, GIVEN_NAMES);
}

class NameCheck {
  /** Of the expression in the file. */
  readonly #from: number;
  readonly #scope: ExpressionScope;
  readonly #report: Report;

  constructor(from: number, scope: ExpressionScope, report: Report) {
    this.#from = from;
    this.#scope = scope;
    this.#report = report;
  }

  /** The depth of an expression is bounded, so that this may call itself. */
  check(expression: Expression, isKey = false): void {
    if (expression.kind === "path") this.#path(expression, isKey);
    else if (expression.kind === "call") this.#call(expression);
    else if (expression.kind === "postfix") this.#arms(expression);
    const keys = expression.kind === "mapping" ? new Set(expression.entries.map(({ key }) => key)) : undefined;
    for (const child of childExpressions(expression)) this.check(child, keys?.has(child));
  }

  #path({ names }: PathExpression, isKey: boolean): void {
    const [root, ...fields] = names;
    if (root.text === "arms") this.#arm(fields);
    else if (FUNCTIONS.has(root.text)) {
      this.#error("bad-expression", root, `${root.text} is a function`, `${root.text}(…)`);
    } else if (!isReserved(root.text)) this.#variable(names, isKey);
  }

  #variable(names: PathExpression["names"], isKey: boolean): void {
    const { assigned } = this.#scope;
    const prefixes = pathPrefixes(names.map(({ text }) => text));
    if (prefixes.some((name) => assigned.always(name))) return;
    const [root] = names;
    const maybe = prefixes.find((name) => assigned.before(name));
    if (maybe !== undefined) {
      maybeUnset(maybe, this.#from + root.start, this.#report);
      return;
    }
    const help = isKey && names.length === 1 ? `"${root.text}"` : meantName(root.text, assigned, this.#report);
    this.#error("unknown-name", root, `'${root.text}' is no name that is known here`, help);
  }

  #arm(fields: readonly Name[]): void {
    const [arm, field] = fields;
    if (arm === undefined) return;
    if (arm.text !== "active" || this.#scope.arm === undefined) this.#unknownArm(arm);
    else if (field !== undefined) this.#armField(field.text, field);
  }

  /** `arms[…]`, and `arms.active["FIELD"]`. */
  #arms({ base, steps }: PostfixExpression): void {
    const [step] = steps;
    if (base.kind !== "path" || step.kind !== "index" || base.names[0].text !== "arms") return;
    if (base.names.length === 1) this.#unknownArm({ text: "[", start: step.start, end: step.start + 1 });
    const { index } = step;
    const isField = base.names.length === 2 && base.names[1]?.text === "active";
    if (isField && index.kind === "literal" && typeof index.value === "string") this.#armField(index.value, index);
  }

  #unknownArm(place: Name): void {
    const isNone = this.#scope.arm === undefined;
    const message = isNone
      ? "the policy has no arm"
      : "only arms.active is there: the arm 'default', or else the first";
    this.#error("unknown-arm", place, message, isNone ? undefined : "arms.active.FIELD");
  }

  #armField(field: string, place: { readonly start: number; readonly end: number }): void {
    const { arm } = this.#scope;
    if (arm === undefined || arm.has(field)) return;
    this.#error("unknown-arm-field", place, `the active arm has no field '${field}'`, this.#report.meant(field, arm));
  }

  #call({ name, args }: CallExpression): void {
    const fault = arityFault(name.text, args.length);
    if (fault !== undefined) this.#error("bad-expression", name, fault, undefined);
    if (FUNCTIONS.has(name.text)) return;
    this.#error(
      "unknown-function",
      name,
      `there is no function '${name.text}'`,
      this.#report.meant(name.text, FUNCTIONS),
    );
  }

  #error(
    code: string,
    { start, end }: { readonly start: number; readonly end: number },
    message: string,
    help: string | undefined,
  ): void {
    this.#report({ code, at: this.#from + start, length: end - start, message, help });
  }
}
