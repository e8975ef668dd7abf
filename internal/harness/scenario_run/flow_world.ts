import type { Finding } from "../../diag/mod.ts";
import type { StepProvider } from "../../engine/mod.ts";
import type { RunResult } from "../../flow/mod.ts";
import type { PluginStepKind } from "../../plugins/mod.ts";
import type { Print } from "../../user_modules/mod.ts";
import type { Strict } from "../../value/mod.ts";
import type { Rng } from "../../world/mod.ts";
import type { RunStep } from "../scenario/mod.ts";

/** The world that a flow of a scenario runs in: time is virtual and begins at 0. */
export interface FlowWorld {
  /** Of the case. */
  readonly rng: Rng;
  readonly runId: string;
  /** Plugins. */
  readonly providers?: readonly StepProvider[];
}

/** What came of a `run` step. */
export interface FlowOutcome {
  readonly findings: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Undefined: it came to no run. */
  readonly status: RunResult["status"] | undefined;
  readonly virtualMs: number;
}

/** Runs a `run` step; `name` is `step 1`. Throws CaptureError. */
export type RunFlow = (
  name: string,
  step: RunStep,
  captured: ReadonlyMap<string, Strict>,
  world: FlowWorld,
) => FlowOutcome;

/** What runs the flows of scenarios, with the thread of their plugins. */
export interface FlowRunner {
  readonly runFlow: RunFlow;
  /** A case begins; `print` takes what its plugins print. */
  begin(print: Print): void;
  close(): void;
}

/** The plugins of a run. */
export interface PluginSetup {
  readonly plugins: readonly PluginStepKind[];
  readonly open: boolean;
  readonly watchdogMs: number;
}
