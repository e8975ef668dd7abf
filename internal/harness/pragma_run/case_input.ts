import { existsSync } from "node:fs";
import type { Position } from "../../diag/mod.ts";
import { FileError, readTextFile } from "../../files/mod.ts";
import { type Json, parseJson, ValueError } from "../../value/mod.ts";
import { CaseError } from "../case_error.ts";
import type { At, RuntimeSpec } from "../pragma/mod.ts";
import { type Arrival, MetaError, readArrivals } from "./events_in.ts";
import type { Fixtures } from "./fixtures.ts";

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
  const golden = { name: value.path, path: fixtures.declared(value.path, pos) };
  if (update && !existsSync(golden.path)) return { value: undefined, pos, golden };
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
      const json = jsonOf(readFixture(value.path, fixtures.declared(value.path, pos), pos), pos);
      return Array.isArray(json) ? { elements: json, single: false } : { elements: [json], single: true };
    }
    case "events_file": {
      const text = readFixture(value.path, fixtures.declared(value.path, pos), pos);
      return { elements: jsonLines(text, value.path, pos), single: false };
    }
  }
}

function readFixture(name: string, path: string, pos: Position): string {
  try {
    return withoutMark(readTextFile(path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const code = error.reason === "missing" ? "E_FIXTURE_MISSING" : "E_FIXTURE_READ";
    const message = `fixture ${name} cannot be read: ${error.message}`;
    throw new CaseError({ code, message, pos, blame: "environment" });
  }
}

/** JSON begins behind an initial byte-order mark. */
function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
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
