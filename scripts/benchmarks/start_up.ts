import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wall } from "../../internal/world/mod.ts";
import { atMost, type Measured } from "./measured.ts";

const STARTS = 40;

/**
 * Start-up, as a ratio to a compiled one-line Bun program that is started in turn, so that a slow or busy machine slows
 * both down. `folder` is for what it builds.
 */
export function startUp(plumb: string, folder: string): readonly Measured[] {
  const one = join(folder, "one.ts");
  const baseline = join(folder, "one");
  writeFileSync(one, 'console.log("plumb 0.1.0");\n');
  // Without the two loaders it starts faster, and so does plumb: the ratio is to the fastest program there is.
  const switches = [
    "--minify",
    "--bytecode",
    "--format=esm",
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
  ];
  run([process.execPath, "build", "--compile", ...switches, one, `--outfile=${baseline}`]);
  const small = join(folder, "small");
  mkdirSync(small);
  writeFileSync(join(small, "small_test.ami"), "#pragma test:case a\n#pragma test:runtime input={} expect_output={}\n");
  const limits = [
    { name: "plumb --version", command: [plumb, "--version"], limit: 1.3 },
    { name: "plumb test on one small file", command: [plumb, "test", small], limit: 4 },
    { name: "plumb runtime run of the cold store", command: [plumb, ...coldStoreRun(folder)], limit: 5 },
  ];
  return limits.map(({ name, command, limit }) => {
    const ratio = startRatio(command, [baseline]);
    return atMost(name, ratio, limit, "an empty program");
  });
}

/** A run of the example, whose mocks lack the busy answer: the time between two attempts is not plumb's. */
function coldStoreRun(folder: string): readonly string[] {
  const example = join(import.meta.dir, "../../testdata/examples/coldstore");
  const mocks = join(folder, "cold.mocks.yaml");
  writeFileSync(mocks, readFileSync(join(example, "mocks.yaml"), "utf8").replace(/^ *- error:.*\n/m, ""));
  const flow = ["--manifest", join(example, "expected/manifest.json"), "--flow", "coldstore.monitor"];
  return ["runtime", "run", ...flow, "--inputs", `@${join(example, "inputs.json")}`, "--mocks", mocks];
}

/** The ratio of the median run times of two commands that are started in turn. */
function startRatio(command: readonly string[], baseline: readonly string[]): number {
  const times: number[] = [];
  const baselines: number[] = [];
  for (let round = 0; round < STARTS + 3; round += 1) {
    const baselineMs = elapsed(baseline);
    const ms = elapsed(command);
    if (round < 3) continue; // the file cache warms up
    times.push(ms);
    baselines.push(baselineMs);
  }
  return median(times) / median(baselines);
}

function elapsed(command: readonly string[]): number {
  const start = wall.monotonicMs();
  run(command);
  return wall.monotonicMs() - start;
}

function run(command: readonly string[]): void {
  const { exitCode, stderr } = Bun.spawnSync([...command], { stdout: "ignore", stderr: "pipe" });
  if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode}: ${stderr.toString()}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
