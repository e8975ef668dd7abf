import { readCondition } from "./condition.ts";
import { type Deep, into, runDeep } from "./deep.ts";
import { type Entry, entriesOf, type KeyEntry, type List, type Mapping, type Node } from "./layout.ts";
import { ParseFault } from "./parse_fault.ts";
import { type Part, slicePart, trimmed } from "./part.ts";
import { readStepHeader } from "./step_header.ts";
import type { CallStep, FailureHandler, Step, WdlFile } from "./wdl_file.ts";

/** A step whose handler may still come. */
type OpenCall = { -readonly [Name in keyof CallStep]: CallStep[Name] };

/**
 * Reads the value of `steps` (flows §2).
 *
 * @throws ParseFault for the first thing in it that is no step
 */
export function readSteps(value: Node): Pick<WdlFile, "steps" | "dropped"> {
  if (value.kind !== "list") {
    throw new ParseFault("steps is a list: deeper lines that begin with '- '", { at: value.at });
  }
  const dropped: Part[] = [];
  const steps = runDeep(stepsOfEntries(itemEntries(value, dropped), dropped));
  return { steps, dropped };
}

/** The entry of each item: its first. What else it holds is dropped. */
function* itemEntries({ items }: List, dropped: Part[]): Generator<Entry> {
  for (const item of items) {
    if (item.kind !== "mapping") throw noStep(item);
    const [first, ...others] = entriesOf(item);
    if (first === undefined) throw noStep(item);
    yield first;
    dropped.push(...others.map((entry) => ({ text: entry.kind === "key" ? entry.key : entry.text, at: entry.at })));
  }
}

function noStep(item: Node): ParseFault {
  const length = item.kind === "scalar" ? item.text.length : 0;
  const help = "- ID(TARGET): with the arguments on deeper lines";
  return new ParseFault("an item of steps is a step with a colon at its end", { at: item.at, length }, help);
}

function* stepsOfEntries(entries: Iterable<Entry>, dropped: Part[]): Deep<readonly Step[]> {
  const steps: Step[] = [];
  // The call step just above, for as long as it has no handler.
  let above: OpenCall | undefined;
  for (const entry of entries) {
    if (entry.kind === "bare") {
      throw new ParseFault("a step ends in a colon", { at: entry.at, length: entry.text.length }, `${entry.text}:`);
    }
    const handler = /^on\s+failure(\s+finish)?$/.exec(entry.key);
    if (handler !== null) {
      if (above === undefined) throw strayHandler(entry);
      above.onFailure = yield* into(handlerOf(entry, handler[1] !== undefined, dropped));
      above = undefined;
    } else if (/^when\s/.test(entry.key)) {
      steps.push(yield* into(whenOf(entry, dropped)));
      above = undefined;
    } else {
      above = callOf(entry);
      steps.push(above);
    }
  }
  return steps;
}

function* handlerOf({ at, value }: KeyEntry, finish: boolean, dropped: Part[]): Deep<FailureHandler> {
  return { at, finish, steps: yield* into(bodyOf(value, dropped)) };
}

function* whenOf({ key, at, value }: KeyEntry, dropped: Part[]): Deep<Step> {
  const text = trimmed(slicePart({ text: key, at }, "when".length));
  return { kind: "when", at, text, condition: readCondition(text), steps: yield* into(bodyOf(value, dropped)) };
}

/** The steps of a body: a mapping of steps or a list of them, possibly none. */
function* bodyOf(value: Node, dropped: Part[]): Deep<readonly Step[]> {
  switch (value.kind) {
    case "scalar":
      throw new ParseFault("the steps of a body stand on deeper lines", { at: value.at, length: value.text.length });
    case "mapping":
      return yield* into(stepsOfEntries(entriesOf(value), dropped));
    case "list":
      return yield* into(stepsOfEntries(itemEntries(value, dropped), dropped));
  }
}

function callOf({ key, at, value }: KeyEntry): OpenCall {
  const header = readStepHeader({ text: key, at });
  return { kind: "call", at, ...header, args: argumentsOf(value), onFailure: undefined };
}

function argumentsOf(value: Node): Mapping {
  if (value.kind !== "mapping") {
    const length = value.kind === "scalar" ? value.text.length : 0;
    throw new ParseFault("the arguments of a step are a mapping on deeper lines", { at: value.at, length });
  }
  for (const entry of value.entries) {
    if (entry.kind === "key") continue;
    throw new ParseFault("an argument is of the form name: value", { at: entry.at, length: entry.text.length });
  }
  return value;
}

function strayHandler({ key, at }: KeyEntry): ParseFault {
  const place = { at, length: key.length };
  return new ParseFault(`'${key}' stands directly behind the call step that may fail`, place);
}
