import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProgramSpec } from "../../internal/cli/mod.ts";
import { tempDir } from "../../internal/testkit/mod.ts";
import { programSpec } from "./commands.ts";
import { bashCompletions } from "./completions_bash.ts";
import { fishCompletions } from "./completions_fish.ts";
import { zshCompletions } from "./completions_zsh.ts";
import { TOPICS } from "./help_command.ts";

/** The first words of all commands. */
const FIRST_WORDS =
  "test pipeline runtime verify dsl executor check invoke trace replay schema help completions man".split(" ");

/** A program with a group of commands, which plumb does not have yet. */
const GROUPED: ProgramSpec = {
  ...programSpec("0.0.0"),
  commands: ["dsl compile", "dsl lint", "test"].map((name) => ({
    name,
    summary: `it's "${name}"`,
    positionals: [],
    flags: [{ name: "json", kind: "boolean", help: "print [JSON]: all of it" }],
    examples: [
      ["a", "b"],
      ["c", "d"],
    ],
  })),
};

/** What bash offers for the last of `words`. */
function offered(program: ProgramSpec, ...words: string[]): string[] {
  const script = join(tempDir(), "completions.bash");
  writeFileSync(script, bashCompletions(program));
  const ask = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _plumb; printf "%s\\n" "${COMPREPLY[@]}"';
  const { stdout, stderr } = Bun.spawnSync(["bash", "-c", ask, "bash", script, "plumb", ...words]);
  expect(stderr.toString()).toBe("");
  return stdout
    .toString()
    .split("\n")
    .filter((word) => word !== "");
}

describe("bash", () => {
  const plumb = programSpec("0.0.0");

  test("offers commands, their flags, and the choices of flags and arguments", () => {
    expect(offered(plumb, "")).toEqual(FIRST_WORDS);
    expect(offered(plumb, "-v", "te")).toEqual(["test"]);
    expect(offered(plumb, "test", "--kv")).toEqual(["--kv-metrics", "--kv-dump", "--kv-events"]);
    expect(offered(plumb, "test", "--no-tests", "")).toEqual(["fail", "pass"]);
    expect(offered(plumb, "test", "--no-tests", "=", "f")).toEqual(["fail"]);
    expect(offered(plumb, "test", "--no-tests", "=")).toEqual(["fail", "pass"]);
    expect(offered(plumb, "--color", "a")).toEqual(["auto", "always"]);
    expect(offered(plumb, "schema", "kv")).toEqual(["kv.metrics.v1", "kv.dump.v1"]);
    expect(offered(plumb, "completions", "")).toEqual(["bash", "zsh", "fish"]);
  });

  test("offers the names of reporters, and the commands and topics of help", () => {
    expect(offered(plumb, "test", "--reporter", "")).toEqual(["human", "json", "junit", "tap", "github", "html"]);
    expect(offered(plumb, "test", "--reporter", "=", "j")).toEqual(["json", "junit"]);
    expect(offered(plumb, "help", "")).toEqual([...FIRST_WORDS, ...TOPICS]);
    expect(offered(plumb, "help", "exi")).toEqual(["exit-codes"]);
  });

  test("leaves files to the shell", () => {
    expect(offered(plumb, "test", "")).toEqual([]);
    expect(offered(plumb, "test", "--artifacts", "")).toEqual([]);
  });

  test("finds the commands of a group", () => {
    expect(offered(GROUPED, "d")).toEqual(["dsl"]);
    expect(offered(GROUPED, "dsl", "")).toEqual(["compile", "lint"]);
    expect(offered(GROUPED, "dsl", "-q", "lint", "--j")).toEqual(["--json"]);
  });
});

describe("zsh and fish", () => {
  const scripts = [zshCompletions, fishCompletions];

  test("have every command and every flag", () => {
    for (const script of scripts) {
      const text = script(programSpec("0.0.0"));
      for (const { name, flags } of programSpec("0.0.0").commands) {
        // Of a group's command the scripts have the words apart.
        for (const word of name.split(" ")) expect(text).toContain(word);
        for (const flag of flags)
          expect(text).toContain(script === zshCompletions ? `--${flag.name}` : `-l ${flag.name}`);
      }
    }
  });

  test("offer the names of reporters, and the commands and topics of help", () => {
    const words = [...FIRST_WORDS, ...TOPICS].join(" ");
    const zsh = zshCompletions(programSpec("0.0.0"));
    expect(zsh).toMatch(/'\*--reporter=\[.*\]:NAME\[=FILE\]:\(human json junit tap github html\)'/);
    expect(zsh).toContain(`'*:TOPIC:(${words})'`);
    expect(zsh).toContain("'1:SHELL:(bash zsh fish)'");
    const fish = fishCompletions(programSpec("0.0.0"));
    expect(fish).toContain("-l reporter -r -f -a 'human json junit tap github html' ");
    expect(fish).toContain(`-n '__fish_seen_subcommand_from help' -f -a '${words}'`);
  });

  test("keep the global flags of zsh when its first call is over", () => {
    expect(zshCompletions(programSpec("0.0.0"))).toContain("\ntypeset -ga _plumb_globals\n");
  });

  test("quote what their shell would read as its own", () => {
    const zsh = zshCompletions(GROUPED);
    expect(zsh).toContain(`'--json[print \\[JSON\\]\\: all of it]'`);
    expect(zsh).toContain(`'lint:it'\\''s "dsl lint"'`);
    expect(fishCompletions(GROUPED)).toContain(`-d 'it\\'s "dsl lint"'`);
  });

  test("nest the commands of a group", () => {
    expect(zshCompletions(GROUPED)).toContain("_plumb_dsl_lint() {");
    expect(fishCompletions(GROUPED)).toContain(
      "-n '__fish_seen_subcommand_from dsl; and not __fish_seen_subcommand_from compile lint' -f -a lint",
    );
  });
});
