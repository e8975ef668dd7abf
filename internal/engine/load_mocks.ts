import { readDataFile } from "../flow/mod.ts";
import type { Json } from "../value/mod.ts";
import type { Mocks } from "./mocks.ts";
import { readMocks } from "./read_mocks.ts";

/**
 * Reads a mocks file, YAML or JSON (flows §11). `path` is absolute, `file` what findings call it; an empty file is an empty mapping.
 * @throws FlowInputError: E_MOCKS_READ, E_MOCKS_SCHEMA
 */
export async function loadMocks(path: string, file: string): Promise<Mocks> {
  return (await load(path, file)).mocks;
}

/** The document of a mocks file that has no flaw: plain data. Throws as {@link loadMocks}. */
export async function loadMocksDocument(path: string, file: string): Promise<Json> {
  return (await load(path, file)).document;
}

async function load(path: string, file: string): Promise<{ readonly mocks: Mocks; readonly document: Json }> {
  const kind = { what: "a mocks file", code: "E_MOCKS_READ", empty: {} };
  return await readDataFile(path, file, kind, (document) => {
    const { mocks, problems } = readMocks(document);
    return { data: { mocks, document }, problems };
  });
}
