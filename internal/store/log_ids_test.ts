import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import {
  bindingHash,
  canonicalStrict,
  completionId,
  invocationId,
  isObject,
  parseStrict,
  type Strict,
} from "../value/mod.ts";
import { completionIdOf, encodeBindings, invocationIdOf } from "./log_ids.ts";
import type { StrictObject } from "./rows.ts";

const rows = parseStrict(readFileSync(join(import.meta.dir, "../../testdata/vectors/ids.json"), "utf8"));

function object(value: Strict | undefined): StrictObject {
  if (value === undefined || !isObject(value)) throw new Error("no object");
  return value as StrictObject;
}

test("acceptance 1: every id of vectors/ids.json, by way of canonical texts", () => {
  const found: unknown[] = [];
  const expected: unknown[] = [];
  for (const row of Array.isArray(rows) ? rows : []) {
    const { kind, id, ...rest } = object(row);
    const text = (key: string): string => String(rest[key]).normalize("NFC");
    const seq = Number(rest.seq);
    // One row's seq is beyond what a log holds; the value module has it.
    if (rest.seq !== undefined && !Number.isSafeInteger(seq)) continue;
    expected.push(id);
    if (kind === "invocation") {
      found.push(invocationIdOf(text("flow_token"), text("action_uri"), canonicalStrict(object(rest.args)), seq));
    } else if (kind === "completion") {
      found.push(completionIdOf(text("invocation_id"), text("output_case"), canonicalStrict(object(rest.result)), seq));
    } else if (kind === "binding") {
      found.push(encodeBindings(object(rest.bindings)).hash);
    } else {
      expected.pop();
    }
  }
  expect(found).toEqual(expected);
  expect(found.length).toBeGreaterThan(20);
});

test("ids are those of the value module, whatever the names hold", () => {
  const name = fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => text.normalize("NFC"));
  fc.assert(
    fc.property(
      name,
      name,
      fc.dictionary(name, fc.oneof(fc.integer(), name, fc.boolean())),
      fc.nat(),
      (a, b, args, seq) => {
        const text = canonicalStrict(args);
        expect(invocationIdOf(a, b, text, seq)).toBe(invocationId(a, b, args, seq));
        expect(completionIdOf(a, b, text, seq)).toBe(completionId(a, b, args, seq));
        expect(encodeBindings(args)).toEqual({ text, hash: bindingHash(args) });
      },
    ),
  );
});

test("a lone surrogate in a name is refused, not hashed", () => {
  expect(() => invocationIdOf("f\ud800", "A.b", "{}", 1)).toThrow(
    expect.objectContaining({ code: "E_VALUE_SURROGATE" }),
  );
});
