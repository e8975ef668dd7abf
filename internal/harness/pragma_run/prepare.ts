import { CaseError } from "../case_error.ts";
import type { CaseOptions } from "../options.ts";
import type { Failure } from "../outcome.ts";
import type { CaseSpec } from "../pragma/mod.ts";
import { type CaseInput, type ExpectedOutput, readExpected, readInput } from "./case_input.ts";
import { Fixtures } from "./fixtures.ts";

/** A case whose fixtures and input have been read, ready to run. */
export interface Prepared {
  readonly fixtures: Fixtures;
  readonly input: CaseInput;
  readonly expected: ExpectedOutput | undefined;
}

/** Reads the fixtures, the input and the golden file of a case of `testFile`, or says why it cannot run. */
export function prepare(spec: CaseSpec, testFile: string, file: string, options: CaseOptions): Prepared | Failure {
  const expected = spec.runtime?.expectOutput?.value;
  const toBeWritten = options.update && expected?.kind === "file" ? expected.path : undefined;
  try {
    const fixtures = Fixtures.open(spec.fixtures, testFile, options.root, toBeWritten);
    const input = readInput(spec.runtime, fixtures);
    return { fixtures, input, expected: readExpected(spec.runtime, fixtures, options.update) };
  } catch (error) {
    if (error instanceof CaseError) return error.toFailure(file);
    throw error;
  }
}
