import { LineIndex } from "../diag/mod.ts";
import { FileError, readTextFile } from "../files/mod.ts";
import { readYaml, YamlFindings, type YamlNode } from "../yaml/mod.ts";

/** A spec file, cut into its documents. */
export interface SpecFile {
  readonly documents: readonly { readonly kind: "concept" | "sync"; readonly node: YamlNode }[];
  /** False if what it declares is not known as a whole. */
  readonly isReadable: boolean;
  /** Of its bytes; undefined if it cannot be read at all. */
  readonly sha256: string | undefined;
  readonly findings: YamlFindings;
}

/** Reads a spec file. A document is a concept if it has the key `concept`, a sync if it has `sync` (scenarios.md §2: E_SPEC_KIND). */
export async function readSpecFile(path: string, name: string): Promise<SpecFile> {
  let text: string;
  try {
    text = readTextFile(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const findings = new YamlFindings(name, new LineIndex(""));
    const code = error.reason === "not UTF-8" ? "E_YAML_SYNTAX" : "E_SPEC_NOT_FOUND";
    findings.add(code, `cannot be read: ${error.message}`, 0);
    return { documents: [], isReadable: false, sha256: undefined, findings };
  }
  const { documents: nodes, findings } = await readYaml(name, new LineIndex(text));
  const isYaml = findings.all.every(({ code }) => code !== "E_YAML_SYNTAX");
  if (isYaml && nodes.length === 0) findings.add("E_SPEC_KIND", "the file holds no concept and no sync", 0);
  const documents = nodes.flatMap((node): SpecFile["documents"] => {
    const kind = kindOf(node, findings);
    return kind === undefined ? [] : [{ kind, node }];
  });
  const isReadable = isYaml && documents.length === nodes.length;
  return { documents, isReadable, sha256: Bun.SHA256.hash(text, "hex"), findings };
}

function kindOf(node: YamlNode, findings: YamlFindings): "concept" | "sync" | undefined {
  const keys = node.kind === "map" ? node.entries.map(({ key }) => key) : [];
  const kinds = (["concept", "sync"] as const).filter((kind) => keys.includes(kind));
  const [kind] = kinds;
  if (kinds.length === 1) return kind;
  const found = kinds.length === 0 ? "neither" : "both";
  findings.add("E_SPEC_KIND", `a document has the key concept or the key sync, this one has ${found}`, node);
  return undefined;
}
