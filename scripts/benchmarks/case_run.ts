import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wall } from "../../internal/world/mod.ts";
import { atLeast, atMost, type Measured } from "./measured.ts";

const MIB = 1024 * 1024;

interface CaseRun {
  readonly cases: number;
  readonly seconds: number;
  readonly rss: number;
}

/** Cases that sleep a minute of virtual time, as JSON through a pipe. */
export async function caseRun(plumb: string, folder: string): Promise<readonly Measured[]> {
  await measureCases(plumb, folder, 100); // the file cache warms up
  const small = await measureCases(plumb, folder, 1_000);
  const middle = await best([
    await measureCases(plumb, folder, 10_000),
    await measureCases(plumb, folder, 10_000),
    await measureCases(plumb, folder, 10_000),
  ]);
  const large = await measureCases(plumb, folder, 100_000);
  const perSecond = middle.cases / middle.seconds;
  const growth = (large.rss - middle.rss) / (large.cases - middle.cases);
  const before = (middle.rss - small.rss) / (middle.cases - small.cases);
  // Noise of the collector must not count as growth: a few hundred bytes a case are allowed in any case.
  const allowed = Math.max(before, 512) * 1.5;
  const slowdown = large.seconds / large.cases / (middle.seconds / middle.cases);
  return [
    atLeast("10,000 cases, JSON to a pipe", perSecond, 20_000),
    {
      name: "  resident memory",
      value: `${(middle.rss / MIB).toFixed(1)} MiB`,
      limit: "below 150 MB",
      ok: middle.rss < 150e6,
    },
    {
      name: "  memory a case, from 10,000 to 100,000",
      value: `${Math.round(growth)} B`,
      limit: `linear: at most ${Math.round(allowed)} B; ${Math.round(before)} B up to 10,000`,
      ok: growth <= allowed,
    },
    atMost("  time a case, 100,000 against 10,000", slowdown, 1.5, "(linear)"),
  ];
}

/** The fastest run: everything that disturbs a run makes it slower. */
function best(runs: readonly [CaseRun, ...CaseRun[]]): CaseRun {
  return runs.reduce((fastest, next) => (next.seconds < fastest.seconds ? next : fastest));
}

async function measureCases(plumb: string, folder: string, cases: number): Promise<CaseRun> {
  const dir = join(folder, `cases-${cases}`);
  const files = 10;
  mkdirSync(dir, { recursive: true });
  for (let file = 0; file < files; file += 1) {
    const lines = Array.from({ length: cases / files }, (_, index) => caseText(index)).join("");
    writeFileSync(join(dir, `f${file}_test.ami`), lines);
  }
  const start = wall.monotonicMs();
  const child = Bun.spawn([plumb, "test", "--json", dir], { stdout: "pipe", stderr: "ignore" });
  let lines = 0;
  for await (const chunk of child.stdout) {
    for (const byte of chunk) if (byte === 10) lines += 1;
  }
  const exitCode = await child.exited;
  const seconds = (wall.monotonicMs() - start) / 1000;
  // run_start, run_end, and test_start and test_end of each case: nothing may be lost on the way.
  if (exitCode !== 0 || lines !== 2 * cases + 2) throw new Error(`exit ${exitCode}, ${lines} lines for ${cases} cases`);
  return { cases, seconds, rss: child.resourceUsage()?.maxRSS ?? Number.NaN };
}

function caseText(index: number): string {
  return `#pragma test:case case ${index}\n#pragma test:runtime input={"n":${index},"sleep_ms":60000} expect_output={"n":${index}}\n`;
}
