import type { ScenarioSpec } from "../scenario/mod.ts";
import type { FlowRunner, PluginSetup } from "./flow_world.ts";

/** Whether a case runs a flow. */
export function runsFlows({ flow }: ScenarioSpec): boolean {
  return flow.some((step) => "ir" in step);
}

/** Loads the engine of flows, if it is needed: nobody else should wait for that. Without `setup` there are no plugins. */
export async function flowRunner(isNeeded: boolean, setup?: PluginSetup): Promise<FlowRunner | undefined> {
  return isNeeded ? (await import("./run_flow_step.ts")).openFlowRunner(setup) : undefined;
}
