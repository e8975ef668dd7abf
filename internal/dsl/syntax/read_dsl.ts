import type { DslSource } from "./dsl_source.ts";
import type { Reading } from "./parse_fault.ts";
import type { PdlFile } from "./pdl_file.ts";
import { readPdl } from "./read_pdl.ts";
import { readWdl } from "./read_wdl.ts";
import type { WdlFile } from "./wdl_file.ts";

export type DslFile = WdlFile | PdlFile;
export type DslKind = DslFile["kind"];

/** The language of a file by its suffix, in any case; undefined: neither (flows §8). */
export function dslKind(path: string): DslKind | undefined {
  const [, suffix = ""] = /\.(wdl|pdl)$/i.exec(path) ?? [];
  const kind = suffix.toLowerCase();
  return kind === "wdl" || kind === "pdl" ? kind : undefined;
}

/** The name of a file without its folders and its suffix: what a `policy` option names. */
export function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.(wdl|pdl)$/i, "");
}

/** Reads a file of a language. */
export function readDsl(source: DslSource, kind: DslKind): Reading<DslFile> {
  return kind === "wdl" ? readWdl(source) : readPdl(source);
}
