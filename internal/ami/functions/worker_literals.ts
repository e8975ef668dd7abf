import { type Json, setKey } from "../../value/mod.ts";
import type { Code, ExprOf, Gen } from "./worker_code.ts";
import { wrongType } from "./worker_failure.ts";
import { checkHolder, noteKey, storable } from "./worker_storable.ts";
import type { JsonMap } from "./worker_value.ts";

/** `[a, b]`. A new list each time, which nothing else refers to. */
export function compileList(g: Gen, { items }: ExprOf<"list">): Code {
  const { run } = g;
  const codes = items.map((item) => g.take(item));
  return (frame) => {
    const list: Json[] = [];
    for (const code of codes) list.push(storable(run, code(frame)));
    checkHolder(run, list);
    return list;
  };
}

/** `map{"a": 1}`; of two equal keys the last one counts. */
export function compileMap(g: Gen, { entries }: ExprOf<"map">): Code {
  const { run } = g;
  const codes = entries.map(([key, value]) => ({ key: g.peek(key), value: g.take(value) }));
  return (frame) => {
    const map: JsonMap = {};
    for (const code of codes) {
      const key = code.key(frame);
      if (typeof key !== "string") return wrongType("the keys of a map are strings", key);
      noteKey(run, key);
      setKey(map, key, storable(run, code.value(frame)));
    }
    checkHolder(run, map);
    return map;
  };
}
