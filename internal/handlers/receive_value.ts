import { MAX_DEPTH, setKey } from "../value/mod.ts";
import { TAGGED } from "./send_value.ts";
import { TAG } from "./tag.ts";

/** What `sendValue` made a text of. */
export function receiveValue(text: string): unknown {
  if (text === "") return undefined;
  return text.startsWith(TAGGED) ? untagged(JSON.parse(text.slice(TAGGED.length))) : JSON.parse(text);
}

function untagged(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return untaggedArray(value);
  const copy: { [key: string]: unknown } = {};
  for (const [key, item] of Object.entries(value)) setKey(copy, key, untagged(item));
  return copy;
}

function untaggedArray([tag, ...rest]: readonly unknown[]): unknown {
  const text = String(rest[0]);
  switch (tag) {
    case TAG.array:
      return rest.map(untagged);
    case TAG.bigint:
      return BigInt(text);
    case TAG.number:
      return Number(text);
    case TAG.bytes:
      return new Uint8Array(Buffer.from(text, "base64"));
    case TAG.function:
      return () => undefined;
    case TAG.symbol:
      return Symbol();
    case TAG.object:
      // Its class is all that is told of it.
      return Object.create({ constructor: { name: text } });
    case TAG.abyss:
      return abyss();
    default:
      return undefined;
  }
}

function abyss(): unknown {
  let value: unknown[] = [];
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) value = [value];
  return value;
}
