import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { Diagnostic } from "../diag/mod.ts";
import type { HandlerFault, HandlerModules } from "./handler_modules.ts";
import { loadSpecs, type SpecSet } from "./load_specs.ts";

// For the tests of this room: specs written to a folder that is gone afterwards, and what is found in them.

/** Modules by name: what they export, or the code and message that stand against them. */
export type SampleModules = Readonly<Record<string, readonly string[] | HandlerFault>>;

export async function loadSample(
  files: Readonly<Record<string, string>>,
  modules: SampleModules = {},
  paths: readonly string[] = ["."],
): Promise<SpecSet> {
  const folder = mkdtempSync(join(tmpdir(), "plumb-specs-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const known: HandlerModules = {
      exports: (path) => modules[relative(folder, path)] ?? { code: "E_SPEC_HANDLER", message: "it does not exist" },
    };
    return await loadSpecs(paths, { baseDir: folder, nameOf: (path) => relative(folder, path), modules: known });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `CODE line:column`, with the help if there is one. */
export function said(findings: readonly Diagnostic[]): readonly string[] {
  return findings.map(({ code, pos, data }) => {
    const help = data?.help === undefined ? "" : ` ${data.help}`;
    return `${code} ${pos?.line}:${pos?.column}${help}`;
  });
}

/** What is found in one text, a concept or a sync file. */
export async function foundIn(text: string, modules?: SampleModules): Promise<readonly string[]> {
  return said((await loadSample({ "a.concept.yaml": text }, modules)).findings);
}
