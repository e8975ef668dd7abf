import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { diagnostic, LineIndex } from "../diag/mod.ts";
import { ConfigError } from "./config_error.ts";

/** A configuration that is longer is a mistake; it is refused before it is read. */
const LONGEST = 1024 * 1024;

/**
 * The text of a configuration file; `-` is stdin.
 *
 * @param shown the path as messages show it
 * @throws ConfigError (E_CONFIG_READ) if it cannot be read, is too long or is not UTF-8
 */
export function readConfigText(path: string, shown: string): LineIndex {
  const bytes = readBytes(path, shown);
  if (bytes.length > LONGEST) throw unreadable(shown, `is longer than ${LONGEST} bytes`);
  try {
    // The byte-order mark is kept: positions count it.
    return new LineIndex(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw unreadable(shown, "is not UTF-8 text");
  }
}

function readBytes(path: string, shown: string): Uint8Array {
  try {
    if (path === "-") return readFileSync(0);
    const fd = openSync(path, "r");
    try {
      const { size } = fstatSync(fd);
      if (size > LONGEST) throw unreadable(shown, `is ${size} bytes long; at most ${LONGEST} are read`);
      return readFileSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw unreadable(shown, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function unreadable(shown: string, why: string): ConfigError {
  return new ConfigError([diagnostic({ code: "E_CONFIG_READ", message: `${shown} ${why}`, file: shown })]);
}
