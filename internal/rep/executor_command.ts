import { accessSync, closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { delimiter, extname, join, resolve } from "node:path";
import { diagnostic, didYouMean } from "../diag/mod.ts";
import { FlowInputError } from "../flow/mod.ts";

/** An executor as configuration and command line name it (flows §13, Start). */
export interface ExecutorName {
  /** A path, a command of $PATH, or `builtin:mock`. */
  readonly path: string;
  readonly args: readonly string[];
}

export interface LaunchPlace {
  /** Absolute; relative paths count from here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What is started: never through a shell. */
export interface ExecutorCommand {
  readonly argv: readonly [string, ...string[]];
  /** Variables that this way to start it needs. */
  readonly env: Readonly<Record<string, string>>;
  /** The file that decides what it is: the program, or its script. */
  readonly file: string;
}

const BUILTINS: readonly string[] = ["builtin:mock"];
const RUN_BY_PLUMB: readonly string[] = [".ts", ".js", ".mjs"];

/**
 * The command line of an executor: `.py` through python3, `.ts`, `.js` and `.mjs` through this very executable, anything else by
 * itself.
 * @throws FlowInputError E_EXECUTOR_PATH: there is nothing that could be started
 */
export function executorCommand({ path, args }: ExecutorName, place: LaunchPlace): ExecutorCommand {
  if (path.startsWith("builtin:")) return builtin(path, args);
  const suffix = extname(path);
  if (suffix === ".py") {
    const script = found(path, place, constants.R_OK);
    const python = found("python3", place, constants.X_OK);
    return { argv: [python, script, ...args], env: {}, file: script };
  }
  if (RUN_BY_PLUMB.includes(suffix)) {
    const script = found(path, place, constants.R_OK);
    // Like plumb itself: no .env, no bunfig.toml of the working directory, nothing fetched (BUN.md, security).
    const run = ["--no-env-file", "--no-install", `--config=/dev/null`, "run", script];
    return { argv: [process.execPath, ...run, ...args], env: { BUN_BE_BUN: "1" }, file: script };
  }
  const program = found(path, place, constants.X_OK);
  refuseText(path, program);
  return { argv: [program, ...args], env: {}, file: program };
}

/** The command line of plumb itself, from its executable or from its sources. */
function plumbCommand(): readonly [string, ...string[]] {
  const isCompiled = Bun.main.startsWith("/$bunfs/");
  return isCompiled
    ? [process.execPath]
    : [process.execPath, join(import.meta.dir, "..", "..", "cmd", "plumb", "main.ts")];
}

function builtin(path: string, args: readonly string[]): ExecutorCommand {
  if (!BUILTINS.includes(path)) {
    throw pathError(`there is no executor ${path} in plumb`, didYouMean(path, BUILTINS) ?? BUILTINS[0]);
  }
  const [program, ...own] = plumbCommand();
  return { argv: [program, ...own, "executor", "mock", ...args], env: {}, file: program };
}

function found(path: string, { cwd, env }: LaunchPlace, mode: number): string {
  if (path.includes("/")) {
    const file = resolve(cwd, path);
    const problem = problemOf(file, mode);
    if (problem !== undefined) throw pathError(`executor ${path} ${problem}`);
    return file;
  }
  for (const folder of (env.PATH ?? "").split(delimiter)) {
    // A shell would take an empty entry for the working directory: a file there would pass for a command.
    if (folder === "") continue;
    const file = resolve(cwd, folder, path);
    if (problemOf(file, mode) === undefined) return file;
  }
  const isHere = problemOf(resolve(cwd, path), constants.R_OK) === undefined;
  throw pathError(
    `there is no command ${path} in $PATH`,
    isHere ? `write ./${path} for the file in this folder` : undefined,
  );
}

/** Why a file cannot be started, or read where something else runs it. */
function problemOf(file: string, mode: number): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return "does not exist";
  if (!stat.isFile()) return "is not a file";
  try {
    accessSync(file, mode);
    return undefined;
  } catch {
    return mode === constants.X_OK ? "is not executable" : "cannot be read";
  }
}

/** A text without `#!` would be given to a shell by whoever starts it, and nothing is started through a shell. */
function refuseText(path: string, program: string): void {
  const head = headOf(program);
  if (head === undefined || head.length === 0 || head.includes(0) || head.toString("latin1").startsWith("#!")) return;
  throw pathError(
    `executor ${path} is a text without #! in its first line`,
    "name its interpreter there, or start that",
  );
}

function headOf(program: string): Buffer | undefined {
  const head = Buffer.alloc(128);
  let fd: number;
  try {
    fd = openSync(program, "r");
  } catch {
    return undefined; // it may be run without being read
  }
  try {
    return head.subarray(0, readSync(fd, head, 0, head.length, 0));
  } finally {
    closeSync(fd);
  }
}

function pathError(message: string, help?: string): FlowInputError {
  const data = help === undefined ? undefined : { help };
  return new FlowInputError([diagnostic({ code: "E_EXECUTOR_PATH", message, data })]);
}
