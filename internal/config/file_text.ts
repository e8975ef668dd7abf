import { diagnostic, LineIndex, type Position } from "../diag/mod.ts";
import { FileError } from "../files/mod.ts";
import { ConfigError } from "./config_error.ts";
import { readInput } from "./read_input.ts";

/** A configuration that is longer is a mistake. */
const LONGEST = 1024 * 1024;

/**
 * The text of a configuration file; `-` is stdin.
 *
 * @param shown the path as messages show it
 * @throws ConfigError (E_CONFIG_READ) if it cannot be read, is too long or is not UTF-8
 */
export function readConfigText(path: string, shown: string): LineIndex {
  const text = readOrRefuse(path, shown);
  const bytes = Buffer.byteLength(text);
  if (bytes > LONGEST) throw unreadable(shown, `it has ${bytes} bytes; at most ${LONGEST} are read`);
  return new LineIndex(text);
}

function readOrRefuse(path: string, shown: string): string {
  try {
    return readInput(path);
  } catch (error) {
    throw error instanceof FileError ? unreadable(shown, error.message, error.pos) : error;
  }
}

function unreadable(shown: string, why: string, pos?: Position): ConfigError {
  const message = `${shown} cannot be read: ${why}`;
  return new ConfigError([diagnostic({ code: "E_CONFIG_READ", message, file: shown, pos })]);
}
