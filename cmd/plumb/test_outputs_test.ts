import { describe, expect, test } from "bun:test";
import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { jsonLines, oneTarget, runPlumb, startPlumb, tempFiles } from "../../internal/testkit/mod.ts";

// Where `plumb test` writes to, and what becomes of a run that cannot.

const PASS = "#pragma test:case good\n#pragma test:runtime input={} output={}\n";
const RAISES = '#pragma test:case raises\n#pragma test:runtime input={"error_code":"E_BUS"}\n';

describe.each(oneTarget())("$name", (target) => {
  const plumb = (cwd: string, ...args: string[]) => runPlumb(target, ["test", ...args], { cwd });
  const shell = (cwd: string, script: string) => {
    const { stdout, stderr } = Bun.spawnSync(["bash", "-c", script, "bash", ...target.argv], { cwd });
    return { stdout: stdout.toString(), stderr: stderr.toString() };
  };

  test.each(["2> /dev/full", "2>&-", "2> >(:)"])("a run goes on whatever becomes of stderr: %s", (redirection) => {
    const cwd = tempFiles({ "t_test.ami": RAISES.repeat(50) + PASS });
    const { stdout } = shell(cwd, `"$@" test --json ${redirection}; echo "exit $?"`);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.pop()).toBe("exit 1");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ type: "run_end", totals: { pass: 1, fail: 50 } });
  });

  test("a line of the error pipeline for people is one line, whatever the case is called", () => {
    const cwd = tempFiles({ "t\u001b[2J_test.ami": RAISES.replace("raises", "a\u001b[31mb\u2028c") });
    expect(plumb(cwd, "--errorpipe-human").stderr).toBe(
      "error: code=E_BUS case=a\\x1b[31mb\\u2028c file=t\\x1b[2J_test.ami\n",
    );
  });

  test("a report goes to stdout by the name -, into a pipe and through a link, and leaves both what they are", async () => {
    const cwd = tempFiles({ "t_test.ami": PASS });
    expect(plumb(cwd, "--reporter", "tap=-").stdout).toStartWith("TAP version 14\n");
    expect(existsSync(join(cwd, "-"))).toBe(false);
    Bun.spawnSync(["mkfifo", join(cwd, "pipe")]);
    symlinkSync("real.tap", join(cwd, "link.tap"));
    const reader = Bun.spawn(["cat", join(cwd, "pipe")], { stdout: "pipe" });
    expect(plumb(cwd, "--reporter", "tap=pipe", "--reporter", "tap=link.tap").exit).toBe(0);
    expect(await new Response(reader.stdout).text()).toStartWith("TAP version 14\n");
    expect(lstatSync(join(cwd, "pipe")).isFIFO()).toBe(true);
    expect(lstatSync(join(cwd, "link.tap")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, "real.tap"), "utf8")).toStartWith("TAP version 14\n");
  });

  test("artifacts that cannot be written end it before anything runs, under the name of the flag that wants them", () => {
    const cwd = tempFiles({ "t_test.ami": PASS, build: "a file" });
    for (const [flag, shown] of [
      ["-v", "--verbose"],
      ["--kv-metrics", "--kv-metrics"],
      ["--kv-dump", "--kv-dump"],
    ] as const) {
      const { stdout, stderr, exit } = plumb(cwd, flag);
      expect({ stdout, exit }).toEqual({ stdout: "", exit: 2 });
      expect(stderr).toStartWith(
        `error[E_USAGE_VALUE]: ${shown} cannot write below --artifacts build/test: ENOTDIR: not a directory`,
      );
    }
    expect(plumb(cwd, "-v", "--artifacts", "art").exit).toBe(0);
    expect(readdirSync(join(cwd, "art")).sort()).toEqual(["kv", "test.log", "test.manifest"]);
    const folder = tempFiles({ "t_test.ami": PASS, "build/test/test.log/x": "" });
    expect(plumb(folder, "-v").stderr).toStartWith(
      "error[E_USAGE_VALUE]: --verbose cannot write below --artifacts build/test: cannot write to build/test/test.log: it is a folder\n",
    );
  });

  test("a list has one line an id, whatever stands in it", () => {
    const cwd = tempFiles({ "t\n_test.ami": PASS.replace("good", "a\u001b[2Jb") });
    expect(plumb(cwd, "--list")).toEqual({ stdout: "t\\n_test.ami::a\\x1b[2Jb\n", stderr: "", exit: 0 });
    expect(jsonLines(plumb(cwd, "--list", "--json").stdout)).toMatchObject([{ id: "t\n_test.ami::a\u001b[2Jb" }]);
  });

  test("where nothing is to run, list and report say what was looked for", () => {
    const cwd = tempFiles({ "t_test.ami": PASS, "empty/x": "" });
    for (const [args, sentence] of [
      [["empty"], "nothing to run: no *_test.ami or *.scenario.yaml below empty has a case"],
      [["--run", "nope"], "nothing to run: no case of . matches --run nope"],
      [["--shard", "2/2"], "nothing to run: no case of . falls to --shard 2/2"],
    ] as const) {
      expect(plumb(cwd, "--list", ...args)).toEqual({ stdout: "", stderr: `${sentence}\n`, exit: 5 });
      const { stdout, exit } = plumb(cwd, ...args);
      expect(exit).toBe(5);
      expect(stdout).toStartWith(`${sentence}\nplumb test: 0 passed, 0 failed, 0 skipped (0 cases, `);
    }
    expect(plumb(cwd, "--list", "empty", "--no-tests=pass").exit).toBe(0);
    const broken = tempFiles({ "t_test.ami": new Uint8Array([0xff]) });
    expect(plumb(broken, "--list").stderr).not.toContain("nothing to run");
    expect(plumb(broken).stdout).not.toContain("nothing to run");
  });

  test("SIGTERM interrupts a run: exit 143, by the name of both signals", async () => {
    const cwd = tempFiles({ "t_test.ami": PASS.repeat(40_000) });
    const running = startPlumb(target, ["test", "--json"], { cwd });
    let sent = false;
    const { stdout, exit } = await running.finish((text) => {
      if (sent || !text.includes('"test_end"')) return;
      sent = true;
      running.signal("SIGTERM");
    });
    expect(stdout.trimEnd().split("\n").at(-1)).toContain('"exit":{"code":143,"name":"interrupted"}}');
    expect(exit).toBe(143);
  }, 30_000);
});
