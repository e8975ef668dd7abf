import { LineIndex } from "../../diag/mod.ts";
import { FileError, readTextFile } from "../../files/mod.ts";
import { readYaml, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";

/** The one document of a scenario or fragment file; `unreadable`: the file is none that can be read. */
export type Document =
  | { readonly kind: "document"; readonly node: YamlNode | undefined; readonly findings: YamlFindings }
  | { readonly kind: "unreadable"; readonly error: FileError };

/**
 * Reads a scenario or fragment file (scenarios.md §7): E_SCN_MULTIDOC, E_YAML_…. Without a node its findings say why.
 *
 * @param path absolute
 * @param file as findings name it
 */
export async function readDocument(path: string, file: string): Promise<Document> {
  let text: string;
  try {
    text = readTextFile(path);
  } catch (error) {
    if (error instanceof FileError) return { kind: "unreadable", error };
    throw error;
  }
  const { documents, findings } = await readYaml(file, new LineIndex(text));
  const [node, second] = documents;
  if (second !== undefined) {
    findings.add("E_SCN_MULTIDOC", "the file holds one document only; another begins here", second);
  }
  if (node === undefined && findings.all.length === 0) {
    findings.add("E_KEY_TYPE", "the file is empty, it must hold a mapping", 0);
  }
  return { kind: "document", node, findings };
}
