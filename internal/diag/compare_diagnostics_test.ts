import { expect, test } from "bun:test";
import { compareDiagnostics, comparePlaces } from "./compare_diagnostics.ts";
import { type Diagnostic, diagnostic } from "./diagnostic.ts";

const at = (file: string, offset: number | undefined, code = "E_A", message = "m"): Diagnostic =>
  diagnostic({
    code,
    message,
    file,
    ...(offset === undefined ? {} : { pos: { offset, line: 1, column: offset + 1 } }),
  });

test("findings are ordered by file, then place, then code, then message; without a place they come first", () => {
  const sorted = [
    at("Z", 9),
    at("a", undefined),
    at("a", 0, "E_A", "m"),
    at("a", 0, "E_A", "n"),
    at("a", 0, "E_B", "a"),
    at("a", 10),
    at("b", 2),
  ];
  expect([...sorted].reverse().sort(compareDiagnostics)).toEqual(sorted);
  expect(compareDiagnostics(at("a", 1), at("a", 1))).toBe(0);
  expect(comparePlaces(at("a", 1, "E_A"), at("a", 1, "E_B"))).toBe(0);
  expect(comparePlaces(at("a", 2, "E_A"), at("a", 1, "E_B"))).toBeGreaterThan(0);
});
