import { nearestDoubles } from "../value/mod.ts";
import type { Plugin, PluginContext, PluginStep } from "./plugin.ts";
import { pluginFailure, pluginResult } from "./plugin_result.ts";
import type { Performer, RunContext, StepAnswer, StepCall, StepProvider } from "./step_provider.ts";

/** Performs the kinds of plugins. */
export function pluginSteps(plugins: ReadonlyMap<string, Plugin[string]>): StepProvider {
  return {
    open: (run) => (node) => {
      const step = plugins.get(node.type);
      return step === undefined ? undefined : performing(step, run);
    },
  };
}

function performing(step: PluginStep, run: RunContext): Performer {
  return (call) => {
    try {
      // As copies: the originals stand in events and in the state of the run.
      const returned: unknown = step(structuredClone(nearestDoubles(call.args)) as never, contextOf(call, run));
      return returned instanceof Promise ? settled(returned) : pluginResult(returned);
    } catch (error) {
      return pluginFailure(error);
    }
  };
}

function settled(returned: Promise<unknown>): Promise<StepAnswer> {
  return returned.then(pluginResult, pluginFailure);
}

function contextOf(call: StepCall, run: RunContext): PluginContext {
  let inputs: PluginContext["inputs"] | undefined;
  return {
    runId: run.runId,
    traceId: run.traceId,
    stepId: call.stepId,
    kind: call.kind,
    attempt: call.attempt,
    get inputs() {
      inputs ??= structuredClone(nearestDoubles(run.inputs)) as PluginContext["inputs"];
      return inputs;
    },
    get signal() {
      return call.signal;
    },
    log: (level, message) => call.log(level, message),
    clock: { now: () => Math.floor(run.time.now()), sleep: (ms) => call.sleep(ms) },
    random: () => run.random(),
  };
}
