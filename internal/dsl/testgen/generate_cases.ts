import type { DslFile } from "../syntax/mod.ts";
import { pdlCases } from "./pdl_cases.ts";
import type { GeneratedCase } from "./test_case.ts";
import { wdlCases } from "./wdl_cases.ts";

/** The cases of a file that compiles, in their order, at most so many (flows §8). */
export function generateCases(file: DslFile, most = Number.POSITIVE_INFINITY): readonly GeneratedCase[] {
  return file.kind === "wdl" ? wdlCases(file, most) : pdlCases(file, most);
}
