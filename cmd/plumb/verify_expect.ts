import { resolve } from "node:path";
import * as v from "valibot";
import { nameFromRoot } from "../../internal/files/mod.ts";
import {
  type RunExpectation,
  RunExpectationSchema,
  type RunResult,
  readDataFile,
  schemaProblems,
  type Unexpected,
  unexpectedIn,
} from "../../internal/flow/mod.ts";
import { canonical, type Json } from "../../internal/value/mod.ts";

/**
 * Reads `--expect FILE`, YAML or JSON (flows §15).
 * @throws FlowInputError: E_EXPECT_READ, E_EXPECT_SCHEMA
 */
export async function readExpectation(given: string, cwd: string): Promise<RunExpectation> {
  const path = resolve(cwd, given);
  const kind = { what: "an expectation", code: "E_EXPECT_READ", empty: {} };
  return await readDataFile(path, nameFromRoot(path, cwd), kind, (value) => {
    const parsed = v.safeParse(RunExpectationSchema, value);
    const problems = parsed.success ? [] : schemaProblems("E_EXPECT_SCHEMA", parsed.issues);
    return { data: parsed.success ? parsed.output : {}, problems };
  });
}

/** The detail of check `expect`; empty: all is as expected. */
export function expectationDetail(expectation: RunExpectation, result: RunResult): string {
  return unexpectedIn(expectation, result).map(shown).join("; ");
}

function shown({ path, expected, actual }: Unexpected): string {
  return `${path}: expected ${text(expected)}, found ${text(actual)}`;
}

function text(value: Json | undefined): string {
  return value === undefined ? "nothing" : canonical(value);
}
