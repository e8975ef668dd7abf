import { type ExecutorSetup, loadProcessEngine, type ProcessEngine } from "../../internal/engine/mod.ts";
import { METHODS, openTransport, RepSession } from "../../internal/rep/mod.ts";
import { ReferenceExecutors, sampleIr } from "../../internal/testkit/mod.ts";
import { realAlarms, wall } from "../../internal/world/mod.ts";
import { atLeast, type Measured } from "./measured.ts";

// The best round counts: what else runs on the machine only takes away.
const ROUNDS = 40;
const ROUND_TRIPS = 2500;
const STARTS = 40;
const RUN_ROUNDS = 20;
const RUNS = 100;

/** What an executor costs, measured with the reference executor in C, which costs next to nothing itself. */
export async function executorRates(): Promise<readonly Measured[]> {
  using references = new ReferenceExecutors(["-O2"]);
  const path = references.all.find(([name]) => name === "c")?.[1];
  if (path === undefined) throw new Error("there is no C compiler");
  const setup: ExecutorSetup = {
    executor: { path, args: [] },
    address: { kind: "stdio" },
    cwd: "/",
    env: { ...process.env, PLUMB_CHECK: "1" },
    executorEnv: {},
    callTimeoutMs: 5000,
    maxFrameBytes: 16 << 20,
    allowShell: false,
    language: "c",
    reuse: false,
    cacheFolder: undefined,
    alarms: realAlarms,
  };
  return [...(await roundTrips(setup)), await firstRun(setup, path), await keptRuns({ ...setup, reuse: true })];
}

/** One request after the other. */
async function roundTrips({ executor, address, cwd, env, alarms, callTimeoutMs, maxFrameBytes }: ExecutorSetup) {
  const transport = await openTransport({ executor, address, cwd, env, alarms, connectMs: callTimeoutMs });
  const listener = { warned: () => undefined, console: () => undefined };
  const session = new RepSession({ transport, alarms, callTimeoutMs, maxFrameBytes, listener });
  const rounds: { readonly rate: number; readonly p99: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const micros = new Float64Array(ROUND_TRIPS);
    const start = wall.monotonicMs();
    for (let call = 0; call < ROUND_TRIPS; call += 1) {
      const sent = wall.monotonicMs();
      await session.call(METHODS.health, {});
      micros[call] = 1000 * (wall.monotonicMs() - sent);
    }
    const rate = ROUND_TRIPS / ((wall.monotonicMs() - start) / 1000);
    rounds.push({ rate, p99: micros.sort()[Math.floor(ROUND_TRIPS * 0.99)] ?? Number.NaN });
  }
  await session.end();
  const rate = Math.max(...rounds.map(({ rate }) => rate));
  const p99 = Math.min(...rounds.map(({ p99 }) => p99));
  return [
    atLeast("round trips to an executor, one after the other", rate, 45_000),
    { name: "99 of 100 of them", value: `${Math.round(p99)} µs`, limit: "below 200 µs", ok: p99 < 200 },
  ];
}

/** From nothing to the end of a run, against the start and end of the same process alone; both in turn. */
async function firstRun(setup: ExecutorSetup, path: string): Promise<Measured> {
  const engine = await loadProcessEngine(setup);
  const bare: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    const start = wall.monotonicMs();
    await Bun.spawn([path], { stdin: "ignore", stdout: "pipe", stderr: "pipe" }).exited;
    const between = wall.monotonicMs();
    await complete(engine, `run-${round}`);
    bare.push(between - start);
    whole.push(wall.monotonicMs() - between);
  }
  const [ms, bareMs] = [Math.min(...whole), Math.min(...bare)];
  const limit = 1.3 * bareMs + 5;
  const allowed = `at most ${limit.toFixed(1)} ms: 1.3 × its bare start, and 5 ms`;
  return {
    name: "start of an executor to the end of its first run",
    value: `${ms.toFixed(1)} ms`,
    limit: allowed,
    ok: ms <= limit,
  };
}

async function keptRuns(setup: ExecutorSetup): Promise<Measured> {
  const engine = await loadProcessEngine(setup);
  for (let run = 0; run < 100; run += 1) await complete(engine, `warm-${run}`);
  const rates: number[] = [];
  for (let round = 0; round < RUN_ROUNDS; round += 1) {
    const start = wall.monotonicMs();
    for (let run = 0; run < RUNS; run += 1) await complete(engine, `run-${round}-${run}`);
    rates.push(RUNS / ((wall.monotonicMs() - start) / 1000));
  }
  await engine.close();
  return atLeast("runs of a flow like the cold store on a kept executor", Math.max(...rates), 2000);
}

async function complete(engine: ProcessEngine, runId: string): Promise<void> {
  const inputs = { store: "north-2", probes: ["p1", "p2"] };
  const { result } = await engine.run({ ir: FLOW, inputs, runId, traceId: "0".repeat(32), timeoutMs: 60_000 });
  if (result.status !== "completed")
    throw new Error(`a run on the executor ${result.status}: ${result.error?.message}`);
}

const CASES = { COOL: "act", DUMP: "act", _DEFAULT: "emit_1" };

/** The graph of the cold store, of kinds that the executor has. */
const FLOW = sampleIr(
  [
    {
      id: "read",
      type: "check.echo",
      with: { values: '{"air": 9, "door": 4}', store: "$input.store" },
      timeout_ms: 500,
    },
    { id: "page", type: "check.echo", with: { text: "store ${input.store}: ${step.read.error.message}" } },
    { id: "judge", type: "check.echo", with: { action: "COOL", level: "2", values: "$step.read.values" } },
    { id: "when_0", type: "switch", with: { key_from: "$.vars.judge.action", cases: CASES, default: "_DEFAULT" } },
    {
      id: "act",
      type: "opcua.write",
      with: { endpoint: "$input.store", node_id: "mode", value: "$step.judge.action" },
    },
    {
      id: "emit_1",
      type: "dsl.emit",
      with: { decision: "$step.judge", note: "store ${input.store}, level ${step.judge.level}" },
    },
    { id: "finish_2", type: "finish" },
  ],
  [
    "read -!> page",
    "read -> judge",
    "when_0 -COOL> act",
    "when_0 -DUMP> act",
    "judge -> when_0",
    "act -> emit_1",
    "when_0 -_DEFAULT> emit_1",
    "page -> emit_1",
    "emit_1 -> finish_2",
  ],
);
