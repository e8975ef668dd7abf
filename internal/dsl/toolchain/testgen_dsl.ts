import { compileFiles } from "../compile/mod.ts";
import { readLinted } from "../lint/mod.ts";
import { dslSource, publicIssue } from "../syntax/mod.ts";
import { type GeneratedCase, generateCases } from "../testgen/mod.ts";
import { DslError, type DslText } from "./compile_dsl.ts";

/**
 * Test cases for a .wdl or .pdl file (flows §8, §19). The policies that a flow names need not be there.
 *
 * ```ts
 * testgenDsl({ path: "a.wdl", text }); // [{ name: "base", inputs: { store: "sample" }, expectations: { route: {} } }, …]
 * ```
 * @throws DslError if the file does not compile
 */
export function testgenDsl({ path, text }: DslText): GeneratedCase[] {
  const { reading } = readLinted(dslSource(path, text));
  if ("issue" in reading) throw new DslError([publicIssue(reading.issue)]);
  const { issues } = compileFiles([reading.file], { emitIr: false, generatedAt: "" });
  const errors = issues.filter(({ level, code }) => level === "error" && code !== "unknown-policy");
  if (errors.length > 0) throw new DslError(errors.map(publicIssue));
  return [...generateCases(reading.file)];
}
