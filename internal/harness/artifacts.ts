import { cpSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, diagnostic, errorText } from "../diag/mod.ts";
import { writeAtomically } from "../files/mod.ts";
import { ArtifactNames, caseArtifactName } from "./artifact_name.ts";
import { type KvArtifact, KvArtifacts, totalDumpArtifact, totalMetricsArtifact } from "./kv_artifacts.ts";
import { KvTotals } from "./kv_totals.ts";
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
  readonly #failures: Diagnostic[] = [];

  constructor(options: ArtifactOptions) {
    this.#options = options;
  }

  add(planned: PlannedCase, outcome: CaseOutcome): void {
    const { verbose, kvMetrics, kvDump } = this.#options;
    if (verbose) this.#ids.push(planned.identity.id);
    if (outcome.scratch !== undefined) this.#keepScratch(outcome.scratch, planned);
    if (verbose || kvMetrics || kvDump) {
      for (const state of outcome.stores) {
        const shared = planned.source.shared.has(state.ns) ? `${planned.identity.file}::${state.ns}` : undefined;
        this.#totals.add(state, shared);
      }
    }
    if ((verbose || outcome.emit) && outcome.stores.length > 0) {
      this.#files.push(
        ...this.#names.ofCase(planned.identity.file, planned.identity.case, outcome.stores, outcome.virtualMs),
      );
    }
  }

  #keepScratch(folder: string, { identity }: PlannedCase): void {
    const name = this.#scratchNames.claim(caseArtifactName(identity.file, identity.case));
    const kept = join(this.#options.dir, "fixtures", name);
    this.#try(() => {
      // A copy, because a folder cannot be renamed to another file system; beside its place first, because another run
      // may be writing there as well.
      const beside = `${kept}.${process.pid}.tmp`;
      cpSync(folder, beside, { recursive: true });
      rmSync(kept, { recursive: true, force: true });
      renameSync(beside, kept);
    });
    rmSync(folder, { recursive: true, force: true });
  }

  /** Writes what is due, each file atomically. What cannot be written is a finding: the results are not lost with it. */
  write(): readonly Diagnostic[] {
    const { dir, verbose, kvMetrics, kvDump } = this.#options;
    if (verbose || kvMetrics) this.#files.push(totalMetricsArtifact(this.#totals.metrics()));
    if (verbose || kvDump) this.#files.push(totalDumpArtifact(this.#totals.dump()));
    for (const { name, text } of this.#files) this.#try(() => writeAtomically(join(dir, "kv", name), text));
    const manifest = this.#ids.map((id) => `${id}\n`).join("");
    if (verbose) this.#try(() => writeAtomically(join(dir, "test.manifest"), manifest));
    return this.#failures;
  }

  /** One finding is enough where every file fails for the same reason. */
  #try(write: () => void): void {
    if (this.#failures.length > 0) return;
    try {
      write();
    } catch (error) {
      const reason = errorText(error);
      const message = `artifacts cannot be written below ${this.#options.dir}: ${reason}`;
      this.#failures.push(diagnostic({ code: "E_ARTIFACT_WRITE", message }));
    }
  }
}
