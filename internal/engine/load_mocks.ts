import { readDataFile } from "../flow/mod.ts";
import type { Mocks } from "./mocks.ts";
import { readMocks } from "./read_mocks.ts";

/**
 * Reads a mocks file, YAML or JSON (flows §11). `path` is absolute, `file` what findings call it; an empty file is an empty mapping.
 * @throws FlowInputError: E_MOCKS_READ, E_MOCKS_SCHEMA
 */
export async function loadMocks(path: string, file: string): Promise<Mocks> {
  return await readDataFile(path, file, { what: "a mocks file", code: "E_MOCKS_READ", empty: {} }, (value) => {
    const { mocks, problems } = readMocks(value);
    return { data: mocks, problems };
  });
}
