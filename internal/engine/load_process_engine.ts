import type { ExecutorSetup } from "./executor_setup.ts";
import type { Mocks } from "./mocks.ts";
import type { ProcessEngine } from "./process_engine.ts";

/** Makes engine `proc`, and loads what it needs: who runs a flow in this process should not wait for what talks to others. */
export async function loadProcessEngine(setup: ExecutorSetup, mocks?: Mocks): Promise<ProcessEngine> {
  const { ProcessEngine } = await import("./process_engine.ts");
  return new ProcessEngine(setup, mocks);
}
