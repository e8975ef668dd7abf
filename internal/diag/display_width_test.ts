import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { displayWidth, takeEnd, takeStart } from "./display_width.ts";

describe("displayWidth", () => {
  test("wide characters take two columns, combining marks none, a joined emoji two", () => {
    expect(displayWidth("abc")).toBe(3);
    expect(displayWidth("日本")).toBe(4);
    expect(displayWidth("e\u0301")).toBe(1);
    expect(displayWidth("👩‍👩‍👧")).toBe(2);
  });
});

describe("takeStart and takeEnd", () => {
  test("a wide character that would stick out is left out", () => {
    expect(takeStart("a日b", 2)).toBe("a");
    expect(takeEnd("a日b", 2)).toBe("b");
    expect(takeEnd("a日b", 3)).toBe("日b");
  });

  test("nothing fits into no columns", () => {
    expect(takeStart("abc", 0)).toBe("");
    expect(takeEnd("abc", 0)).toBe("");
  });

  test("they give a beginning and an end that fit, whole when there is room (property)", () => {
    const text = fc.array(fc.constantFrom("a", "日", "😀", "é")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.nat({ max: 30 }), (t, columns) => {
        const start = takeStart(t, columns);
        const end = takeEnd(t, columns);
        expect(t.startsWith(start) && t.endsWith(end)).toBe(true);
        expect(displayWidth(start)).toBeLessThanOrEqual(columns);
        expect(displayWidth(end)).toBeLessThanOrEqual(columns);
        if (displayWidth(t) <= columns) expect([start, end]).toEqual([t, t]);
        else expect(displayWidth(start)).toBeGreaterThanOrEqual(columns - 1);
      }),
    );
  });
});
