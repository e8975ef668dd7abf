import { readDataFile } from "../../flow/mod.ts";
import { readScript } from "./read_script.ts";
import { Script } from "./script.ts";

/**
 * Reads the file of `--scripted` (flows §18). `path` is absolute, `file` what findings call it.
 * @throws FlowInputError: E_SCRIPT_READ, E_SCRIPT_SCHEMA
 */
export async function loadScript(path: string, file: string): Promise<Script> {
  const rules = await readDataFile(path, file, { what: "a script", code: "E_SCRIPT_READ", empty: [] }, readScript);
  return new Script(rules);
}
