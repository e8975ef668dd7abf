import { type KeyEntry, type Mapping, type Node, nodesOf, type Scalar } from "../syntax/mod.ts";
import { type Report, warn } from "./report.ts";

/** Reports the top-level keys that a language does not have; returns the others. */
export function checkTopLevelKeys(root: Mapping, known: readonly string[], report: Report): readonly KeyEntry[] {
  return root.entries.filter((entry): entry is KeyEntry => {
    if (entry.kind !== "key") return false;
    if (known.includes(entry.key)) return true;
    const message = `there is no key '${entry.key}'; the file's keys are ${known.join(", ")}`;
    const help = report.meant(entry.key, new Set(known));
    report({ code: "unknown-key", at: entry.at, length: entry.key.length, message, help });
    return false;
  });
}

/** Reports a version that is not the one that this plumb reads. */
export function checkVersion({ text, at }: Scalar, version: string, report: Report): void {
  if (text.trimEnd() === version) return;
  const message = `version '${text.trimEnd()}' is not supported`;
  report({ code: "unsupported-version", at, length: text.trimEnd().length, message, help: version });
}

/** Reports each key that a mapping has already: only the last value counts (flows §1). */
export function checkDuplicateKeys({ entries }: Mapping, report: Report): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== "key") continue;
    if (seen.has(entry.key)) {
      const message = `the key '${entry.key}' is there already; only its last value counts`;
      report({ code: "duplicate-key", at: entry.at, length: entry.key.length, message });
    }
    seen.add(entry.key);
  }
}

/** Reports the lines of a tree's mappings that have no key: what they say is lost. */
export function checkMissingKeys(root: Node, report: Report): void {
  for (const node of nodesOf(root)) {
    if (node.kind !== "mapping") continue;
    for (const entry of node.entries) {
      if (entry.kind !== "bare") continue;
      const message = "the line has no key and is left out; it is of the form name: value";
      report({ code: "missing-key", at: entry.at, length: entry.text.length, message });
    }
  }
}

/** Reports what is part of a text and was hardly meant to be: `trailing-space`, `trailing-comment`, `item-looks-like-map`. */
export function checkTexts(root: Node, report: Report): void {
  for (const node of nodesOf(root)) {
    if (node.kind === "scalar") checkText(node, report);
    if (node.kind !== "list") continue;
    for (const item of node.items) if (item.kind === "scalar") checkItem(item, report);
  }
}

function checkText({ text, at }: Scalar, report: Report): void {
  const end = text.trimEnd().length;
  if (end < text.length) {
    const aside = { length: text.length - end };
    warn(report, "trailing-space", at + end, "the blanks at the end are part of the value", aside);
  }
  const comment = commentIn(text.slice(0, end));
  if (comment === undefined) return;
  const message = "'#' begins no comment behind a value: it is part of the text";
  const help = "put the comment on a line of its own, or the value in quotes";
  warn(report, "trailing-comment", at + comment, message, { length: end - comment, help });
}

/** The index of a ` #` outside quotes, or of a `# ` that the text begins with. An apostrophe that nothing closes quotes nothing. */
function commentIn(text: string): number | undefined {
  if (!text.includes("#")) return undefined;
  if (/^#(?:\s|$)/.test(text)) return 0;
  const open = new Set(["'", '"']);
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "#" && /\s/.test(text.charAt(at - 1))) return at;
    if (!open.has(character)) continue;
    const close = closingQuote(text, at);
    // What is not closed is not closed further on either; looking again and again would take the square of the length.
    if (close < 0) open.delete(character);
    else at = close;
  }
  return undefined;
}

/** The index of the quote that closes the one at `at`; -1: there is none. A backslash skips the next character. */
function closingQuote(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === text[at]) return end;
  }
  return -1;
}

function checkItem({ text, at }: Scalar, report: Report): void {
  if (!/^(?:[A-Za-z_][\w.-]*|"[^"]*"|'[^']*')\s*:\s+\S/.test(text)) return;
  const message = "the item looks like a mapping and is a text";
  const help = "put the entry on a deeper line below '-', or the text in quotes";
  warn(report, "item-looks-like-map", at, message, { length: text.trimEnd().length, help });
}
