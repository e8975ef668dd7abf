import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { jsonArbitrary, reorderedTwins, strictArbitrary } from "./arbitraries.ts";
import { canonical } from "./canonical.ts";
import { contentId } from "./content_id.ts";
import { bindingHash, completionId, generalIds, invocationId } from "./ids.ts";
import { toStrict } from "./to_strict.ts";
import { valueErrorOf } from "./value_error_of.ts";

// The rows of vectors/ids.json are run by vectors_test.ts.

describe("ids", () => {
  test("contentId puts one zero byte between domain and text", () => {
    const hash = (text: string) => Bun.SHA256.hash(text, "hex");
    expect(contentId("foo", "bar")).toBe(hash("foo\0bar"));
    expect(contentId("", "\u00e9")).toBe(new Bun.SHA256().update(Uint8Array.of(0, 0xc3, 0xa9)).digest("hex"));
  });

  test("the order of keys does not enter an id, everything else does", () => {
    const id = invocationId("f", "A.b", { x: 1, y: 2 }, 1);
    expect(invocationId("f", "A.b", { y: 2, x: 1 }, 1)).toBe(id);
    expect(invocationId("f", "A.b", { x: 1n, y: 2 }, 1n)).toBe(id);
    const others = [
      invocationId("g", "A.b", { x: 1, y: 2 }, 1),
      invocationId("f", "A.c", { x: 1, y: 2 }, 1),
      invocationId("f", "A.b", { x: 1, y: 3 }, 1),
      invocationId("f", "A.b", { x: 1, y: 2 }, 2),
      completionId("f", "A.b", { x: 1, y: 2 }, 1),
    ];
    expect(new Set([id, ...others]).size).toBe(6);
  });

  test("strict ids refuse what the profile refuses", () => {
    expect(valueErrorOf(() => invocationId("f", "A.b", { x: 1.5 }, 1)).path).toBe("$.args.x");
    expect(valueErrorOf(() => bindingHash({ x: "\ud800" })).path).toBe("$.x");
  });

  test("equal bindings have equal hashes, whatever form their text and ints came in", () => {
    fc.assert(
      fc.property(reorderedTwins(strictArbitrary), ([value, twin]) => {
        expect(bindingHash({ value: toStrict(twin) })).toBe(bindingHash({ value }));
      }),
    );
  });

  test("general ids hash the canonical JSON of what the page names", () => {
    fc.assert(
      fc.property(jsonArbitrary, fc.nat(), (value, seq) => {
        expect(generalIds.invocationId("f", "a", value, seq)).toBe(
          contentId("nysm/invocation/v1", canonical({ seq, flow_token: "f", args: value, action_uri: "a" })),
        );
        expect(generalIds.completionId("i", "Done", value, seq)).toBe(
          contentId("nysm/completion/v1", canonical({ seq, result: value, output_case: "Done", invocation_id: "i" })),
        );
      }),
    );
  });
});
