import { describe, expect, test } from "bun:test";
import { ClosedPipe, Output, UsageError, WriteFailed } from "../../internal/cli/mod.ts";
import { ConfigError } from "../../internal/config/mod.ts";
import { diagnostic, LineIndex, PLAIN } from "../../internal/diag/mod.ts";
import { reportProblem } from "./report_problem.ts";

function told(error: unknown, verbose = false): [code: number, text: string] {
  let text = "";
  const write = (_: number, bytes: Uint8Array): number => {
    text += new TextDecoder().decode(bytes);
    return bytes.length;
  };
  const { code } = reportProblem(error, new Output(2, { write }), { style: PLAIN, verbose });
  return [code, text];
}

describe("a problem", () => {
  test("of the command line is exit 2, with its command's help", () => {
    expect(told(new UsageError("E_USAGE_FLAG", "unknown flag --x", "--y").of("test"))).toEqual([
      2,
      "error[E_USAGE_FLAG]: unknown flag --x\n  help: --y\n  try: plumb test --help\n",
    ]);
  });

  test("of the configuration is exit 2, with the place", () => {
    const source = new LineIndex("a: 1\n");
    const finding = diagnostic({ code: "E_CONFIG_SHAPE", message: "no", file: "f", pos: source.position(3) });
    expect(told(new ConfigError([finding], source))).toEqual([
      2,
      "error[E_CONFIG_SHAPE]: no\n  --> f:1:4\n  1 | a: 1\n    |    ^\n",
    ]);
  });

  test("of a closed pipe is 141 without a word, of a full disk 1 with one", () => {
    expect(told(new ClosedPipe("gone"))).toEqual([141, ""]);
    expect(told(new WriteFailed("cannot write to stdout: full"))).toEqual([1, "error: cannot write to stdout: full\n"]);
  });

  test("of any other kind is a bug of plumb: 70, with the stack only if asked", () => {
    const [code, text] = told(new TypeError("x is not a function"));
    expect(code).toBe(70);
    expect(text).toStartWith("internal error: TypeError: x is not a function\n  this is a bug of plumb (blame: tool)");
    expect(text).toContain("run it again with --verbose");
    expect(text).not.toContain("report_problem_test");
    expect(told(new TypeError("x"), true)[1]).toContain("report_problem_test");
    expect(told("a thrown text")).toMatchObject([70, expect.stringContaining("internal error: a thrown text")]);
  });
});
