import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { handlerModules } from "../handlers/mod.ts";
import { loadSpecs } from "./load_specs.ts";

const SPEC = "concept: A\npurpose: p\nhandlers: h.ts\nactions: {f: {outputs: [{case: Success}]}}\n";

/** What is found with a real module, which may import the host or not. */
async function codes(module: string, open: boolean): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "plumb-handlers-"));
  try {
    writeFileSync(join(folder, "a.concept.yaml"), SPEC);
    writeFileSync(join(folder, "h.ts"), module);
    const modules = handlerModules({ open });
    const { findings, files } = await loadSpecs(["a.concept.yaml"], { baseDir: folder, nameOf: basename, modules });
    expect(files.map(({ path }) => basename(path))).toEqual(["a.concept.yaml", "h.ts"]);
    return findings.map(({ code }) => code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each([
  ['import "node:fs"; export const f = 1;', ["E_SPEC_HANDLER_IO"], []],
  ['import { x } from "plumb"; export function f() { return x; } throw new Error("it ran");', [], []],
  ["export const f =;", ["E_SPEC_HANDLER"], ["E_SPEC_HANDLER"]],
  [
    "export const g = 1;",
    ["W_SPEC_HANDLER_UNUSED", "W_SPEC_UNIMPLEMENTED"],
    ["W_SPEC_HANDLER_UNUSED", "W_SPEC_UNIMPLEMENTED"],
  ],
])("a module %j is looked into, and held to imports under tests", async (module, closed, open) => {
  expect(await codes(module, false)).toEqual([...closed]);
  expect(await codes(module, true)).toEqual([...open]);
});
