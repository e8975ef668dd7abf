import {
  type Arg,
  type ArgValue,
  type Attr,
  EDGE_POLICIES,
  type Name,
  type Span,
  type StepNode,
  valueSpan,
} from "../syntax/mod.ts";

/** One thing that a step is told. Arguments and attributes are interchangeable (pipelines §3), so both end up here. */
export type Setting =
  /** `F` of `Transform(F)`. */
  | { readonly form: "positional"; readonly value: ArgValue; readonly at: Span }
  /** `delay=5ms`; findings stand at the value. */
  | {
      readonly form: "named";
      readonly name: Name;
      readonly value: ArgValue;
      readonly at: Span;
      /** Written behind the step, not in its parentheses. */
      readonly outside: boolean;
    }
  | { readonly form: "merge" | "edge" | "io"; readonly attr: Attr }
  /** A bare `dropOldest`. */
  | { readonly form: "policy"; readonly word: Name }
  /** `type(T)`, `schedule(1s)`, or any other word that is an attribute; its arguments as places in the text. */
  | { readonly form: "word"; readonly word: Name; readonly args: readonly Span[] | undefined; readonly at: Span };

/** What a step is told, in the order of its source. */
export function settingsOf({ args, attrs }: StepNode, isWorker: (name: string) => boolean): readonly Setting[] {
  return [...args.map((arg) => settingOfArg(arg, isWorker)), ...attrs.map(settingOfAttr)];
}

/** Attributes of the form `word(…)` that may also stand among the arguments, where they look like calls. */
const CALLED_WORDS: ReadonlySet<string> = new Set(["type", "schedule"]);

const POLICY_WORDS: ReadonlySet<string> = new Set([...EDGE_POLICIES, "drop"]);

function settingOfArg(arg: Arg, isWorker: (name: string) => boolean): Setting {
  const { name, value } = arg;
  const at = valueSpan(arg);
  if (name !== undefined) return { form: "named", name, value, at, outside: false };
  if (value.kind === "attr") return settingOfAttr(value.attr);
  if (value.kind === "expr") {
    const { expr } = value;
    if (expr.kind === "name" && POLICY_WORDS.has(expr.name) && !isWorker(expr.name)) {
      return { form: "policy", word: { text: expr.name, start: expr.start, end: expr.end } };
    }
    if (expr.kind === "call" && expr.callee.kind === "name") {
      const word = { text: expr.callee.name, start: expr.callee.start, end: expr.callee.end };
      if (CALLED_WORDS.has(word.text) && !isWorker(word.text)) return { form: "word", word, args: expr.args, at };
    }
  }
  return { form: "positional", value, at };
}

function settingOfAttr(attr: Attr): Setting {
  const { prefix, name, args, value, start, end } = attr;
  if (prefix !== undefined) return { form: prefix, attr };
  if (value !== undefined) return { form: "named", name, value: value.value, at: valueSpan(value), outside: true };
  if (args === undefined && POLICY_WORDS.has(name.text)) return { form: "policy", word: name };
  return { form: "word", word: name, args, at: { start, end } };
}
