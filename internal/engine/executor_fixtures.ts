import type { FlowIr, ValueObject } from "../flow/mod.ts";
import { realAlarms } from "../world/mod.ts";
import type { ExecutorSetup } from "./executor_setup.ts";

/** How an executor of a test is started. */
export function executorSetup(path: string, more: Partial<ExecutorSetup> = {}): ExecutorSetup {
  return {
    executor: { path, args: [] },
    address: { kind: "stdio" },
    cwd: "/",
    env: process.env,
    executorEnv: {},
    callTimeoutMs: 5000,
    maxFrameBytes: 16 << 20,
    allowShell: false,
    language: "typescript",
    reuse: false,
    cacheFolder: undefined,
    alarms: realAlarms,
    ...more,
  };
}

/** A step of that kind, whose result the run puts out. */
export function oneStep(kind: string, args: ValueObject = {}): FlowIr {
  const node = { timeout_ms: 0, retry: { max: 0, backoff_ms: 0 } };
  return {
    version: "1.0.0",
    flow: { name: "test.flow", timeout_ms: 0 },
    constants: { policyRef: "none", policy: {} },
    inputs_schema: {},
    graph: {
      nodes: [
        { id: "a", type: kind, with: args as FlowIr["graph"]["nodes"][number]["with"], ...node },
        { id: "out", type: "dsl.emit", with: { r: "$step.a" }, ...node },
      ],
      edges: [{ from: "a", to: "out", on: "success" }],
    },
    metadata: { generated_at: "2026-01-01T00:00:00Z", source_file: "test.wdl" },
  };
}
