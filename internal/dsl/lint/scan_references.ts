/** `$input.NAME` or `${input.NAME`, of an input or a step, in a text. */
export interface TextReference {
  readonly root: "input" | "step";
  /** Up to the first character that no name has. */
  readonly name: string;
  /** UTF-16 index of the `$`. */
  readonly at: number;
  readonly length: number;
  /** Written in braces. */
  readonly braced: boolean;
}

/** What looks like a reference and is none. */
export interface ReferenceFault {
  readonly at: number;
  readonly length: number;
  readonly message: string;
  readonly help: string | undefined;
}

export interface ScannedReferences {
  readonly references: readonly TextReference[];
  readonly faults: readonly ReferenceFault[];
}

const NAME = "[A-Za-z0-9_-]+";
const NAMED = new RegExp(`^(input|step)\\.(${NAME})`);
const CANDIDATE = new RegExp(`\\$\\$\\{|\\$\\{|\\$(inputs?|steps?)(?:\\.(${NAME})?|(?![A-Za-z0-9_-]))`, "g");

/** All references of an argument, output or condition (flows §6, §7). What `$${` escapes is text. */
export function scanReferences(text: string): ScannedReferences {
  const found: { references: TextReference[]; faults: ReferenceFault[] } = { references: [], faults: [] };
  const { references, faults } = found;
  const nextClose = closeFinder(text);
  for (const match of text.matchAll(CANDIDATE)) {
    const [candidate, word, name] = match;
    const at = match.index;
    if (candidate === "$${") continue;
    if (candidate === "${") braced(text, at, nextClose(at), found);
    else if (word === "input" || word === "step") {
      if (name !== undefined) references.push({ root: word, name, at, length: candidate.length, braced: false });
      else faults.push(nameless(word, at, candidate.length));
    } else if (candidate.includes(".")) faults.push(plural(word ?? "", candidate, at));
  }
  return found;
}

function braced(
  text: string,
  at: number,
  close: number,
  { references, faults }: { readonly references: TextReference[]; readonly faults: ReferenceFault[] },
): void {
  const inner = text.slice(at + 2, close < 0 ? undefined : close);
  const [named = "", root, name = ""] = NAMED.exec(inner) ?? [];
  if (root === "input" || root === "step") {
    references.push({ root, name, at, length: 2 + named.length, braced: true });
  }
  const length = close < 0 ? 2 : close + 1 - at;
  if (close < 0) faults.push({ at, length, message: "the reference is not closed: '}' is missing", help: undefined });
  else if (/^(?:input|step)(?:\.|$)/.test(inner)) {
    if (name === "") faults.push(nameless(inner.startsWith("input") ? "input" : "step", at, length));
  } else {
    const [, near, path = ""] = /^\s{0,9}(input|step)s?(\.[A-Za-z0-9_.-]{1,99})\s{0,9}$/.exec(inner) ?? [];
    const help = near === undefined ? "write $${ for a plain ${" : `\${${near}${path}}`;
    faults.push({ at, length, message: "'${…}' refers to neither an input nor a step", help });
  }
}

/** Finds the next `}`, -1 if there is none; asked in ascending order it reads the text once. */
function closeFinder(text: string): (from: number) => number {
  let known = text.indexOf("}");
  return (from) => {
    if (known >= 0 && known < from) known = text.indexOf("}", from);
    return known;
  };
}

function nameless(root: "input" | "step", at: number, length: number): ReferenceFault {
  const help = root === "input" ? "$input.NAME" : "$step.ID.FIELD";
  return { at, length, message: `the reference lacks the name of ${root === "input" ? "an input" : "a step"}`, help };
}

function plural(word: string, found: string, at: number): ReferenceFault {
  const root = word.slice(0, -1);
  const help = found.replace(word, root);
  return {
    at,
    length: found.length,
    message: `'$${word}.' refers to nothing; references begin with '$${root}.'`,
    help,
  };
}
