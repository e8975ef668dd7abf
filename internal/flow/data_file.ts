import { diagnostic, LineIndex } from "../diag/mod.ts";
import { FileError, readTextFile } from "../files/mod.ts";
import { type Json, parseJson } from "../value/mod.ts";
import { generalValue, plainYaml, readYaml, type YamlNode } from "../yaml/mod.ts";
import { FlowInputError } from "./flow_input_error.ts";
import { inputError, parseJsonText, placed } from "./json_file.ts";
import type { JsonPath, Problem } from "./problem.ts";

export interface DataFileKind {
  /** `a mocks file`. */
  readonly what: string;
  /** Of what is not readable, or neither YAML nor JSON. */
  readonly code: string;
  /** What a file without any document stands for. */
  readonly empty: Json;
}

/** What a document stands for, and what is wrong with it. */
export interface ReadData<T> {
  readonly data: T;
  readonly problems: readonly Problem[];
}

/**
 * Reads a document that people write, JSON where the file's name says so and YAML otherwise. `path` is absolute, `file` what
 * findings call it; each problem of `read` is told at its place.
 * @throws FlowInputError
 */
export async function readDataFile<T>(
  path: string,
  file: string,
  kind: DataFileKind,
  read: (value: Json) => ReadData<T>,
): Promise<T> {
  const text = textOf(path, file, kind);
  if (path.endsWith(".json")) {
    const document = parseJsonText(text, file, kind.code, parseJson);
    const { data, problems } = read(document.value);
    if (problems.length > 0) throw inputError(placed(problems, document), document);
    return data;
  }
  const plain = plainYaml(text);
  const quickly = plain === undefined ? undefined : read(plain);
  if (quickly?.problems.length === 0) return quickly.data;
  // Only the library knows where things stand.
  const source = new LineIndex(text);
  const { node, value } = await yamlDocument(file, source, kind);
  const { data, problems } = read(value);
  if (problems.length > 0) throw inputError(placedInYaml(problems, node, { file, source }), { file, source });
  return data;
}

function textOf(path: string, file: string, { code }: DataFileKind): string {
  try {
    return readTextFile(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const message = `${file} cannot be read: ${error.message}`;
    throw new FlowInputError([diagnostic({ code, message, file, pos: error.pos })]);
  }
}

/** The one document of a file. */
async function yamlDocument(
  file: string,
  source: LineIndex,
  { what, code, empty }: DataFileKind,
): Promise<{ node: YamlNode | undefined; value: Json }> {
  const { documents, findings } = await readYaml(file, source);
  const [node, second] = documents;
  if (second !== undefined) findings.add("E_YAML_SYNTAX", `${what} is one document, here a second one starts`, second);
  const value = node === undefined ? empty : generalValue(node, findings);
  if (findings.all.length > 0 || value === undefined) {
    const unreadable = findings.all.map((finding) => ({ ...finding, code }));
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
