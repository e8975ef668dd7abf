import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type FlowIr, isStepEvent, type RunEvent } from "../flow/mod.ts";
import { wall } from "../world/mod.ts";
import { MarkedProcesses } from "./marked_processes.ts";
import { targets } from "./run_plumb.ts";
import { sampleIr } from "./sample_flow.ts";
import { tempFiles } from "./temp_files.ts";

const SCRIPTS = resolve(import.meta.dir, "../../testdata/executors/hostile");
const MIB = 1 << 20;

const READ = { id: "read", type: "opcua.read", with: { endpoint: "e", node_ids: ["n"] } };
const FLOWS: Readonly<Record<string, FlowIr>> = {
  short: sampleIr([READ, { id: "out", type: "dsl.emit", with: { n: "$step.read.values.n" } }], ["read -> out"]),
  /** Its second step does not end. */
  endless: sampleIr([READ, { id: "nap", type: "check.sleep", with: { ms: 600_000 } }], ["read -> nap"]),
  large: sampleIr([{ ...READ, with: { ...READ.with, text: "x".repeat(8 * MIB) } }], []),
};

/** What came of a run, as the rows of flows §17 speak of it. */
export interface HostileOutcome {
  readonly exit: number;
  readonly status: string;
  readonly outputs: unknown;
  readonly error?: { readonly code: number; readonly name: string; readonly blame: unknown };
  readonly cause?: unknown;
  readonly details: object;
  /** Codes, as often as they are on stderr. */
  readonly warnings: readonly string[];
  /** `read started` */
  readonly steps: readonly string[];
  readonly events: readonly RunEvent[];
  readonly logs: readonly string[];
  readonly ms: number;
  /** The most that the process had, in bytes. */
  readonly memory: number;
  /** Processes that were there 10 s after the end. */
  readonly left: readonly string[];
}

export interface HostileOptions {
  readonly flow?: "short" | "endless" | "large";
  readonly callTimeoutMs?: number;
  readonly runTimeoutMs?: number;
  /** Sent to plumb as soon as a child of the executor is there. */
  readonly signal?: "SIGINT" | "SIGTERM" | "SIGKILL";
  /** How long processes may outlive plumb. */
  readonly graceMs?: number;
}

/** Runs a flow on a mock with a script of testdata/executors/hostile; none: on an honest one. */
export async function hostileRun(script: string | undefined, options: HostileOptions = {}): Promise<HostileOutcome> {
  const { flow = "short", callTimeoutMs = 5000, runTimeoutMs = 60_000, signal, graceMs = 10_000 } = options;
  const cwd = tempFiles({ ...flowFiles(flow), "runtime.yaml": `runtime: {call_timeout_ms: ${callTimeoutMs}}\n` });
  const processes = new MarkedProcesses();
  const [target] = targets().toReversed();
  const args = ["--engine", "proc", "--executor-path", "builtin:mock", "--runtime-config", "runtime.yaml"];
  const run = ["runtime", "run", "--manifest", "manifest.json", "--flow", "sample", "--timeout", String(runTimeoutMs)];
  const rest = script === undefined ? [] : ["--", "--scripted", join(SCRIPTS, `${script}.yaml`)];
  const started = wall.monotonicMs();
  const child = Bun.spawn([...(target?.argv ?? []), ...args, ...run, ...rest], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: tmpdir(), PLUMB_CHECK: "1", ...processes.env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const texts = [new Response(child.stdout).text(), new Response(child.stderr).text()] as const;
  if (signal !== undefined) {
    await processes.appears("sleep");
    child.kill(signal);
  }
  const exit = await child.exited;
  const ms = wall.monotonicMs() - started;
  const left = await processes.left(graceMs);
  const [stdout, stderr] = await Promise.all(texts);
  return { ...outcome(stdout, stderr), exit, ms, left, memory: child.resourceUsage()?.maxRSS ?? 0 };
}

function flowFiles(flow: string): Readonly<Record<string, string>> {
  const ir = FLOWS[flow];
  const { name } = ir?.flow ?? {};
  const entry = {
    name,
    source_file: ir?.metadata.source_file,
    policyRef: "none",
    step_kinds: [...new Set(ir?.graph.nodes.map(({ type }) => type))].toSorted(),
    inputs_schema_hash: "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    ir_path: "sample.ir.json",
    generated_at: "2026-01-01T00:00:00Z",
    sources: {},
  };
  return { "manifest.json": JSON.stringify([entry]), "sample.ir.json": JSON.stringify(ir) };
}

type Printed = Omit<HostileOutcome, "exit" | "ms" | "left" | "memory">;

/** One object is on stdout, whatever happened; only a plumb that was killed leaves none. */
function outcome(stdout: string, stderr: string): Printed {
  const warnings = [...stderr.matchAll(/^warning\[(W_\w+)\]/gm)].map(([, code = ""]) => code);
  if (stdout === "") return { status: "", outputs: undefined, details: {}, warnings, steps: [], events: [], logs: [] };
  const { status, outputs, events, error } = JSON.parse(stdout);
  const { cause, ...details } = error?.data.details ?? {};
  return {
    status,
    outputs,
    ...(error === undefined ? {} : { error: { code: error.code, name: error.name, blame: error.data.blame }, cause }),
    details,
    warnings,
    events,
    steps: events.flatMap((event: RunEvent) => (isStepEvent(event) ? [`${event.step_id} ${event.state}`] : [])),
    logs: events.flatMap((event: RunEvent) => (event.type === "log" ? [event.message] : [])),
  };
}
