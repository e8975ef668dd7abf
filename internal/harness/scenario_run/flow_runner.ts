import type { ScenarioSpec } from "../scenario/mod.ts";
import type { runFlowStep } from "./run_flow_step.ts";

/** What runs the flows of scenarios; undefined where none is run. */
export type FlowRunner = typeof runFlowStep | undefined;

/** Whether a case runs a flow. */
export function runsFlows({ flow }: ScenarioSpec): boolean {
  return flow.some((step) => "ir" in step);
}

/** Loads the engine of flows, if it is needed: nobody else should wait for that. */
export async function flowRunner(isNeeded: boolean): Promise<FlowRunner> {
  return isNeeded ? (await import("./run_flow_step.ts")).runFlowStep : undefined;
}
