import { resolve } from "node:path";
import { readInput } from "../../internal/config/mod.ts";
import { diagnostic } from "../../internal/diag/mod.ts";
import { FileError, nameFromRoot } from "../../internal/files/mod.ts";
import { FlowInputError, inputError, type JsonFile, parseJsonText, type ValueObject } from "../../internal/flow/mod.ts";
import { isObject, parseExact } from "../../internal/value/mod.ts";

/** The inputs of a run, with the text that they came from. */
export type InputsDocument = JsonFile<ValueObject>;

/**
 * Reads `--inputs` (flows §15): JSON, `@FILE`, or `-` for stdin; none is `{}`. Integers keep their digits.
 * @throws FlowInputError: E_INPUTS_READ, E_INPUTS_JSON, E_INPUTS_SHAPE
 */
export function readInputs(given: string | undefined, cwd: string): InputsDocument {
  const { text, file } = textOf(given ?? "{}", cwd);
  const document = parseJsonText(text, file, "E_INPUTS_JSON", parseExact);
  const { value, source } = document;
  if (isObject(value)) return { file, source, value: value as ValueObject };
  const message = `${file} must be a JSON object, from the names of inputs to values`;
  throw inputError([diagnostic({ code: "E_INPUTS_SHAPE", message, file, pos: source.position(0) })], document);
}

function textOf(given: string, cwd: string): { readonly text: string; readonly file: string } {
  if (given === "-") return { text: textAt("-", "stdin"), file: "stdin" };
  if (!given.startsWith("@")) return { text: given, file: "--inputs" };
  const path = given.slice(1);
  const file = path === "" ? "@" : nameFromRoot(resolve(cwd, path), cwd);
  return { text: textAt(resolve(cwd, path), file), file };
}

function textAt(path: string, file: string): string {
  try {
    return readInput(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const message = `${file} cannot be read: ${error.message}`;
    throw new FlowInputError([diagnostic({ code: "E_INPUTS_READ", message, file, pos: error.pos })]);
  }
}
