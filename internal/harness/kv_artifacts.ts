import {
  dumpDocument,
  type KvDump,
  type KvDumpDocument,
  type KvMetrics,
  type KvMetricsDocument,
  metricsDocument,
  type StoreState,
} from "../kvstore/mod.ts";
import { ArtifactNames, caseArtifactName, safeName } from "./artifact_name.ts";

/** A file below `build/test/kv/`. */
export interface KvArtifact {
  readonly name: string;
  readonly text: string;
}

/** Leaves room, in the 255 bytes of a file name, for the case, a number, `.metrics.json` and a temporary ending. */
const LONGEST_NAMESPACE = 80;

/** Makes the KV artifacts of the cases of a run (ami-tests §10). Cases must come in stable order: names depend on it. */
export class KvArtifacts {
  readonly #names = new ArtifactNames();

  /** The pair of files of each store of a case, as the stores were at its end, `atMs` of virtual time. */
  ofCase(file: string, caseName: string, states: readonly StoreState[], atMs: number): KvArtifact[] {
    if (states.length === 0) return [];
    const endings = namespaceEndings(states.map(({ ns }) => ns));
    const name = this.#names.claim(caseArtifactName(file, caseName), endings);
    return states.flatMap((state, i) => [
      { name: `${name}${endings[i]}.metrics.json`, text: documentLine(metricsDocument(state.metrics, atMs)) },
      { name: `${name}${endings[i]}.dump.json`, text: documentLine(dumpDocument(state.dump, atMs)) },
    ]);
  }
}

/** `metrics.json`: the sums over all stores of all cases, at virtual time 0. */
export function totalMetricsArtifact(metrics: KvMetrics): KvArtifact {
  return { name: "metrics.json", text: documentLine(metricsDocument(metrics, 0)) };
}

/** `dump.json`: the keys of all stores of all cases, at virtual time 0. */
export function totalDumpArtifact(dump: KvDump): KvArtifact {
  return { name: "dump.json", text: documentLine(dumpDocument(dump, 0)) };
}

/** What tells apart the files of a case's namespaces: nothing for a single one, else `.<ns>`, each different. */
export function namespaceEndings(namespaces: readonly string[]): string[] {
  if (namespaces.length === 1) return [""];
  const names = new ArtifactNames();
  return namespaces.map((ns) => `.${names.claim(ns === "" ? "default" : safeName(ns, LONGEST_NAMESPACE))}`);
}

/** One line of canonical JSON: the documents are built with their keys in order, so JSON.stringify writes just that. */
function documentLine(document: KvMetricsDocument | KvDumpDocument): string {
  return `${JSON.stringify(document)}\n`;
}
