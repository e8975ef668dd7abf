import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { wall } from "../../internal/world/mod.ts";
import { atLeast, type Measured } from "./measured.ts";

const MIB = 1024 * 1024;
const LINES_A_CHUNK = 4096;

const SOURCE = `package bench
func inc(ev Event<any>) (any, error) {
  ev.payload.k = ev.payload.k + 1
  return ev, nil
}
pipeline P { ingress.inc.egress }
`;

/** `plumb pipeline run` from JSON lines to JSON lines with a real clock: events a second, and memory (issue 3). */
export async function pipelineRun(plumb: string, folder: string): Promise<readonly Measured[]> {
  const file = join(folder, "bench.ami");
  writeFileSync(file, SOURCE);
  const small = await feed(plumb, file, 1_000_000);
  const large = await feed(plumb, file, 10_000_000);
  const growth = large.rss / small.rss;
  return [
    atLeast("plumb pipeline run, JSON lines to JSON lines", large.perSecond, 500_000),
    {
      name: "  resident memory over 10,000,000 events",
      value: `${(large.rss / MIB).toFixed(1)} MiB`,
      limit: `flat: at most 1.5 × ${(small.rss / MIB).toFixed(1)} MiB over 1,000,000`,
      ok: growth <= 1.5,
    },
  ];
}

async function feed(plumb: string, file: string, events: number): Promise<{ perSecond: number; rss: number }> {
  const start = wall.monotonicMs();
  const child = Bun.spawn([plumb, "pipeline", "run", file], { stdin: "pipe", stdout: "pipe", stderr: "inherit" });
  const written = (async () => {
    for (let sent = 0; sent < events; sent += LINES_A_CHUNK) {
      const count = Math.min(LINES_A_CHUNK, events - sent);
      child.stdin.write(Array.from({ length: count }, (_, i) => `{"k":${sent + i},"sensor":"boiler"}\n`).join(""));
      await child.stdin.flush();
    }
    await child.stdin.end();
  })();
  let lines = 0;
  for await (const chunk of child.stdout) for (const byte of chunk) if (byte === 10) lines += 1;
  await written;
  const exitCode = await child.exited;
  if (exitCode !== 0 || lines !== events) throw new Error(`exit ${exitCode}, ${lines} lines for ${events} events`);
  const seconds = (wall.monotonicMs() - start) / 1000;
  return { perSecond: events / seconds, rss: child.resourceUsage()?.maxRSS ?? Number.NaN };
}
