import { type Diagnostic, diagnostic, LineIndex } from "../diag/mod.ts";
import { FileError, readTextFile } from "../files/mod.ts";
import { type Json, parseJson, ValueError } from "../value/mod.ts";
import { FlowInputError } from "./flow_input_error.ts";
import { jsonPlace } from "./json_place.ts";
import type { Problem } from "./problem.ts";

/** A JSON document with the file that it came from. */
export interface JsonFile<V = Json> {
  /** As findings name it. */
  readonly file: string;
  readonly source: LineIndex;
  readonly value: V;
}

/**
 * Reads a JSON file.
 *
 * @param code of what is not readable or not JSON
 * @throws FlowInputError
 */
export function readJsonFile(path: string, file: string, code: string): JsonFile {
  let text: string;
  try {
    text = readTextFile(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new FlowInputError([
      diagnostic({ code, message: `${file} cannot be read: ${error.message}`, file, pos: error.pos }),
    ]);
  }
  return parseJsonText(text, file, code, parseJson);
}

/** The same for a text that was read elsewhere; `parse` throws ValueError. */
export function parseJsonText<V>(text: string, file: string, code: string, parse: (text: string) => V): JsonFile<V> {
  const source = new LineIndex(text);
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  try {
    return { file, source, value: parse(text.slice(start)) };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const pos = error.offset === undefined ? undefined : source.position(start + error.offset);
    const data = error.help === undefined ? undefined : { help: error.help };
    throw new FlowInputError(
      [diagnostic({ code, message: `${file} is not JSON: ${error.message}`, file, pos, data })],
      new Map([[file, source]]),
    );
  }
}

/** To find a place, the text before it has to be read again. */
const MOST_PLACES = 100;

/** Problems of a document as findings about its file, in the order of their places; beyond the first hundred without one. */
export function placed(
  problems: readonly Problem[],
  { file, source }: Pick<JsonFile, "file" | "source">,
): readonly Diagnostic[] {
  const findings = problems.map(({ code, level, path, message, help }, index) => {
    const pos = index < MOST_PLACES ? source.position(jsonPlace(source.text, path)) : undefined;
    return diagnostic({ code, level, message, file, pos, data: help === undefined ? undefined : { help } });
  });
  const offset = ({ pos }: Diagnostic) => pos?.offset ?? Number.POSITIVE_INFINITY;
  return findings.sort((a, b) => (offset(a) < offset(b) ? -1 : offset(a) > offset(b) ? 1 : 0));
}

/** Findings as an error that shows the text around them. */
export function inputError(
  findings: readonly Diagnostic[],
  { file, source }: Pick<JsonFile, "file" | "source">,
): FlowInputError {
  return new FlowInputError(findings, new Map([[file, source]]));
}
