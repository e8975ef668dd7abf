import { sortedKeys } from "./builtin_lists.ts";
import { BREAK, type Exec, type Flow, type Frame, type Gen, NEXT, RETURN, type StmtOf } from "./worker_code.ts";
import { isHighSurrogate } from "./worker_code_points.ts";
import { share } from "./worker_copies.ts";
import { fail, wrongType } from "./worker_failure.ts";
import type { Run } from "./worker_run.ts";
import { isMap, type JsonMap, type Value } from "./worker_value.ts";

/**
 * `for k, v := range x`: over a number (0…n−1), a list, a string's code points, or a map in key order; all taken before
 * the first turn (pipelines §4). A single variable takes the number or the key.
 */
export function compileRange(g: Gen, statement: StmtOf<"range">): Exec {
  const over = g.take(statement.over);
  const value = statement.value === undefined ? undefined : g.slot(statement.value);
  const loop = new RangeLoop(g.run, g.slot(statement.key), value, g.statements(statement.body.statements));
  return (frame) => loop.over(frame, over(frame));
}

class RangeLoop {
  readonly #run: Run;
  readonly #key: number | undefined;
  readonly #value: number | undefined;
  readonly #body: Exec;

  constructor(run: Run, key: number | undefined, value: number | undefined, body: Exec) {
    this.#run = run;
    this.#key = key;
    this.#value = value;
    this.#body = body;
  }

  over(frame: Frame, value: Value): Flow {
    if (typeof value === "number") return this.#overNumber(frame, value);
    if (typeof value === "string") return this.#overText(frame, value);
    if (Array.isArray(value)) return this.#overList(frame, value);
    if (isMap(value)) return this.#overMap(frame, value);
    return wrongType("range takes a number, a list, a string or a map", value);
  }

  #overNumber(frame: Frame, count: number): Flow {
    if (!Number.isInteger(count)) fail("E_WORKER_ARG", `range takes a whole number, got ${count}`);
    for (let at = 0; at < count; at++) {
      const flow = this.#turn(frame, at, at);
      if (flow !== NEXT) return flow === RETURN ? RETURN : NEXT;
    }
    return NEXT;
  }

  #overText(frame: Frame, text: string): Flow {
    let count = 0;
    for (let at = 0; at < text.length; count++) {
      const end = at + (isHighSurrogate(text.charCodeAt(at)) ? 2 : 1);
      const flow = this.#turn(frame, count, text.slice(at, end));
      if (flow !== NEXT) return flow === RETURN ? RETURN : NEXT;
      at = end;
    }
    return NEXT;
  }

  #overList(frame: Frame, list: readonly Value[]): Flow {
    for (let at = 0; at < list.length; at++) {
      const flow = this.#turn(frame, at, list[at] ?? null);
      if (flow !== NEXT) return flow === RETURN ? RETURN : NEXT;
    }
    return NEXT;
  }

  #overMap(frame: Frame, map: JsonMap): Flow {
    for (const key of sortedKeys(this.#run, map)) {
      const flow = this.#turn(frame, key, map[key] ?? null);
      if (flow !== NEXT) return flow === RETURN ? RETURN : NEXT;
    }
    return NEXT;
  }

  /** One turn; NEXT if another may follow. */
  #turn(frame: Frame, key: Value, value: Value): typeof NEXT | typeof BREAK | typeof RETURN {
    this.#run.turn();
    if (this.#key !== undefined) frame[this.#key] = key;
    if (this.#value !== undefined) {
      share(this.#run, value);
      frame[this.#value] = value;
    }
    const flow = this.#body(frame);
    return flow === BREAK || flow === RETURN ? flow : NEXT;
  }
}
