import { describe, expect, test } from "bun:test";
import { EXIT, type ExitCode, exitRows, worstExit } from "./mod.ts";

// DESIGN, exit codes: "when several apply: 70, then 130, 143 or 141, 4, 3, 2, 1, 5".
const STRONGEST_FIRST = [70, 130, 143, 141, 4, 3, 2, 1, 5, 0];

const byCode = new Map<number, ExitCode>(Object.values(EXIT).map((exit) => [exit.code, exit]));

function exitOf(code: number): ExitCode {
  const exit = byCode.get(code);
  if (exit === undefined) throw new Error(`no exit code ${code}`);
  return exit;
}

describe("exit codes", () => {
  test("the table has the rows of DESIGN, with one name for both signals", () => {
    expect(exitRows().map(({ codes, name }) => `${codes} ${name}`)).toEqual([
      "0 ok",
      "1 failure",
      "2 usage",
      "3 validation",
      "4 runtime",
      "5 no-tests",
      "70 internal",
      "130, 143 interrupted",
      "141 closed",
    ]);
    expect(exitRows().find(({ name }) => name === "interrupted")?.meaning).toBe(
      "SIGINT, SIGTERM; a second SIGINT ends at once",
    );
    expect(byCode.size).toBe(Object.keys(EXIT).length);
  });

  for (const [rank, strong] of STRONGEST_FIRST.entries()) {
    for (const weak of STRONGEST_FIRST.slice(rank)) {
      test(`${strong} and ${weak} are together ${strong}, in either order`, () => {
        expect(worstExit([exitOf(strong), exitOf(weak)]).code).toBe(strong);
        expect(worstExit([exitOf(weak), exitOf(strong)]).code).toBe(strong);
      });
    }
  }

  test("nothing at all is ok", () => {
    expect(worstExit([])).toBe(EXIT.ok);
  });

  test("all of them together are an internal error", () => {
    expect(worstExit(Object.values(EXIT))).toBe(EXIT.internal);
  });
});
