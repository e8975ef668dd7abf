import { didYouMean } from "../../diag/mod.ts";
import type { YamlFindings, YamlNode, YamlScalar } from "../../yaml/mod.ts";
import { isLate, type LateParts, lateScalar, placedAt } from "./late_scalar.ts";
import { type TextPart, textParts } from "./template_text.ts";

/** A variable that is known when the file is loaded. */
export interface Variable {
  readonly node: YamlNode;
  /** Where its value stands, as messages say it: `a.scenario.yaml:3:9`. */
  readonly from: string;
}

/** Where a name is known that is not known here, for messages. */
export interface Elsewhere {
  /** The names that some step captures, before or behind the place at which they are used. */
  readonly captures?: ReadonlySet<string>;
  /** The case that the variables are those of, and all names that some case gives a value to. */
  readonly ofCase?: { readonly name: string; readonly names: ReadonlySet<string> } | undefined;
}
const NONE: ReadonlySet<string> = new Set();

/** So many values may variables stand for in one case: a small file must not become a large one. */
const MOST_EXPANDED = 100_000;
/** And so long may a text become. */
const MOST_TEXT = 1_048_576;

/** The variables of a scenario's case or of a fragment (scenarios.md §7, Variables). */
export class Variables {
  readonly #known: ReadonlyMap<string, Variable>;
  readonly #captures: ReadonlySet<string>;
  readonly #ofCase: Elsewhere["ofCase"];
  readonly #open = new Set<string>();
  #expanded = 0;

  constructor(known: ReadonlyMap<string, Variable>, { captures = NONE, ofCase }: Elsewhere = {}) {
    this.#known = known;
    this.#captures = captures;
    this.#ofCase = ofCase;
  }

  /** From here on the run knows a value of that name. */
  open(name: string): void {
    this.#open.add(name);
  }

  /** A node with its variables put in; those that are open are left in a LateScalar. E_SCN_VAR. */
  put(node: YamlNode, findings: YamlFindings): YamlNode {
    if (node.kind === "list") return { ...node, items: node.items.map((item) => this.put(item, findings)) };
    if (node.kind === "map") {
      const entries = node.entries.map((entry) => ({ ...entry, value: this.put(entry.value, findings) }));
      return { ...node, entries };
    }
    if (typeof node.value !== "string" || !node.value.includes("${")) return node;
    const parts = textParts(node.value);
    const [first] = parts;
    if (parts.length === 1 && first?.kind === "variable") return this.#whole(first.name, node, findings);
    return this.#inside(parts, node, findings);
  }

  /** `${x}` as a whole text is the variable's value with its type. */
  #whole(name: string, node: YamlScalar, findings: YamlFindings): YamlNode {
    if (this.#open.has(name)) return lateScalar(node, [{ variable: name }]);
    const known = this.#find(name, node, findings);
    if (known === undefined || !this.#affords(known.node.size, node, findings)) return lateScalar(node, "unknown");
    return placedAt(known.node, node, sourceOf(name, known));
  }

  /** Inside a longer text a string, int or bool is put in as text. */
  #inside(parts: readonly TextPart[], node: YamlScalar, findings: YamlFindings): YamlNode {
    const texts = parts.map((part) => (part.kind === "text" ? part.text : this.#text(part, node, findings)));
    const whole = texts.filter((text) => text !== undefined);
    if (whole.length < texts.length) return lateScalar(node, "unknown");
    const late = joined(whole);
    const length = late.reduce((sum, text) => sum + (typeof text === "string" ? text.length : 0), 0);
    if (length > MOST_TEXT) {
      findings.add("E_SCN_VAR", `with its variables the text has more than ${MOST_TEXT} characters`, node);
      return lateScalar(node, "unknown");
    }
    const from = parts.flatMap((part) => {
      const known = part.kind === "variable" ? this.#known.get(part.name) : undefined;
      return part.kind === "variable" && known !== undefined ? [sourceOf(part.name, known)] : [];
    });
    const placed = from.length === 0 ? node : { ...node, from: from.join(", ") };
    const [text = "", ...more] = late;
    return typeof text === "string" && more.length === 0 ? { ...placed, value: text } : lateScalar(placed, late);
  }

  #text(
    part: Exclude<TextPart, { kind: "text" }>,
    node: YamlScalar,
    findings: YamlFindings,
  ): string | { readonly variable: string } | undefined {
    if (part.kind === "broken") {
      const message = `${part.text} names no variable; a text that has it is written $${part.text}`;
      findings.add("E_SCN_VAR", message, node);
      return undefined;
    }
    const { name } = part;
    if (this.#open.has(name)) return { variable: name };
    const known = this.#find(name, node, findings);
    if (known === undefined) return undefined;
    if (isLate(known.node)) return { variable: name };
    const value = known.node.kind === "scalar" ? known.node.value : undefined;
    if (typeof value === "string") return value;
    if (typeof value === "bigint" || typeof value === "boolean") return String(value);
    const message = `only a string, an int or a bool can stand inside a longer text, and ${name} is none of them`;
    findings.add("E_SCN_VAR", message, { start: node.start, from: sourceOf(name, known) });
    return undefined;
  }

  #find(name: string, node: YamlScalar, findings: YamlFindings): Variable | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    if (this.#captures.has(name)) {
      findings.add("E_SCN_VAR", `only steps behind the one that captures ${name}, and assertions, know it`, node);
      return undefined;
    }
    if (this.#ofCase?.names.has(name)) {
      findings.add("E_SCN_VAR", `the case ${this.#ofCase.name} gives no value to ${name}, which others do`, node);
      return undefined;
    }
    const names = [...new Set([...this.#known.keys(), ...this.#open])];
    const help = didYouMean(name, [...names, ...this.#captures]);
    const there = names.length === 0 ? "no variable is known here" : `there are ${names.join(", ")}`;
    findings.add("E_SCN_VAR", `there is no variable ${name}; ${there}`, node, { help: help && `\${${help}}` });
    return undefined;
  }

  #affords(size: number, node: YamlScalar, findings: YamlFindings): boolean {
    const before = this.#expanded;
    this.#expanded += size;
    if (before <= MOST_EXPANDED && this.#expanded > MOST_EXPANDED) {
      findings.add("E_SCN_VAR", `from here on variables stand for more than ${MOST_EXPANDED} values`, node);
    }
    return this.#expanded <= MOST_EXPANDED;
  }
}

function sourceOf(name: string, { node, from }: Variable): string {
  return node.from ?? `\${${name}} of ${from}`;
}

/** Texts that touch are one. */
function joined(parts: readonly (string | { readonly variable: string })[]): Exclude<LateParts, "unknown"> {
  const late: (string | { readonly variable: string })[] = [];
  for (const part of parts) {
    const last = late.at(-1);
    if (typeof part === "string" && typeof last === "string") late[late.length - 1] = last + part;
    else late.push(part);
  }
  return late;
}
