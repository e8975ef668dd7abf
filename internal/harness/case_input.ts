import { readFileSync, statSync } from "node:fs";
import type { Position } from "../diag/mod.ts";
import { type Json, parseJson, ValueError } from "../value/mod.ts";
import { CaseError } from "./case_error.ts";
import { type Arrival, MetaError, readArrivals } from "./events_in.ts";
import type { Fixtures } from "./fixtures.ts";
import type { At, RuntimeSpec } from "./pragma/mod.ts";

/** The largest file that `@FILE` reads, in bytes. */
export const MAX_FIXTURE_BYTES = 64 * 1024 * 1024;

/** What enters a run, and whether its output is one payload or a list (ami-tests §5). */
export interface CaseInput {
  readonly arrivals: readonly Arrival[];
  readonly single: boolean;
}

/** Reads the input of a case. Throws a {@link CaseError} at the value of `input=` or `events=`. */
export function readInput(runtime: RuntimeSpec | undefined, fixtures: Fixtures): CaseInput {
  const input = runtime?.input;
  if (input === undefined) return { arrivals: [], single: false };
  const { elements, single } = elementsOf(input, fixtures);
  try {
    return { arrivals: readArrivals(elements, runtime?.pipeline?.value ?? "", single), single };
  } catch (error) {
    if (error instanceof MetaError)
      throw new CaseError({ code: "E_META_TYPE", message: error.message, pos: input.pos });
    throw error;
  }
}

/** What the case expects to leave: the value, and the golden file it came from. */
export interface ExpectedOutput {
  /** Undefined: the golden file does not exist yet, and `--update` may write it. */
  readonly value: Json | undefined;
  readonly pos: Position;
  readonly golden?: { readonly name: string; readonly path: string };
}

/** Reads `expect_output=`. A golden file that is missing is an error unless `update` is set. */
export function readExpected(
  runtime: RuntimeSpec | undefined,
  fixtures: Fixtures,
  update: boolean,
): ExpectedOutput | undefined {
  const expected = runtime?.expectOutput;
  if (expected === undefined) return undefined;
  const { value, pos } = expected;
  if (value.kind === "json") return { value: value.value, pos };
  const golden = { name: value.path, path: declaredPath(value.path, pos, fixtures) };
  const missing = statSync(golden.path, { throwIfNoEntry: false }) === undefined;
  if (missing && update) return { value: undefined, pos, golden };
  return { value: jsonOf(readFixture(golden.name, golden.path, pos), pos), pos, golden };
}

function elementsOf(
  { value, pos }: At<NonNullable<RuntimeSpec["input"]>["value"]>,
  fixtures: Fixtures,
): { elements: readonly Json[]; single: boolean } {
  switch (value.kind) {
    case "event":
      return { elements: [value.value], single: true };
    case "stream":
      return { elements: value.values, single: false };
    case "input_file": {
      const json = jsonOf(readFixture(value.path, declaredPath(value.path, pos, fixtures), pos), pos);
      return Array.isArray(json) ? { elements: json, single: false } : { elements: [json], single: true };
    }
    case "events_file": {
      const text = readFixture(value.path, declaredPath(value.path, pos, fixtures), pos);
      return { elements: jsonLines(text, value.path, pos), single: false };
    }
  }
}

function declaredPath(path: string, pos: Position, fixtures: Fixtures): string {
  const real = fixtures.covered(path);
  if (real !== undefined) return real;
  const message = `@${path} is no fixture of this case; a file is read only if a fixture declares it`;
  const data = { help: `#pragma test:fixture path=${path} mode=ro` };
  throw new CaseError({ code: "E_FIXTURE_UNDECLARED", message, pos, data });
}

function readFixture(name: string, path: string, pos: Position): string {
  const problem = (code: string, message: string): CaseError =>
    new CaseError({ code, message, pos, blame: "environment" });
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw problem("E_FIXTURE_MISSING", `${name} does not exist`);
  // A pipe or a device would block or never end.
  if (!stat.isFile()) throw problem("E_FIXTURE_READ", `${name} is not a regular file`);
  if (stat.size > MAX_FIXTURE_BYTES) {
    throw problem("E_FIXTURE_READ", `${name} has ${stat.size} bytes; at most ${MAX_FIXTURE_BYTES} are read`);
  }
  try {
    // The decoder skips an initial byte-order mark.
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const reason = error instanceof TypeError ? "it is not UTF-8" : String(error);
    throw problem("E_FIXTURE_READ", `${name} cannot be read: ${reason}`);
  }
}

function jsonOf(text: string, pos: Position): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new CaseError({ code: "E_PRAGMA_JSON", message: `not JSON: ${error.message}`, pos });
  }
}

function jsonLines(text: string, name: string, pos: Position): Json[] {
  const values: Json[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === "") continue;
    try {
      values.push(parseJson(line));
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const message = `line ${index + 1} of ${name} is not JSON: ${error.message}`;
      throw new CaseError({ code: "E_EVENT_JSON", message, pos, data: { line: index + 1 } });
    }
  }
  return values;
}
