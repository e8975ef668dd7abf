import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LineIndex } from "../diag/mod.ts";
import { tempDir } from "../testutil/mod.ts";
import type { Target } from "./run_plumb.ts";
import { writeFiles } from "./temp_files.ts";

/** A step of a document that can be carried out: a file that it shows, or a command with the output that it promises. */
export type DocStep =
  | { readonly kind: "file"; readonly name: string; readonly text: string; readonly line: number }
  | {
      readonly kind: "command";
      readonly command: string;
      /** Undefined: the document shows none. */
      readonly output: string | undefined;
      readonly exit: number;
      readonly line: number;
    };

/**
 * The steps of a Markdown text, in order: a block ```` ```LANG file=NAME ```` is a file, ```` ```sh ```` a command (with
 * `exit=N` behind it if it is to end so), and ```` ```text ```` right behind a command its standard output.
 */
export function docSteps(markdown: string): DocStep[] {
  const steps: DocStep[] = [];
  const blocks = /^```(\S*)([^\n]*)\n([\s\S]*?)^```$/gm;
  const lines = new LineIndex(markdown);
  for (const block of markdown.matchAll(blocks)) {
    const [, language, info = "", text = ""] = block;
    const { line } = lines.position(block.index);
    const name = /\bfile=(\S+)/.exec(info)?.[1];
    const last = steps.at(-1);
    if (name !== undefined) steps.push({ kind: "file", name, text, line });
    else if (language === "sh") {
      steps.push({
        kind: "command",
        command: text,
        output: undefined,
        exit: Number(/\bexit=(\d+)/.exec(info)?.[1] ?? 0),
        line,
      });
    } else if (language === "text" && last?.kind === "command" && last.output === undefined) {
      steps[steps.length - 1] = { ...last, output: text };
    }
  }
  return steps;
}

/** What a command of a document did. */
export interface DocResult {
  readonly line: number;
  readonly command: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** Carries out the steps in one new folder, with `plumb` in PATH. */
export function runDocSteps(steps: readonly DocStep[], target: Target): DocResult[] {
  const folder = tempDir();
  const bin = tempDir();
  const plumb = join(bin, "plumb");
  writeFileSync(plumb, `#!/bin/sh\nexec ${target.argv.map((word) => `'${word}'`).join(" ")} "$@"\n`);
  chmodSync(plumb, 0o755);
  const results: DocResult[] = [];
  for (const step of steps) {
    if (step.kind === "file") {
      writeFiles(folder, { [step.name]: step.text });
      continue;
    }
    const { stdout, stderr, exitCode } = Bun.spawnSync(["sh", "-c", step.command], {
      cwd: folder,
      env: { PATH: `${bin}:${process.env.PATH ?? ""}`, HOME: bin },
      stdin: "ignore",
    });
    const { line, command } = step;
    results.push({ line, command, stdout: stdout.toString(), stderr: stderr.toString(), exit: exitCode });
  }
  return results;
}
