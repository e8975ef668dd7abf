import type { Diagnostic, LineIndex } from "../../diag/mod.ts";
import type { FilePragmas, SourceFile } from "../syntax/mod.ts";
import type { PipelineGraph } from "./graph.ts";

/** A package, checked and ready to run (pipelines §1). */
export interface AmiPackage {
  readonly name: string;
  /** Of its files and of those that they import, by file, line, column and code. Each has its `file`. */
  readonly findings: readonly Diagnostic[];
  /** The pipelines that can run. */
  readonly pipelines: ReadonlyMap<string, PipelineGraph>;
  /** The pipelines that cannot, each with the first error that concerns it. */
  readonly broken: ReadonlyMap<string, Diagnostic>;
  /** Its files by path; a test file's own stands last. */
  readonly units: readonly AmiUnit[];
}

/** A file of a package. */
export interface AmiUnit {
  /** Absolute. */
  readonly path: string;
  /** What findings call it. */
  readonly file: string;
  /** Its name without `.ami`. */
  readonly name: string;
  readonly isTest: boolean;
  readonly lines: LineIndex;
  readonly tree: SourceFile;
  readonly pragmas: FilePragmas;
  /** The names of its pipelines in source order, each once. */
  readonly pipelines: readonly string[];
}
