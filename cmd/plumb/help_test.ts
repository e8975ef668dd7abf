import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { exitRows } from "../../internal/diag/mod.ts";
import { oneTarget, runPlumb, tempFiles } from "../../internal/testkit/mod.ts";
import { COMMANDS } from "./commands.ts";

// Every command is a process of its own, and machines may be busy.
setDefaultTimeout(60_000);

describe.each(oneTarget())("$name", (target) => {
  const folder = tempFiles({ "plumb.yaml": "test:\n  parallel: 3\n" });
  const plumb = (args: readonly string[], env: Record<string, string> = {}) =>
    runPlumb(target, args, { cwd: folder, env });

  test("every command shows usage, each of its flags with a default, and two examples", () => {
    for (const { spec } of COMMANDS) {
      const words = spec.name.split(" ");
      const { stdout, stderr, exit } = plumb([...words, "--help"]);
      expect({ stderr, exit }).toEqual({ stderr: "", exit: 0 });
      expect(stdout).toContain(`usage: plumb ${spec.name}`);
      for (const { name } of spec.flags)
        expect(stdout.replaceAll(/\n {20,}/g, " ")).toMatch(new RegExp(`--${name}\\b.*default: `));
      expect(stdout.split("examples:\n")[1]?.match(/^ {2}plumb /gm)).toHaveLength(2);
      expect(plumb(["help", ...words])).toEqual({ stdout, stderr, exit });
      expect(plumb([...words, "-h"])).toEqual({ stdout, stderr, exit });
    }
  });

  test("exit-codes has the whole table", () => {
    const { stdout } = plumb(["help", "exit-codes"]);
    for (const { codes, name } of exitRows()) expect(stdout).toMatch(new RegExp(`^ *${codes}  ${name}\\b`, "m"));
    expect(stdout).toContain("\n  130, 143  interrupted  SIGINT, SIGTERM; a second SIGINT ends at once\n");
  });

  test("pragmas names every pragma", () => {
    const { stdout, exit } = plumb(["help", "pragmas"]);
    expect(exit).toBe(0);
    for (const name of ["case", "runtime", "fixture", "kv", "skip", "assert", "expect_error", "expect_no_warnings"]) {
      expect(stdout).toContain(`test:${name}`);
    }
  });

  test("config says of every key what it is and where that comes from", () => {
    const { stdout, exit } = plumb(["help", "config", "--engine", "proc"], { PLUMB_TIMEOUT: "7" });
    expect(exit).toBe(0);
    expect(stdout).toStartWith("configuration: plumb.yaml\n");
    expect(stdout).toContain("test.parallel = 3  (plumb.yaml:2)\n");
    expect(stdout).toContain("test.timeout_ms = 7  (PLUMB_TIMEOUT)\n");
    expect(stdout).toContain("runtime.engine = proc  (--engine)\n");
    expect(stdout).toContain("(default: 5000)\n");
  });

  test("config tells what is wrong with the file, with its place", () => {
    const broken = tempFiles({ "plumb.yaml": "test:\n  paralel: 3\n" });
    const { stdout, stderr, exit } = runPlumb(target, ["help", "config"], { cwd: broken });
    expect({ stdout, stderr, exit }).toEqual({
      stdout: "",
      stderr:
        "error[E_CONFIG_UNKNOWN_KEY]: unknown key test.paralel\n  --> plumb.yaml:2:3\n  2 |   paralel: 3\n    |   ^\n  help: parallel\n",
      exit: 2,
    });
  });

  test("knows its topics, and corrects an unknown one", () => {
    const { stdout, stderr, exit } = plumb(["help", "pragma"]);
    expect({ stdout, exit }).toEqual({ stdout: "", exit: 2 });
    expect(stderr).toContain(
      'unknown topic "pragma", expected exit-codes, pragmas, config or a command\n  help: plumb help pragmas\n',
    );
    expect(plumb(["help"]).stdout).toEndWith("\nplumb help TOPIC explains exit-codes, pragmas, config.\n");
    expect(plumb(["--help"]).stdout).toBe(plumb(["help"]).stdout);
  });
});
