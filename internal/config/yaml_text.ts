import type { Document, Node, Pair } from "yaml";
import { type Diagnostic, diagnostic, type LineIndex, type Position } from "../diag/mod.ts";
import { ConfigError } from "./config_error.ts";

type Path = readonly (string | number)[];

/** A YAML document whose values know their places. */
export interface YamlText {
  readonly value: unknown;
  /** Where the value at `path` stands, or its key; the nearest thing around it if there is no such place. */
  at(path: Path, part: "key" | "value"): Position;
}

/**
 * Reads one YAML document with its positions. The `yaml` library is loaded here and nowhere earlier: it costs 10–20 ms
 * (BUN.md), which a project without a configuration must not pay.
 *
 * @throws ConfigError (E_CONFIG_READ) with every syntax error and duplicate key
 */
export async function readYaml(file: string, source: LineIndex): Promise<YamlText> {
  const yaml = await import("yaml");
  // Keys are strings only, so that `1: x` is an unknown key and not a number that looks like one.
  const document = yaml.parseDocument(source.text, { prettyErrors: false, stringKeys: true, logLevel: "error" });
  const complain = (message: string, index: number): Diagnostic =>
    diagnostic({ code: "E_CONFIG_READ", message, file, pos: source.position(index) });
  const findings = [...document.errors, ...document.warnings].map((error) =>
    complain(`not valid YAML: ${plainMessage(error.code, error.message)}`, error.pos[0]),
  );
  // An alias could blow a small file up, and no key of a configuration needs one.
  yaml.visit(document, {
    Alias: (_, alias) => {
      findings.push(complain("aliases (*name) are not read in a configuration", alias.range?.[0] ?? 0));
    },
  });
  if (findings.length > 0) throw new ConfigError(findings, source);
  return {
    value: document.toJS({ maxAliasCount: 0 }),
    at: (path, part) => source.position(placeOf(yaml, document, path, part)),
  };
}

function plainMessage(code: string, message: string): string {
  if (code === "DUPLICATE_KEY") return "this key stands twice";
  if (code === "MULTIPLE_DOCS") return "a configuration is one document, here a second one starts";
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function placeOf(yaml: typeof import("yaml"), document: Document, path: Path, part: "key" | "value"): number {
  let node: unknown = document.contents;
  let place = startOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    const pair = yaml.isMap(node) ? node.items.find((item) => keyText(yaml, item) === String(step)) : undefined;
    const last = depth === path.length - 1;
    const child: unknown = yaml.isSeq(node) ? node.items[Number(step)] : pair?.value;
    place = (last && part === "key" ? startOf(pair?.key) : undefined) ?? startOf(child) ?? startOf(pair?.key) ?? place;
    node = child;
  }
  return place;
}

function keyText(yaml: typeof import("yaml"), pair: Pair): string | undefined {
  return yaml.isScalar(pair.key) ? String(pair.key.value) : undefined;
}

function startOf(node: unknown): number | undefined {
  const range = typeof node === "object" && node !== null && "range" in node ? (node as Node).range : undefined;
  return range?.[0];
}
