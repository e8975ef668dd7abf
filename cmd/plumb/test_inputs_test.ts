import { describe, expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { jsonLines, oneTarget, runPlumb, tempFiles } from "../../internal/testkit/mod.ts";

// What `plumb test` is given to read beside the tests, and how it tells what is wrong with that: exit 2, nothing on stdout.

const CASES = `#pragma test:case good
#pragma test:runtime input={} output={}
#pragma test:case bad
#pragma test:runtime input={} output=1
`;

describe.each(oneTarget())("$name", (target) => {
  const folder = (files: Record<string, string | Uint8Array> = {}) => tempFiles({ "t_test.ami": CASES, ...files });
  const plumb = (cwd: string, args: readonly string[], more: { stdin?: string; env?: Record<string, string> } = {}) =>
    runPlumb(target, ["test", "--no-errorpipe", ...args], { cwd, ...more });
  /** The first line on stderr of a run that is refused. */
  const refusal = (
    cwd: string,
    args: readonly string[],
    more: { stdin?: string; env?: Record<string, string> } = {},
  ) => {
    const { stdout, stderr, exit } = plumb(cwd, args, more);
    expect({ stdout, exit }).toEqual({ stdout: "", exit: 2 });
    return stderr.split("\n")[0];
  };

  test("known failures are read from stdin where a dash stands for the file", () => {
    const { stdout, exit } = plumb(folder(), ["--json", "--known-failing", "-"], { stdin: "*::bad\n*::gone\n" });
    const records = jsonLines(stdout);
    expect(records.at(-1)).toMatchObject({ totals: { fail: 0, known: 1 } });
    expect(records.at(-2)).toMatchObject({ code: "W_KNOWN_UNUSED", file: "stdin", pos: { line: 2 } });
    expect(exit).toBe(0);
    const yaml = folder({ "plumb.yaml": "test: {known_failing: '-'}\n" });
    expect(plumb(yaml, [], { stdin: "*::bad\n" }).exit).toBe(0);
  });

  test("stdin is not read twice", () => {
    expect(refusal(folder(), ["--known-failing=-", "--runtime-config=-"], { stdin: "runtime:\n" })).toBe(
      "error[E_USAGE_CONFLICT]: --runtime-config and --known-failing cannot both be read from stdin",
    );
  });

  test("an empty word where a path belongs is refused under the name of its flag or argument", () => {
    const cwd = folder();
    expect(refusal(cwd, [""])).toBe('error[E_USAGE_ARGUMENT]: PATH expects a path, found ""');
    expect(refusal(cwd, ["t_test.ami", ""])).toBe('error[E_USAGE_ARGUMENT]: PATH expects a path, found ""');
    for (const flag of ["--artifacts", "--known-failing", "--record", "--runtime-config", "--executor-path"]) {
      const message = `error[E_USAGE_VALUE]: ${flag} expects a path, found ""`;
      expect(refusal(cwd, [flag, ""])).toBe(message);
      expect(refusal(cwd, [`${flag}=`])).toBe(message);
    }
  });

  test("a file of known failures that cannot be read is told where its name comes from", () => {
    const why = "gone cannot be read: it does not exist";
    expect(refusal(folder(), ["--known-failing", "gone"])).toBe(`error[E_USAGE_VALUE]: --known-failing: ${why}`);
    expect(refusal(folder(), [], { env: { PLUMB_KNOWN_FAILING: "gone" } })).toBe(
      `error[E_CONFIG_SHAPE]: PLUMB_KNOWN_FAILING: ${why}`,
    );
    expect(plumb(folder({ "plumb.yaml": "test:\n  known_failing: gone\n" }), []).stderr).toBe(
      `error[E_CONFIG_SHAPE]: test.known_failing: ${why}\n  --> plumb.yaml:2:3\n  2 |   known_failing: gone\n    |   ^\n`,
    );
  });

  test("a path that is not there is told where it comes from", () => {
    expect(refusal(folder(), ["nope"])).toBe("error[E_USAGE_ARGUMENT]: nope does not exist");
    const cwd = folder({ "plumb.yaml": "test:\n  parallel: 1\n  paths:\n    - nope\n" });
    for (const args of [[], ["--list"]]) {
      expect(plumb(cwd, args)).toEqual({
        stdout: "",
        stderr:
          "error[E_CONFIG_SHAPE]: test.paths: nope does not exist\n  --> plumb.yaml:3:3\n  3 |   paths:\n    |   ^\n",
        exit: 2,
      });
    }
  });

  test("bytes that are no text are told with their place", () => {
    const bytes = new Uint8Array([0x23, 0x0a, 0x61, 0xff]);
    expect(refusal(folder({ known: bytes }), ["--known-failing", "known"])).toBe(
      "error[E_USAGE_VALUE]: --known-failing: known:2:2 cannot be read: it is not UTF-8 text",
    );
    const { stderr } = plumb(folder({ "plumb.yaml": bytes }), []);
    expect(stderr).toBe(
      "error[E_CONFIG_READ]: plumb.yaml cannot be read: it is not UTF-8 text\n  --> plumb.yaml:2:2\n",
    );
  });

  test("links that lead nowhere are errors, and nobody waits for a pipe", () => {
    const cwd = folder();
    symlinkSync("gone", join(cwd, "dangling"));
    symlinkSync("loop", join(cwd, "loop"));
    Bun.spawnSync(["mkfifo", join(cwd, "pipe")]);
    const refusalOf = (args: readonly string[], at = cwd) => {
      const words = [...target.argv, "test", ...args];
      const { stdout, stderr, exitCode } = Bun.spawnSync(words, { cwd: at, timeout: 10_000 });
      return [stdout.toString(), stderr.toString().split("\n")[0], exitCode];
    };
    for (const [file, why] of [
      ["dangling", "it is a link to gone, which does not exist"],
      ["loop", "ELOOP"],
      ["pipe", "it is not a regular file"],
    ] as const) {
      for (const flag of ["--known-failing", "--runtime-config"]) {
        const [stdout, message, exit] = refusalOf([flag, file]);
        expect([stdout, exit]).toEqual(["", 2]);
        expect(message).toContain(`${file} cannot be read: ${why}`);
      }
    }
    for (const file of ["dangling", "pipe"]) {
      const at = folder();
      symlinkSync(join(cwd, file), join(at, "plumb.yaml"));
      expect(refusalOf([], at)).toEqual(["", expect.stringContaining("plumb.yaml cannot be read: it is "), 2]);
    }
  });
});
