import type { CaseFile } from "./file_loader.ts";
import type { CaseSpec } from "./pragma/mod.ts";

/** Consecutive cases of one file, in stable order: what one thread runs at a time. Plain data, posted to threads. */
export interface Batch {
  readonly file: CaseFile;
  readonly cases: readonly CaseSpec[];
}

/** Few enough that a stop or a failure is seen soon, enough that handing over costs nothing. */
const MAX_CASES = 64;

/** Cuts the selected cases into batches; the cases of a file with `share=file` stay in one, because they share its store. */
export function batchesOf(cases: readonly { readonly caseFile: CaseFile; readonly spec: CaseSpec }[]): Batch[] {
  const batches: { file: CaseFile; cases: CaseSpec[] }[] = [];
  for (const { caseFile, spec } of cases) {
    const last = batches.at(-1);
    const fits = last?.file === caseFile && (caseFile.shared.size > 0 || last.cases.length < MAX_CASES);
    if (fits) last.cases.push(spec);
    else batches.push({ file: caseFile, cases: [spec] });
  }
  return batches;
}
