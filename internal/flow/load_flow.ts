import { dirname, resolve } from "node:path";
import { type Diagnostic, diagnostic, didYouMean } from "../diag/mod.ts";
import { checkIr, VERSION_REFUSED } from "./check_ir.ts";
import { checkManifest, mismatches } from "./check_manifest.ts";
import { FlowInputError } from "./flow_input_error.ts";
import type { FlowIr } from "./flow_ir.ts";
import { inputError, type JsonFile, placed, readJsonFile } from "./json_file.ts";
import type { Manifest, ManifestEntry } from "./manifest.ts";

/** Calls a file by the name that findings have for it. */
export type NameOf = (path: string) => string;

/** A manifest that was read. */
export interface LoadedManifest {
  /** Absolute. */
  readonly path: string;
  readonly manifest: Manifest;
  readonly document: JsonFile;
}

/** The IR of a flow, and what is to be said of it. */
export interface LoadedIr {
  /** Absolute. */
  readonly path: string;
  /** As findings name it. */
  readonly file: string;
  /** Undefined: its version is refused, which is not exit 2 (flows §9). */
  readonly ir: FlowIr | undefined;
  /** Warnings, and the refusal. */
  readonly findings: readonly Diagnostic[];
}

/**
 * Reads a manifest (flows §9). `path` is absolute.
 * @throws FlowInputError: E_MANIFEST_READ, E_MANIFEST_SCHEMA
 */
export function loadManifest(path: string, nameOf: NameOf): LoadedManifest {
  const document = readJsonFile(path, nameOf(path), "E_MANIFEST_READ");
  const { manifest, problems } = checkManifest(document.value);
  if (manifest === undefined) throw inputError(placed(problems, document), document);
  return { path, manifest, document };
}

/**
 * The entry of a flow.
 * @throws FlowInputError: E_MANIFEST_FLOW
 */
export function findFlow({ manifest, document: { file } }: LoadedManifest, name: string): ManifestEntry {
  const entry = manifest.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  const names = manifest.map((candidate) => candidate.name);
  const has = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
  const message = `${file} has no flow ${name}; ${has}`;
  const help = didYouMean(name, names);
  throw new FlowInputError([
    diagnostic({ code: "E_MANIFEST_FLOW", message, file, data: help === undefined ? undefined : { help } }),
  ]);
}

/**
 * Reads the IR that an entry leads to, and holds both to one another. A version that is refused comes back; everything else that is
 * wrong is thrown.
 * @throws FlowInputError: E_IR_…, E_MANIFEST_MISMATCH
 */
export function loadIr(manifest: LoadedManifest, entry: ManifestEntry, nameOf: NameOf): LoadedIr {
  const path = resolve(dirname(manifest.path), entry.ir_path);
  const file = nameOf(path);
  const document = readJsonFile(path, file, "E_IR_READ");
  const { ir, problems } = checkIr(document.value);
  const findings = placed(problems, document);
  if (problems.some(({ code }) => code === VERSION_REFUSED)) return { path, file, ir: undefined, findings };
  const sources = new Map([
    [document.file, document.source],
    [manifest.document.file, manifest.document.source],
  ]);
  if (ir === undefined) throw new FlowInputError(findings, sources);
  const differences = mismatchesOf(manifest, entry, ir);
  if (differences.length > 0) throw new FlowInputError([...differences, ...findings], sources);
  return { path, file, ir, findings };
}

/** Where an entry says something else than its IR, as findings about the manifest. */
export function mismatchesOf(
  { manifest, document }: LoadedManifest,
  entry: ManifestEntry,
  ir: FlowIr,
): readonly Diagnostic[] {
  const number = manifest.indexOf(entry);
  return placed(
    mismatches(entry, ir).map((problem) => ({ ...problem, path: [number, ...problem.path] })),
    document,
  );
}
