import { expect, test } from "bun:test";
import { PrincipleTally } from "./principles.ts";

const about = (...scenarios: (string | undefined)[]) =>
  scenarios.map((scenario) => ({ concept: "Cart", text: "t", scenario }));

test("a principle is held if every case passed, broken if one failed, else untested", () => {
  const cases = new Map([
    ["/two", 2],
    ["/failing", 2],
    ["/skipped", 2],
    ["/filtered", 2],
    ["/none", 0],
  ]);
  const tally = new PrincipleTally(
    about("/two", "/failing", "/skipped", "/filtered", "/none", undefined, "/unread"),
    cases,
  );
  for (const status of ["pass", "pass"] as const) tally.ended("/two", status);
  for (const status of ["pass", "fail"] as const) tally.ended("/failing", status);
  for (const status of ["pass", "skip"] as const) tally.ended("/skipped", status);
  tally.ended("/filtered", "pass");
  tally.ended("/of-nobody", "fail");
  expect(tally.totals()).toEqual({ held: 1, broken: 1, untested: 5 });
});

test("two principles may name one scenario", () => {
  const tally = new PrincipleTally(about("/a", "/a"), new Map([["/a", 1]]));
  tally.ended("/a", "fail");
  expect(tally.totals()).toEqual({ held: 0, broken: 2, untested: 0 });
});
