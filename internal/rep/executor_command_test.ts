import { afterAll, describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FlowInputError } from "../flow/mod.ts";
import { executorCommand } from "./executor_command.ts";

const folder = mkdtempSync(join(tmpdir(), "plumb-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

mkdirSync(join(folder, "bin"));
for (const [name, text, mode] of [
  ["run.sh", "#!/bin/sh\n", 0o755],
  ["no_mark", "echo hello\n", 0o755],
  ["plain.txt", "hello", 0o644],
  ["executor.py", "", 0o644],
  ["executor.ts", "", 0o644],
  ["bin/tool", "#!/bin/sh\n", 0o755],
  ["bin/python3", "#!/bin/sh\n", 0o755],
] as const) {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), mode);
}

const place = { cwd: folder, env: { PATH: `/no/such:${join(folder, "bin")}:bin` } };
const argv = (path: string, ...args: string[]) => executorCommand({ path, args }, place).argv;

function problem(path: string): string {
  try {
    executorCommand({ path, args: [] }, place);
  } catch (error) {
    if (!(error instanceof FlowInputError)) throw error;
    const [{ data } = {}] = error.diagnostics;
    return `${error.code}: ${error.message}${data?.help === undefined ? "" : ` (${data.help})`}`;
  }
  return "none";
}

describe("an executor (flows §13, Start)", () => {
  test("is a program, from the working directory or from $PATH, with its arguments", () => {
    expect(argv("./run.sh", "a b", "$HOME")).toEqual([join(folder, "run.sh"), "a b", "$HOME"]);
    expect(argv("tool", "-x")).toEqual([join(folder, "bin/tool"), "-x"]);
    expect(argv("/bin/sh")).toEqual(["/bin/sh"]);
  });

  test("is no file of the working directory where $PATH is not set, or has an empty entry", () => {
    for (const PATH of [undefined, "", ":/no/such", "/no/such::"]) {
      expect(() => executorCommand({ path: "run.sh", args: [] }, { cwd: folder, env: { PATH } })).toThrow(
        "there is no command run.sh in $PATH",
      );
    }
  });

  test("in Python goes through python3, one in TypeScript through this executable", () => {
    expect(argv("./executor.py", "x")).toEqual([join(folder, "bin/python3"), join(folder, "executor.py"), "x"]);
    const { argv: words, env } = executorCommand({ path: "./executor.ts", args: ["x"] }, place);
    expect([words[0], words.slice(-2), env]).toEqual([
      process.execPath,
      [join(folder, "executor.ts"), "x"],
      { BUN_BE_BUN: "1" },
    ]);
  });

  test("builtin:mock is plumb itself", () => {
    expect(argv("builtin:mock", "x").slice(-3)).toEqual(["executor", "mock", "x"]);
  });

  test("that cannot be started is told with its reason", () => {
    expect(problem("./nothing")).toBe("E_EXECUTOR_PATH: executor ./nothing does not exist");
    expect(problem("./bin")).toBe("E_EXECUTOR_PATH: executor ./bin is not a file");
    expect(problem("./plain.txt")).toBe("E_EXECUTOR_PATH: executor ./plain.txt is not executable");
    expect(problem("nosuch")).toBe("E_EXECUTOR_PATH: there is no command nosuch in $PATH");
    expect(problem("run.sh")).toBe(
      "E_EXECUTOR_PATH: there is no command run.sh in $PATH (write ./run.sh for the file in this folder)",
    );
    expect(problem("builtin:mokc")).toBe("E_EXECUTOR_PATH: there is no executor builtin:mokc in plumb (builtin:mock)");
  });

  test("that only a shell could read is refused: nothing is started through a shell", () => {
    expect(problem("./no_mark")).toStartWith("E_EXECUTOR_PATH: executor ./no_mark is a text without #!");
  });
});
