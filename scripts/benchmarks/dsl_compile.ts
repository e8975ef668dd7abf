import { readFileSync } from "node:fs";
import { join } from "node:path";
import { artifactText, buildDsl, type DslInput, dslSource, lintFiles } from "../../internal/dsl/mod.ts";
import { wall } from "../../internal/world/mod.ts";
import { atLeast, type Measured } from "./measured.ts";

const FLOWS = 1000;
/** The first rounds compile; the fastest of the rest is what the code can do, since everything else only disturbs. */
const ROUNDS = 12;

const COLDSTORE = join(import.meta.dir, "..", "..", "testdata", "examples", "coldstore");

/** Flows a second, each with a policy of its own, from texts to the texts of all artifacts, lint included (issue 5). */
export function dslCompile(): readonly Measured[] {
  const texts = inputTexts();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = wall.monotonicMs();
    compileAll(texts);
    best = Math.min(best, wall.monotonicMs() - start);
  }
  return [atLeast("compile of flows with policies, with lint and IR", (FLOWS * 1000) / best, 2000)];
}

interface Text {
  readonly path: string;
  readonly kind: DslInput["kind"];
  readonly text: string;
}

function inputTexts(): readonly Text[] {
  const wdl = readFileSync(join(COLDSTORE, "coldstore.wdl"), "utf8");
  const pdl = readFileSync(join(COLDSTORE, "limits.pdl"), "utf8");
  return Array.from({ length: FLOWS }, (_, i): Text[] => [
    {
      path: `flow${i}.wdl`,
      kind: "wdl",
      text: wdl.replace("coldstore.monitor", `flow${i}`).replace("policy limits", `policy limits${i}`),
    },
    { path: `limits${i}.pdl`, kind: "pdl", text: pdl },
  ]).flat();
}

function compileAll(texts: readonly Text[]): void {
  const inputs = texts.map(({ path, kind, text }): DslInput => ({ source: dslSource(path, text), kind }));
  const { artifacts, issues } = buildDsl(inputs, {
    emitIr: true,
    generatedAt: "2026-01-01T00:00:00Z",
    lint: lintFiles,
  });
  if (issues.length > 0) throw new Error(`the benchmark's flows do not compile: ${issues[0]?.message}`);
  let length = 0;
  for (const artifact of artifacts) length += artifactText(artifact).length;
  if (artifacts.length !== 3 * FLOWS + 1 || length === 0) throw new Error(`${artifacts.length} artifacts came of it`);
}
