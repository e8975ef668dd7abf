import { diagnostic, LineIndex } from "../diag/mod.ts";
import { FileError, readTextFile } from "../files/mod.ts";
import { FlowInputError, inputError, type JsonPath, type Problem, parseJsonText, placed } from "../flow/mod.ts";
import { type Json, parseJson } from "../value/mod.ts";
import { generalValue, plainYaml, readYaml, type YamlNode } from "../yaml/mod.ts";
import type { Mocks } from "./mocks.ts";
import { readMocks } from "./read_mocks.ts";

const READ = "E_MOCKS_READ";

/**
 * Reads a mocks file, YAML or JSON (flows §11). `path` is absolute, `file` what findings call it.
 * @throws FlowInputError: E_MOCKS_READ, E_MOCKS_SCHEMA
 */
export async function loadMocks(path: string, file: string): Promise<Mocks> {
  const text = textOf(path, file);
  if (path.endsWith(".json")) {
    const document = parseJsonText(text, file, READ, parseJson);
    const { mocks, problems } = readMocks(document.value);
    if (problems.length > 0) throw inputError(placed(problems, document), document);
    return mocks;
  }
  const plain = plainYaml(text);
  const quickly = plain === undefined ? undefined : readMocks(plain);
  if (quickly?.problems.length === 0) return quickly.mocks;
  // Only the library knows where things stand.
  const source = new LineIndex(text);
  const { node, value } = await yamlDocument(file, source);
  const { mocks, problems } = readMocks(value);
  if (problems.length > 0) throw inputError(placedInYaml(problems, node, { file, source }), { file, source });
  return mocks;
}

function textOf(path: string, file: string): string {
  try {
    return readTextFile(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const message = `${file} cannot be read: ${error.message}`;
    throw new FlowInputError([diagnostic({ code: READ, message, file, pos: error.pos })]);
  }
}

/** The one document of a file; an empty file is an empty mapping. */
async function yamlDocument(file: string, source: LineIndex): Promise<{ node: YamlNode | undefined; value: Json }> {
  const { documents, findings } = await readYaml(file, source);
  const [node, second] = documents;
  if (second !== undefined)
    findings.add("E_YAML_SYNTAX", "a mocks file is one document, here a second one starts", second);
  const value = node === undefined ? {} : generalValue(node, findings);
  if (findings.all.length > 0 || value === undefined) {
    const unreadable = findings.all.map((finding) => ({ ...finding, code: READ }));
    throw inputError(unreadable, { file, source });
  }
  return { node, value };
}

function placedInYaml(
  problems: readonly Problem[],
  root: YamlNode | undefined,
  { file, source }: { file: string; source: LineIndex },
) {
  return problems
    .map(({ code, level, path, message, help }) => {
      const pos = source.position(root === undefined ? 0 : placeOf(root, path));
      return diagnostic({ code, level, message, file, pos, data: help === undefined ? undefined : { help } });
    })
    .sort((a, b) => (a.pos?.offset ?? 0) - (b.pos?.offset ?? 0));
}

/** Where the value at a path begins, or the nearest thing around it. */
function placeOf(root: YamlNode, path: JsonPath): number {
  let node = root;
  for (const step of path) {
    const inner =
      node.kind === "map"
        ? node.entries.find(({ key }) => key === String(step))?.value
        : node.kind === "list"
          ? node.items[Number(step)]
          : undefined;
    if (inner === undefined) break;
    node = inner;
  }
  return node.start;
}
