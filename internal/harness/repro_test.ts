import { expect, test } from "bun:test";
import { reproCommand, shellWord } from "./repro.ts";

const options = { cwd: "/p", seed: 7, timeoutMs: 0, strict: false, openModules: false, watchdogMs: 10_000 };

const caseFile = (file: string, shared: string[] = []) => ({ path: `/p/${file}`, file, shared: new Set(shared) });

test("the command names the file, the one case and the seed", () => {
  expect(reproCommand(caseFile("a_test.ami"), "a_test.ami::x", options)).toBe(
    "plumb test a_test.ami --run '^a_test\\.ami::x$' --seed 7",
  );
});

test("the command repeats what changes the verdict", () => {
  expect(
    reproCommand(caseFile("a_test.ami"), "a_test.ami::x", {
      ...options,
      timeoutMs: 20,
      strict: true,
      openModules: true,
      watchdogMs: 200,
    }),
  ).toEndWith("--seed 7 --timeout 20 --strict --allow fs --watchdog 200");
});

/** The words that a shell makes of a command line. */
function words(command: string): string[] {
  const { stdout } = Bun.spawnSync(["sh", "-c", `for word in ${command}; do printf '%s\\0' "$word"; done`]);
  return stdout.toString().split("\0").slice(0, -1);
}

test("its pattern matches its own id and no other, once a shell has read it", () => {
  for (const id of ["a.b", "it's (1) [x] {y}", "a*b?", "$HOME `x`", "^a$", "a|b", "é😀", "back\\slash"]) {
    const [, , file, flag, pattern] = words(reproCommand(caseFile("f"), id, options));
    expect([file, flag]).toEqual(["f", "--run"]);
    const run = new RegExp(pattern ?? "");
    expect([run.test(id), run.test(`${id}x`), run.test(id.replace(/[^a-z]/, "x"))]).toEqual([
      true,
      false,
      !/[^a-z]/.test(id),
    ]);
  }
});

test("a shell reads a quoted word back as it was", () => {
  for (const word of ["a b", "it's", "$HOME", "`x`", "a\nb", "*", ""]) {
    expect(Bun.spawnSync(["sh", "-c", `printf %s ${shellWord(word)}`]).stdout.toString()).toBe(word);
  }
});

test("a case that shares a store is run with the cases of its file", () => {
  expect(reproCommand(caseFile("a_test.ami", ["s"]), "a_test.ami::x", options)).toContain("--run '^a_test\\.ami::' ");
});

test("a file is never taken for a flag", () => {
  expect(reproCommand(caseFile("-a_test.ami"), "-a_test.ami::x", options)).toStartWith("plumb test ./-a_test.ami ");
});
