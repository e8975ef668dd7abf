import { setDefaultTimeout } from "bun:test";
import { existsSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** What a finished process left. */
export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** A way to start plumb: from source, and the built executable. */
export interface Target {
  readonly name: "source" | "binary";
  readonly argv: readonly string[];
}

const PROJECT = resolve(import.meta.dir, "../..");
const BINARY = join(PROJECT, "dist/plumb");

/**
 * The ways to start plumb, for whole-program tests of what may differ between them. The built executable is missing from the
 * list only where it was not built and nobody asked for it; `scripts/test` builds it and sets PLUMB_TEST_BINARY=1, which makes a
 * missing one an error.
 */
export function targets(): Target[] {
  // Of the file that asks, which is about to start processes, on whatever machine.
  setDefaultTimeout(60_000);
  const source: Target = { name: "source", argv: [process.execPath, join(PROJECT, "cmd/plumb/main.ts")] };
  const built = existsSync(BINARY);
  if (!built && process.env.PLUMB_TEST_BINARY === "1") throw new Error("dist/plumb is missing; run scripts/build");
  return built ? [source, { name: "binary", argv: [BINARY] }] : [source];
}

/**
 * The one way to start plumb for what is the same however it is started: the built executable under `scripts/test`, which starts in
 * a third of the time; otherwise the source, which is never out of date. What the build could break needs {@link targets}: the
 * command line's first steps, entry points of threads, what is embedded, plumb starting itself.
 */
export function oneTarget(): readonly [Target] {
  const [source, built] = targets();
  const target = process.env.PLUMB_TEST_BINARY === "1" ? built : source;
  if (target === undefined) throw new Error("targets lists the source always, the executable where it is asked for");
  return [target];
}

/** Nothing of the surroundings that would change the output; a home that is not the folder, because Bun writes there. */
function environment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? "", HOME: tmpdir(), ...extra };
}

/** Runs plumb in a folder, with an environment that holds nothing that would change its output. */
export function runPlumb(
  target: Target,
  args: readonly string[],
  options: { readonly cwd: string; readonly stdin?: string; readonly env?: Readonly<Record<string, string>> },
): Finished {
  const child = Bun.spawnSync([...target.argv, ...args], {
    cwd: options.cwd,
    env: environment(options.env),
    stdin: options.stdin === undefined ? "ignore" : Buffer.from(options.stdin),
  });
  return { stdout: child.stdout.toString(), stderr: child.stderr.toString(), exit: exitOf(child) };
}

/** As a shell tells it: 128 and the number of the signal that ended the process. Bun says null. */
function exitOf(child: { readonly exitCode: number | null; readonly signalCode?: number | NodeJS.Signals }): number {
  const { exitCode, signalCode = 0 } = child;
  return exitCode ?? 128 + (typeof signalCode === "number" ? signalCode : constants.signals[signalCode]);
}

/** A plumb that runs. */
export interface Running {
  /** Writes to its standard input; only where it was started with one. */
  write(text: string): void;
  /** Ends its standard input. */
  end(): void;
  signal(name: "SIGINT" | "SIGTERM" | "SIGKILL"): void;
  /** Reads its output to the end; `onText` sees each piece of standard output as it comes. */
  finish(onText?: (piece: string) => void): Promise<Finished>;
}

/** Starts plumb in a folder, as {@link runPlumb} does, and lets it run. Without `stdin` its input is empty. */
export function startPlumb(
  target: Target,
  args: readonly string[],
  options: { readonly cwd: string; readonly stdin?: "pipe" },
): Running {
  const child = Bun.spawn([...target.argv, ...args], {
    cwd: options.cwd,
    env: environment(),
    stdin: options.stdin ?? "ignore",
    stdout: "pipe",
    stderr: "pipe",
    // Without it Bun reads ahead without bound: the child could be done before we have seen its first line.
    lazy: true,
  });
  const input = child.stdin;
  return {
    write(text) {
      input?.write(text);
      input?.flush();
    },
    end() {
      input?.end();
    },
    signal: (name) => child.kill(name),
    async finish(onText = () => undefined) {
      const stderr = new Response(child.stderr).text();
      let stdout = "";
      const decoder = new TextDecoder();
      for await (const bytes of child.stdout) {
        const piece = decoder.decode(bytes, { stream: true });
        stdout += piece;
        onText(piece);
      }
      return { stdout, stderr: await stderr, exit: await child.exited };
    },
  };
}

/** The JSON values of a text of JSON lines. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
