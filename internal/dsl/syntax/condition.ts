import { type Part, slicePart, trimmed } from "./part.ts";
import { type StringLiteral, stringLiteral } from "./string_literal.ts";

/** `REF == STRING` or `REF in [STRING, …]` (flows §2). */
export interface Condition {
  readonly kind: "condition";
  readonly reference: Reference;
  readonly operator: "==" | "in";
  /** One of `==`, at least one of `in`; repeats kept. */
  readonly literals: readonly StringLiteral[];
}

/** `$input.PATH` or `$step.PATH`. */
export interface Reference extends Part {
  readonly root: "input" | "step";
  /** PATH, dotted; of a step its id comes first. */
  readonly path: string;
}

/** Why a text is no condition. */
export interface ConditionFault {
  readonly kind: "fault";
  readonly at: number;
  readonly length: number;
  readonly message: string;
  readonly help: string | undefined;
}

const FORMS = `write $input.NAME == "text" or $step.ID.FIELD in ["one", "other"]`;

/** Reads the text of a `when`. A fault stands at the condition, its reference or the literal that is none. */
export function readCondition(condition: Part): Condition | ConditionFault {
  const split = /^([^\s=]+)(?:\s*(==)|\s+(in)(?=$|[\s[("']))/.exec(condition.text);
  if (split === null) return fault(condition, "the condition is of neither form that a when can have", FORMS);
  const [whole, word = "", equals] = split;
  const reference = readReference(slicePart(condition, 0, word.length));
  if (reference.kind === "fault") return reference;
  const rest = trimmed(slicePart(condition, whole.length));
  const operator = equals === undefined ? "in" : "==";
  const literals = operator === "in" ? readSeveral(rest) : readOnly(rest);
  if (!Array.isArray(literals)) return literals;
  return { kind: "condition", reference: reference.reference, operator, literals };
}

function readReference(word: Part): { kind: "reference"; reference: Reference } | ConditionFault {
  const [, root = "", path = ""] = /^\$(input|step)\.(.+)$/.exec(word.text) ?? [];
  if (root !== "input" && root !== "step") {
    return fault(word, `a condition looks at $input.NAME or $step.ID.FIELD; found ${shown(word.text)}`, FORMS);
  }
  return { kind: "reference", reference: { ...word, root, path } };
}

function readOnly(rest: Part): StringLiteral[] | ConditionFault {
  const literal = stringLiteral(rest);
  if (literal === undefined) return noLiteral(rest);
  const behind = trimmed(slicePart(rest, literal.text.length));
  return behind.text === "" ? [literal] : fault(behind, `${shown(behind.text)} stands behind the condition`, FORMS);
}

function readSeveral(list: Part): StringLiteral[] | ConditionFault {
  const close = { "[": "]", "(": ")" }[list.text.charAt(0)];
  if (close === undefined) return fault(list, `a list of texts follows in; found ${shown(list.text)}`, FORMS);
  const literals: StringLiteral[] = [];
  let rest = trimmed(slicePart(list, 1));
  while (!rest.text.startsWith(close)) {
    const literal = stringLiteral(rest);
    if (literal === undefined) return noLiteral(rest);
    literals.push(literal);
    rest = trimmedStart(slicePart(rest, literal.text.length));
    if (rest.text.startsWith(",")) rest = trimmedStart(slicePart(rest, 1));
    else if (!rest.text.startsWith(close)) return fault(rest, `the list is not closed by ${close}`, FORMS);
  }
  if (literals.length === 0) return fault(list, "the list is empty: the condition could never hold", FORMS);
  const behind = trimmed(slicePart(rest, 1));
  return behind.text === "" ? literals : fault(behind, `${shown(behind.text)} stands behind the condition`, FORMS);
}

function noLiteral(rest: Part): ConditionFault {
  const [word = ""] = /^[^\s,\])]*/.exec(rest.text) ?? [];
  const found = word === "" ? "" : `; found ${shown(word)}`;
  const help = /^[\w.+-]+$/.test(word) ? `"${word}"` : FORMS;
  return fault({ text: word, at: rest.at }, `a condition compares with texts in quotes${found}`, help);
}

function fault({ at, text }: Part, message: string, help: string): ConditionFault {
  return { kind: "fault", at, length: text.length, message, help };
}

/** What was found, short enough for a message. */
function shown(text: string): string {
  const most = 40;
  return `'${text.length > most ? `${text.slice(0, most)}…` : text}'`;
}

function trimmedStart({ text, at }: Part): Part {
  const core = text.trimStart();
  return { text: core, at: at + text.length - core.length };
}
