import type { Document } from "yaml";
import type { LineIndex } from "../diag/mod.ts";
import { explicitTags } from "./explicit_tags.ts";
import { NodeComposer } from "./node_composer.ts";
import { YamlFindings } from "./yaml_findings.ts";
import type { YamlNode } from "./yaml_node.ts";

/** The documents of a file, and what is wrong with it so far; readers of its shapes add to `findings`. */
export interface YamlFile {
  /** None if the text is not YAML; empty documents are left out. */
  readonly documents: readonly YamlNode[];
  readonly findings: YamlFindings;
}

/**
 * Reads a YAML file of any number of documents (scenarios.md §2): E_YAML_SYNTAX, E_YAML_DUPLICATE_KEY and E_YAML_TAG are
 * in its findings. The `yaml` library is loaded here and nowhere earlier: it costs 10–20 ms (BUN.md).
 *
 * @param file as messages name it
 */
export async function readYaml(file: string, source: LineIndex): Promise<YamlFile> {
  const yaml = await import("yaml");
  const findings = new YamlFindings(file, source);
  const documents = parse(yaml, findings);
  if (documents === undefined) return { documents: [], findings };
  for (const place of explicitTags(yaml, source.text)) {
    findings.add("E_YAML_TAG", "explicit tags are not read; the value says its type by how it is written", place);
  }
  const nodes = documents.flatMap((document) => {
    const { contents } = document;
    return contents === null || isEmpty(yaml, document) ? [] : [new NodeComposer(yaml, findings).compose(contents)];
  });
  return { documents: nodes, findings };
}

const UNREADABLE = "not readable: collections are nested too deeply, or a number is too long";

/** The documents of the text; undefined, with findings, if it is not YAML. */
function parse(yaml: typeof import("yaml"), findings: YamlFindings): readonly Document[] | undefined {
  const { text } = findings.source;
  const options = {
    prettyErrors: false,
    intAsBigInt: true,
    // Named, so that a %YAML 1.1 directive changes nothing.
    schema: "core",
    // Compared by the composer, as texts; here it would take quadratic time.
    uniqueKeys: false,
    logLevel: "error",
  } as const;
  let documents: readonly Document[];
  try {
    const parsed = yaml.parseAllDocuments(text, options);
    documents = Array.isArray(parsed) ? parsed : [];
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    findings.add("E_YAML_SYNTAX", UNREADABLE, 0);
    return undefined;
  }
  const errors = documents.flatMap((document) => [...document.errors, ...document.warnings]);
  // A tag that is not known is a tag, for which the file is refused anyway.
  const faults = errors.filter(({ code }) => code !== "TAG_RESOLVE_FAILED");
  // The library's own parser ran into it, and says so as of a fault in the text.
  const overflow = faults.find(({ message }) => /call stack/i.test(message));
  if (overflow !== undefined) {
    findings.add("E_YAML_SYNTAX", UNREADABLE, overflow.pos[0]);
    return undefined;
  }
  // Behind a token that should not be there, others follow that are where they should be.
  const unexpected = faults.find(({ code }) => code === "UNEXPECTED_TOKEN");
  for (const fault of faults) {
    const unquoted = unquotedVariable(text, fault.pos[0]);
    if (fault.code === "UNEXPECTED_TOKEN" && fault !== unexpected && unquoted === undefined) continue;
    const message = unquoted?.message ?? `${fault.message.charAt(0).toLowerCase()}${fault.message.slice(1)}`;
    findings.add("E_YAML_SYNTAX", `not valid YAML: ${message}`, fault.pos[0], { help: unquoted?.help });
  }
  return faults.length > 0 ? undefined : documents;
}

function isEmpty(yaml: typeof import("yaml"), { contents }: Document): boolean {
  return yaml.isScalar(contents) && contents.value === null && (contents.source ?? "") === "";
}

/** `{a: ${b}}`: a `{` begins a mapping, also behind a `$`. */
function unquotedVariable(text: string, at: number): { readonly message: string; readonly help: string } | undefined {
  const [variable] = /^\$\{[^{}\n]*\}/.exec(text.slice(at - 1)) ?? [];
  if (variable === undefined) return undefined;
  return { message: "in a flow mapping or list a text that holds a variable must be quoted", help: `"${variable}"` };
}
