import { describe, expect, test } from "bun:test";
import { runPlumb, targets, tempDir } from "../../internal/testkit/mod.ts";
import { version } from "../../package.json" with { type: "json" };

const cwd = tempDir();

describe.each(targets())("$name", (target) => {
  const plumb = (args: readonly string[], env: Record<string, string> = {}) => runPlumb(target, args, { cwd, env });

  test("prints its version, alone or with flags", () => {
    expect(plumb(["--version"])).toEqual({ stdout: `plumb ${version}\n`, stderr: "", exit: 0 });
    expect(plumb(["--color=never", "--version"])).toEqual({ stdout: `plumb ${version}\n`, stderr: "", exit: 0 });
  });

  test("refuses a version question with anything wrong beside it", () => {
    expect(plumb(["--version", "--bogus"])).toEqual({
      stdout: "",
      stderr: "error[E_USAGE_FLAG]: unknown flag --bogus\n  try: plumb --help\n",
      exit: 2,
    });
    expect(plumb(["--version", "test"])).toMatchObject({ stdout: "", exit: 2 });
  });

  test("warns of variables that change how any executable made by Bun runs", () => {
    const { stdout, stderr, exit } = plumb(["--version"], { BUN_OPTIONS: "--smol" });
    expect({ stdout, exit }).toEqual({ stdout: `plumb ${version}\n`, exit: 0 });
    expect(stderr).toBe("warning: BUN_OPTIONS is set: it changes how this executable runs\n");
    expect(plumb(["--version"], { BUN_OPTIONS: "" }).stderr).toBe("");
  });

  test("shows its usage on stderr and fails where a command is missing", () => {
    const { stdout, stderr, exit } = plumb([]);
    expect({ stdout, exit }).toEqual({ stdout: "", exit: 2 });
    expect(stderr).toStartWith("plumb: holds every runtime to the same behaviour\n\nusage: plumb COMMAND");
    expect(plumb(["--help"])).toEqual({ stdout: stderr, stderr: "", exit: 0 });
  });

  test("refuses what it does not know with a correction", () => {
    expect(plumb(["test", "--jsno"])).toEqual({
      stdout: "",
      stderr: "error[E_USAGE_FLAG]: unknown flag --jsno\n  help: --json\n  try: plumb test --help\n",
      exit: 2,
    });
    expect(plumb(["tset"])).toEqual({
      stdout: "",
      stderr: "error[E_USAGE_COMMAND]: unknown command tset\n  help: plumb test\n  try: plumb --help\n",
      exit: 2,
    });
  });

  test("colours what it says only where it is asked to or a terminal is there", () => {
    const sequence = "\u001b[";
    expect(plumb(["tset"]).stderr).not.toContain(sequence);
    expect(plumb(["tset", "--color=always"]).stderr).toContain(sequence);
    expect(plumb(["tset"], { FORCE_COLOR: "1" }).stderr).toContain(sequence);
    expect(plumb(["tset"], { FORCE_COLOR: "1", NO_COLOR: "1" }).stderr).not.toContain(sequence);
    expect(plumb(["--color", "always", "help", "exit-codes"]).stdout).toContain(sequence);
  });

  test("ends quietly with 141 when its reader is gone, and says so when its output cannot be written", () => {
    const shell = (script: string) =>
      Bun.spawnSync(["bash", "-c", script, "bash", ...target.argv, "help", "test"], {
        cwd,
        env: { PATH: process.env.PATH ?? "" },
      });
    // The reader of the pipe has closed it before plumb starts.
    const closed = shell('exec 3> >(:); wait $!; "$@" >&3; echo "exit $?"');
    expect([closed.stdout.toString(), closed.stderr.toString()]).toEqual(["exit 141\n", ""]);
    const full = shell('"$@" > /dev/full; echo "exit $?"');
    expect(full.stdout.toString()).toBe("exit 1\n");
    expect(full.stderr.toString()).toMatch(/^error: cannot write to stdout: ENOSPC.*\n$/);
  });
});

test("a build that does not run as one executable is told to be broken", () => {
  const main = `${import.meta.dir}/main.ts`;
  const started = Bun.spawnSync([process.execPath, "--define", 'PLUMB_BUILD="compiled"', main, "--version"], { cwd });
  expect(started.exitCode).toBe(70);
  expect(started.stdout.toString()).toBe("");
  expect(started.stderr.toString()).toMatch(
    /^error: plumb was built as one executable but runs from .*main\.ts: build it again/,
  );
});
