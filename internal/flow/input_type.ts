/** What a declared input may be (flows §9, Inputs). */
export type InputType =
  | { readonly kind: "string" | "int" | "float" | "bool" | "object" | "list" | "any" }
  | { readonly kind: "list of" | "map of" | "optional"; readonly of: InputType };

const SIMPLE: ReadonlyMap<string, InputType> = new Map(
  Object.entries({
    string: ["string", "str", "text"],
    int: ["int", "integer"],
    float: ["float", "double", "decimal", "number"],
    bool: ["bool", "boolean"],
    object: ["object", "map", "dict", "mapping"],
    list: ["list", "array"],
    any: ["any"],
  } as const).flatMap(([kind, names]) => names.map((name) => [name, { kind } as InputType])),
);

/** A longer text names no type that anyone has. */
const LONGEST = 1000;

/**
 * Reads the text of a type; case and blanks do not matter. Undefined: it is none, and means any (W_INPUT_TYPE_UNKNOWN).
 * `parseInputType("list<int?>")` is `{ kind: "list of", of: { kind: "optional", of: { kind: "int" } } }`.
 */
export function parseInputType(text: string): InputType | undefined {
  const plain = text.toLowerCase().replace(/\s/g, "");
  return plain.length > LONGEST ? undefined : parse(plain);
}

function parse(text: string): InputType | undefined {
  const simple = SIMPLE.get(text);
  if (simple !== undefined) return simple;
  if (text.endsWith("?")) return wrap("optional", text.slice(0, -1));
  if (text.endsWith("[]")) return wrap("list of", text.slice(0, -2));
  if (text.startsWith("[]")) return wrap("list of", text.slice(2));
  const list = /^(?:list|array)<(.*)>$/.exec(text);
  if (list !== null) return wrap("list of", list[1] ?? "");
  const map = /^(?:map|dict)<string,(.*)>$/.exec(text) ?? /^map<(.*)>$/.exec(text);
  return map === null ? undefined : wrap("map of", map[1] ?? "");
}

function wrap(kind: "list of" | "map of" | "optional", inner: string): InputType | undefined {
  const of = parse(inner);
  return of === undefined ? undefined : { kind, of };
}

/** How messages call a type. */
export function typeText(type: InputType): string {
  switch (type.kind) {
    case "list of":
      return `list<${typeText(type.of)}>`;
    case "map of":
      return `map<string, ${typeText(type.of)}>`;
    case "optional":
      return `${typeText(type.of)}?`;
    default:
      return type.kind;
  }
}
