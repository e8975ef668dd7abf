import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Json } from "../../value/mod.ts";
import { parseSource } from "../syntax/mod.ts";
import { WorkerCompiler } from "./worker_compiler.ts";
import { contextAt, eventOf, findingsOf, scopeOf, shown } from "./worker_fixture.ts";
import { randomProgram } from "./worker_program.ts";
import { interpret, ReferenceFailure, TooLarge } from "./worker_reference.ts";

const PROGRAM = fc.gen().map((g) => randomProgram((below) => g(fc.nat, { max: below - 1 })));

const PAYLOADS: readonly Json[] = [{}, { a: { b: [1, { c: 2 }] }, l: [1, 2], n: null }, [1, [2]], null, "text"];

test("random programs give what a naive interpreter gives, and leave their payload as it was", () => {
  fc.assert(
    fc.property(PROGRAM, fc.constantFrom(...PAYLOADS), (text, payload) => {
      const expected = reference(text, payload);
      fc.pre(expected !== undefined);
      const worker = compile(text);
      const frozen = deepFreeze(structuredClone(payload));
      expect(shown(worker(eventOf(frozen), contextAt())), text).toEqual(expected ?? null);
      expect(frozen).toEqual(payload);
    }),
    { numRuns: 120 },
  );
});

test("a program gives the same again", () => {
  fc.assert(
    fc.property(PROGRAM, fc.constantFrom(...PAYLOADS), (text, payload) => {
      const worker = compile(text);
      const first = shown(worker(eventOf(payload), contextAt()));
      expect(shown(worker(eventOf(payload), contextAt()))).toEqual(first);
      expect(shown(compile(text)(eventOf(payload), contextAt()))).toEqual(first);
    }),
    { numRuns: 30 },
  );
});

function compile(text: string) {
  expect(findingsOf(text)).toEqual([]);
  const target = scopeOf(text).functions.get("w");
  if (target === undefined) throw new Error("no function w");
  return new WorkerCompiler().worker(target);
}

/** The value or the code; undefined if the reference cannot tell. */
function reference(text: string, payload: Json): Json | undefined {
  try {
    return interpret(parseSource(text).tree.funcs, payload);
  } catch (thrown) {
    if (thrown instanceof ReferenceFailure) return thrown.code;
    if (thrown instanceof TooLarge) return undefined;
    throw thrown;
  }
}

function deepFreeze(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  Object.values(value).forEach(deepFreeze);
  Object.freeze(value);
  return value;
}
