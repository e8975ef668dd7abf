import type { Position } from "../diag/mod.ts";
import type { CaseFile } from "./file_loader.ts";
import type { CaseSpec } from "./pragma/mod.ts";
import type { CaseKind } from "./records.ts";

/** Who a case is, whatever kind it is of: what its records say of it. */
export interface CaseIdentity {
  /** `<file>::<case>`: it also seeds the case's chance, so it is made in one place only. */
  readonly id: string;
  readonly package: string;
  readonly name: string;
  /** The name, with `#2`, `#3` … where it is repeated in the file. */
  readonly case: string;
  /** From the test root. */
  readonly file: string;
  readonly line: number;
  readonly kind: CaseKind;
}

/** A case that can be run; plain data, posted to worker threads. Scenarios become a second kind of body. */
export interface TestCase {
  readonly identity: CaseIdentity;
  readonly source: CaseFile;
  /** Where what happens to the case as a whole is reported. */
  readonly pos: Position;
  /** It needs scratch copies of files. */
  readonly writesFiles: boolean;
  readonly body: { readonly kind: "pragma"; readonly spec: CaseSpec };
}

/** The case that a section of a test file makes. */
export function pragmaCase(source: CaseFile, spec: CaseSpec): TestCase {
  const { file, package: pkg } = source;
  const { name, line, kind } = spec;
  const identity = { id: `${file}::${spec.case}`, package: pkg, name, case: spec.case, file, line, kind };
  const writesFiles = spec.fixtures.some(({ mode }) => mode === "rw");
  return { identity, source, pos: spec.pos, writesFiles, body: { kind: "pragma", spec } };
}
