/** A piece of a text with variables in it (scenarios.md §7, Variables). */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string }
  /** `${` that names no variable. */
  | { readonly kind: "broken"; readonly text: string };

const MARK = /\$\$\{|\$\{(?<name>[^}]*)\}|\$\{/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a name can be that of a variable (scenarios.md §2, E_SPEC_NAME). */
export function isVariableName(name: string): boolean {
  return NAME.test(name);
}

/**
 * The pieces of a text: `${x}` is a variable, `$${` the text `${`.
 *
 * @example
 * textParts("a ${b}"); // [{ kind: "text", text: "a " }, { kind: "variable", name: "b" }]
 */
export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let plain = "";
  let end = 0;
  for (const { 0: mark, index, groups } of text.matchAll(MARK)) {
    plain += text.slice(end, index);
    end = index + mark.length;
    if (mark === "$${") {
      plain += "${";
      continue;
    }
    if (plain !== "") parts.push({ kind: "text", text: plain });
    plain = "";
    const name = groups?.name;
    parts.push(
      name !== undefined && isVariableName(name) ? { kind: "variable", name } : { kind: "broken", text: mark },
    );
  }
  plain += text.slice(end);
  if (plain !== "" || parts.length === 0) parts.push({ kind: "text", text: plain });
  return parts;
}
