import { resolve } from "node:path";
import * as v from "valibot";
import { diagnostic, LineIndex } from "../../internal/diag/mod.ts";
import { FileError, nameFromRoot, readTextFile } from "../../internal/files/mod.ts";
import {
  FlowInputError,
  inputError,
  parseJsonText,
  type RunExpectation,
  RunExpectationSchema,
  type RunResult,
  schemaProblems,
  type Unexpected,
  unexpectedIn,
} from "../../internal/flow/mod.ts";
import { canonical, type Json, parseJson } from "../../internal/value/mod.ts";
import { generalValue, plainYaml, readYaml } from "../../internal/yaml/mod.ts";

const READ = "E_EXPECT_READ";

/**
 * Reads `--expect FILE`, YAML or JSON (flows §15).
 * @throws FlowInputError: E_EXPECT_READ, E_EXPECT_SCHEMA
 */
export async function readExpectation(given: string, cwd: string): Promise<RunExpectation> {
  const path = resolve(cwd, given);
  const file = nameFromRoot(path, cwd);
  const text = textOf(path, file);
  const value = file.endsWith(".json") ? parseJsonText(text, file, READ, parseJson).value : await yamlValue(text, file);
  const parsed = v.safeParse(RunExpectationSchema, value);
  if (parsed.success) return parsed.output;
  const problems = schemaProblems("E_EXPECT_SCHEMA", parsed.issues);
  throw new FlowInputError(problems.map(({ code, message }) => diagnostic({ code, message, file })));
}

function textOf(path: string, file: string): string {
  try {
    return readTextFile(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const message = `${file} cannot be read: ${error.message}`;
    throw new FlowInputError([diagnostic({ code: READ, message, file, pos: error.pos })]);
  }
}

async function yamlValue(text: string, file: string): Promise<Json> {
  const plain = plainYaml(text);
  if (plain !== undefined) return plain;
  const source = new LineIndex(text);
  const { documents, findings } = await readYaml(file, source);
  const value = documents[0] === undefined ? {} : generalValue(documents[0], findings);
  if (findings.all.length > 0 || value === undefined) {
    throw inputError(
      findings.all.map((finding) => ({ ...finding, code: READ })),
      { file, source },
    );
  }
  return value;
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
