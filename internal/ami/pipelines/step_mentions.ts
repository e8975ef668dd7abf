import type { WorkerNames } from "../functions/mod.ts";
import {
  type Arg,
  type Chain,
  isNameStart,
  type Name,
  nameEnd,
  type PipelineBody,
  type StepNode,
} from "../syntax/mod.ts";
import { kindOf } from "./step_kind.ts";

/** A step as it is written somewhere in a body: it declares an instance, or refers to one. */
export interface Mention {
  readonly node: StepNode;
  /** What is named: a kind, a function (`x.F` in one), or a step. */
  readonly word: Name;
  /** `NAME = step`, or the argument or attribute `name=NAME`. */
  readonly given: Name | undefined;
  /** It has parentheses, attributes or a name of its own; `ingress()` and `egress()` count as bare (pipelines §2). */
  readonly declares: boolean;
  /** The connectors on both sides. */
  readonly before: Connector | undefined;
  readonly after: Connector | undefined;
}

type Connector = Chain["connectors"][number];

/** The steps of a body as written, chain by chain. */
export function mentionsOf(body: PipelineBody, names: WorkerNames): readonly (readonly Mention[])[] {
  const given = new Set<string>();
  for (const { steps } of body.chains) {
    for (const step of steps) {
      const name = givenName(step);
      if (name !== undefined) given.add(name.text);
    }
  }
  // `IO.read` is a kind too, since kinds match in any letter case; the parser knows `io` alone.
  const isQualifier = (word: string): boolean =>
    (names.isAlias(word) || word.toLowerCase() === "io") &&
    !given.has(word) &&
    kindOf(word) === undefined &&
    names.meaning(word) === undefined;
  return body.chains.map((chain) => mentionsOfChain(chain, isQualifier));
}

function mentionsOfChain(chain: Chain, isQualifier: (word: string) => boolean): readonly Mention[] {
  const { steps, connectors } = chain;
  const mentions: Mention[] = [];
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index];
    if (step === undefined) break;
    const before = connectors[index - 1];
    const next = steps[index + 1];
    if (next !== undefined && connectors[index] === "." && isQualifier(step.name.text) && !hasMore(step)) {
      // The chain's grammar takes the dot of `x.F` for a connector; only the names tell the two apart.
      mentions.push(mentionOf(qualified(step, next), before, connectors[index + 1]));
      index += 1;
    } else mentions.push(mentionOf(step, before, connectors[index]));
  }
  return mentions;
}

function mentionOf(node: StepNode, before: Connector | undefined, after: Connector | undefined): Mention {
  const { name: word } = node;
  const given = givenName(node);
  const kind = kindOf(word.text);
  const bareCall = (kind === "ingress" || kind === "egress") && node.args.length === 0 && node.attrs.length === 0;
  const declares = given !== undefined || (hasMore(node) && !bareCall);
  return { node, word, given, declares, before, after };
}

function hasMore({ parens, attrs }: StepNode): boolean {
  return parens || attrs.length > 0;
}

function qualified(alias: StepNode, func: StepNode): StepNode {
  const name = {
    text: `${alias.name.text}.${func.name.text}`,
    start: alias.name.start,
    end: func.name.end,
  };
  return { ...func, label: alias.label, name, start: alias.start };
}

/** The name that a step is given; undefined if there is none, or what stands there is no name. */
function givenName({ label, args, attrs }: StepNode): Name | undefined {
  if (label !== undefined) return label;
  for (const arg of args) if (arg.name?.text === "name") return nameIn(arg.value);
  for (const attr of attrs) {
    if (attr.prefix === undefined && attr.name.text === "name" && attr.value !== undefined)
      return nameIn(attr.value.value);
  }
  return undefined;
}

/** The identifier that an argument is, quoted or not. */
export function nameIn(value: Arg["value"]): Name | undefined {
  if (value.kind !== "expr") return undefined;
  const { expr } = value;
  const { start, end } = expr;
  const text = expr.kind === "name" ? expr.name : expr.kind === "string" ? expr.value : "";
  return isNameStart(text, 0) && nameEnd(text, 0) === text.length ? { text, start, end } : undefined;
}
