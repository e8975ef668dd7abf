import { expect, test } from "bun:test";
import fc from "fast-check";
import { evaluated, run } from "./worker_fixture.ts";

test.each([
  ['upper("aß")', "ASS"],
  ['lower("ÀB")', "àb"],
  ['trim(" \\t\\r\\n a b \\n")', "a b"],
  ['trim("\\u00a0a\\f")', "\u00a0a\f"],
  ['trim("  ")', ""],
  ['split("a,b,,c", ",")', ["a", "b", "", "c"]],
  ['split("", ",")', [""]],
  ['split("abc", "")', "E_WORKER_ARG"],
  ['join(["a", "b"], "-")', "a-b"],
  ['join([], "-")', ""],
  ['join(["a", "b"], "")', "ab"],
  ['join(["a", 1], "-")', "E_WORKER_TYPE"],
  ['startsWith("abc", "ab")', true],
  ['endsWith("abc", "ab")', false],
  ['replace("aXbX", "X", "$&")', "a$&b$&"],
  ['replace("aaa", "aa", "b")', "ba"],
  ['replace("a", "", "b")', "E_WORKER_ARG"],
  ['substr("añ😀b", 1, 3)', "ñ😀"],
  ['substr("abc", -5, 99)', "abc"],
  ['substr("abc", 2, 1)', ""],
  ['substr("abc", 7, 9)', ""],
  ['substr("abc", 0.5, 2)', "E_WORKER_ARG"],
  ['index("a😀b", "b")', 2],
  ['index("abc", "x")', -1],
  ['index("abc", "")', 0],
  ["upper(1)", "E_WORKER_TYPE"],
  ['split(nil, ",")', "E_WORKER_TYPE"],
  ['substr("abc", "0", 1)', "E_WORKER_TYPE"],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr)).toEqual(value);
});

test("substr and index count code points, as a list of them does", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "ñ", "😀", "𝒳"), maxLength: 400 });
  const place = fc.integer({ min: -3, max: 410 });
  fc.assert(
    fc.property(text, place, place, text, (s, from, to, part) => {
      const points = [...s];
      const first = Math.min(Math.max(from, 0), points.length);
      const last = Math.min(Math.max(to, first), points.length);
      const at = s.indexOf(part.slice(0, 2));
      const payload = { s, from, to, part: part.slice(0, 2) };
      fc.pre(payload.part.isWellFormed());
      expect(
        run(
          "func w(ev) any { p := ev.payload\nreturn [len(p.s), substr(p.s, p.from, p.to), index(p.s, p.part)] }",
          payload,
        ),
      ).toEqual([points.length, points.slice(first, last).join(""), at < 0 ? -1 : [...s.slice(0, at)].length]);
    }),
    { numRuns: 200 },
  );
});

test("split and join undo each other", () => {
  const text = fc.string({ unit: fc.constantFrom("a", ",", ";", "😀") });
  fc.assert(
    fc.property(text, fc.constantFrom(",", ",;", "😀"), (s, sep) => {
      expect(
        run("func w(ev) any { return join(split(ev.payload.s, ev.payload.sep), ev.payload.sep) }", { s, sep }),
      ).toBe(s);
    }),
    { numRuns: 100 },
  );
});
