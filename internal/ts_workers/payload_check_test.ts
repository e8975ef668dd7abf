import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Refusal } from "../user_modules/mod.ts";
import { checkPayload } from "./payload_check.ts";

function refusal(value: unknown): unknown {
  try {
    checkPayload(value, "it");
    return "fine";
  } catch (error) {
    return error instanceof Refusal ? `${error.code} ${error.message}` : error;
  }
}

describe("what a worker gives away", () => {
  test("is any JSON value, the same object", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Object.is(checkPayload(value, "it"), value)).toBe(true);
      }),
    );
  });

  test.each<[string, unknown]>([
    ["$.a", { a: undefined }],
    ["$[0]", [() => 1]],
    ["$", new Date(0)],
    ["$.m", { m: new Map() }],
    ["$", 1n],
    ["$.n", { n: Number.NaN }],
    ["$[0]", new Array(1)],
    ["$", "\uD800"],
  ])("is refused at %s if it is no JSON", (path, value) => {
    expect(refusal(value)).toStartWith(`E_WORKER_TYPE it is no JSON value: ${path} `);
  });

  test("is not nested too deep; a circle is", () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(refusal(circle)).toBe("E_WORKER_SIZE it is no JSON value: more than 256 nested arrays and objects");
  });

  test("has at most 1,048,576 elements and entries, however few objects they are in memory", () => {
    expect(refusal(new Array(1_048_576).fill(0))).toBe("fine");
    const tooMany = "E_WORKER_SIZE it has more than 1048576 elements and entries";
    expect(refusal(new Array(1_048_577).fill(0))).toBe(tooMany);
    expect(refusal(new Array(4_000_000_000))).toBe(tooMany);
    let tree: unknown = 0;
    for (let level = 0; level < 200; level += 1) tree = { a: tree, b: tree };
    expect(refusal(tree)).toBe(tooMany);
  });

  test("has strings of at most 1,048,576 characters, which are code points", () => {
    expect(refusal("😀".repeat(1_048_576))).toBe("fine");
    expect(refusal("a".repeat(1_048_577))).toBe("E_WORKER_SIZE it has more than 1048576 characters in a string");
    const many = new Array(17).fill("a".repeat(1_048_576));
    expect(refusal(many)).toBe("E_WORKER_SIZE it has more than 16777216 characters");
  });

  test("is not searched for what is no plain object: it may have any number of keys", () => {
    expect(refusal(new Uint8Array(50_000_000))).toStartWith("E_WORKER_TYPE");
  });
});
