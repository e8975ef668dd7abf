import { splitAssignment } from "./assignment.ts";
import { type Deep, into, runDeep } from "./deep.ts";
import { entriesOf, type KeyEntry, type List, type Mapping, type Node } from "./layout.ts";
import { ParseFault } from "./parse_fault.ts";
import { type Part, slicePart, trimmed } from "./part.ts";
import type { Assignment, ChooseOption, ChooseStatement, IfStatement, Statement } from "./pdl_file.ts";

/** An `if` whose `else` may still come. */
type OpenIf = { -readonly [Name in keyof IfStatement]: IfStatement[Name] };

/**
 * Reads the statements of `evaluate` (flows §4). Keys of a block of statements are no names: two `if` of the same text, each
 * with its `else`, are two statements.
 *
 * @throws ParseFault for the first line that is no statement
 */
export function readStatements(block: Mapping): readonly Statement[] {
  return runDeep(statementsOf(block));
}

function* statementsOf({ entries }: Mapping): Deep<readonly Statement[]> {
  const statements: Statement[] = [];
  // The if directly above, for as long as it has no else.
  let above: OpenIf | undefined;
  for (const entry of entries) {
    const open: OpenIf | undefined = above;
    above = undefined;
    if (entry.kind === "bare") statements.push(assignment(entry, undefined));
    else if (entry.key === "else") {
      if (open === undefined) throw strayElse(entry);
      open.otherwise = { at: entry.at, statements: yield* into(bodyOf(entry.value)) };
    } else if (/^if\s/.test(entry.key)) {
      above = yield* into(ifOf(entry));
      statements.push(above);
    } else if (entry.key === "choose") statements.push(chooseOf(entry));
    else statements.push(labelled(entry));
  }
  return statements;
}

function* ifOf({ key, at, value }: KeyEntry): Deep<OpenIf> {
  const condition = trimmed(slicePart({ text: key, at }, "if".length));
  return { kind: "if", at, condition, body: yield* into(bodyOf(value)), otherwise: undefined };
}

/** A body: a mapping of statements, or a list of assignments. */
function* bodyOf(value: Node): Deep<readonly Statement[]> {
  switch (value.kind) {
    case "scalar":
      throw new ParseFault("the statements of a body stand on deeper lines", at(value));
    case "mapping":
      return yield* into(statementsOf(value));
    case "list":
      return assignmentsOf(value);
  }
}

function assignmentsOf({ items }: List): readonly Assignment[] {
  return items.map((item) => {
    if (item.kind === "scalar") return assignment(item, undefined);
    const help = "leave the dashes out: other statements stand in a body without them";
    throw new ParseFault("a list of statements holds assignments only", { at: item.at }, help);
  });
}

function labelled({ key, at: keyAt, value }: KeyEntry): Assignment {
  if (value.kind === "scalar") return assignment(value, { text: key, at: keyAt });
  const help = /^elif\b/.test(key) ? "write else: with a deeper if in it" : undefined;
  throw new ParseFault(
    `'${key}' begins no statement that has a block; if CONDITION, else and choose do`,
    at(value),
    help,
  );
}

function assignment(statement: Part, label: Part | undefined): Assignment {
  const part = trimmed(statement);
  const sides = splitAssignment(part);
  if (sides !== undefined && sides.target.text !== "" && sides.expression.text !== "") {
    return { kind: "assignment", at: part.at, label, ...sides };
  }
  const missing = sides === undefined ? "a =" : sides.target.text === "" ? "a target" : "an expression";
  throw new ParseFault(`a statement is an assignment; this one lacks ${missing}`, at(part), "target = expression");
}

function chooseOf({ at: keyAt, value }: KeyEntry): ChooseStatement {
  if (value.kind !== "mapping") throw new ParseFault("choose is a mapping of options on deeper lines", at(value));
  const options = entriesOf(value).map((entry): ChooseOption => {
    if (entry.kind === "bare") throw new ParseFault("an option is of the form name: statement", at(entry));
    if (entry.value.kind === "scalar") return { name: entry.key, at: entry.at, ...splitOption(entry.value) };
    throw new ParseFault(`option ${entry.key} is a text on the same line`, at(entry.value));
  });
  return { kind: "choose", at: keyAt, options };
}

const WITH = " with p=";

/** An option is split at its first ` with p=`; an empty probability is none. */
function splitOption(option: Part): Pick<ChooseOption, "text" | "expression" | "probability"> {
  const text: Part = { text: option.text, at: option.at };
  const split = text.text.indexOf(WITH);
  if (split < 0) return { text, expression: trimmed(text), probability: undefined };
  const probability = trimmed(slicePart(text, split + WITH.length));
  return {
    text,
    expression: trimmed(slicePart(text, 0, split)),
    probability: probability.text === "" ? undefined : probability,
  };
}

function strayElse({ key, at: keyAt }: KeyEntry): ParseFault {
  return new ParseFault("else stands directly behind an if that has none", { at: keyAt, length: key.length });
}

/** The place of something, and how long it is where it is one text. */
function at(place: { readonly at: number; readonly text?: string }): { readonly at: number; readonly length: number } {
  return { at: place.at, length: place.text?.length ?? 0 };
}
