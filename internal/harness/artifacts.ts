import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  ArtifactNames,
  caseArtifactName,
  type KvArtifact,
  KvArtifacts,
  KvTotals,
  totalDumpArtifact,
  totalMetricsArtifact,
} from "../kvstore/mod.ts";
import type { ArtifactOptions } from "./options.ts";
import type { CaseOutcome } from "./outcome.ts";
import type { PlannedCase } from "./plan.ts";

/** Collects what the cases of a run leave and writes it after the run (ami-tests §10). Cases come in stable order. */
export class Artifacts {
  readonly #options: ArtifactOptions;
  readonly #names = new KvArtifacts();
  readonly #totals = new KvTotals();
  readonly #files: KvArtifact[] = [];
  readonly #ids: string[] = [];
  readonly #scratchNames = new ArtifactNames();

  constructor(options: ArtifactOptions) {
    this.#options = options;
  }

  add(planned: PlannedCase, outcome: CaseOutcome): void {
    const { verbose, kvMetrics, kvDump } = this.#options;
    if (verbose) this.#ids.push(planned.id);
    if (outcome.scratch !== undefined) this.#keepScratch(outcome.scratch, planned);
    if (verbose || kvMetrics || kvDump) {
      for (const state of outcome.stores) {
        const shared = planned.caseFile.shared.has(state.ns) ? `${planned.caseFile.file}::${state.ns}` : undefined;
        this.#totals.add(state, shared);
      }
    }
    if ((verbose || outcome.emit) && outcome.stores.length > 0) {
      this.#files.push(
        ...this.#names.ofCase(planned.caseFile.file, planned.spec.case, outcome.stores, outcome.virtualMs),
      );
    }
  }

  #keepScratch(folder: string, { caseFile, spec }: PlannedCase): void {
    const name = this.#scratchNames.claim(caseArtifactName(caseFile.file, spec.case));
    const kept = join(this.#options.dir, "fixtures", name);
    rmSync(kept, { recursive: true, force: true });
    // A copy, because a folder cannot be renamed to another file system; the run removes the original.
    cpSync(folder, kept, { recursive: true });
  }

  /** Writes what is due, each file atomically. */
  write(): void {
    const { dir, verbose, kvMetrics, kvDump } = this.#options;
    if (verbose || kvMetrics) this.#files.push(totalMetricsArtifact(this.#totals.metrics()));
    if (verbose || kvDump) this.#files.push(totalDumpArtifact(this.#totals.dump()));
    for (const { name, text } of this.#files) writeAtomically(join(dir, "kv", name), text);
    if (verbose) writeAtomically(join(dir, "test.manifest"), this.#ids.map((id) => `${id}\n`).join(""));
  }
}

/** Writes a file so that a reader sees the old one or the whole new one, never a part. */
export function writeAtomically(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}
