import { type FlowIr, type FlowNode, nameOfRunError, RUN_CODE, type RunError, type RunResult } from "../flow/mod.ts";
import type { RunRequest } from "./engine.ts";

/** A kind that nobody performs, and the steps that need it, in node order. */
export interface MissingKind {
  readonly kind: string;
  readonly steps: readonly string[];
}

/** The kinds of nodes, by name. */
export function missingKinds(nodes: readonly FlowNode[]): readonly MissingKind[] {
  const kinds = Map.groupBy(nodes, ({ type }) => type);
  return [...kinds]
    .map(([kind, users]) => ({ kind, steps: users.map(({ id }) => id) }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** The error of a flow that an engine cannot run (flows §11, §13). */
export function capabilitiesMismatch(engine: string, ir: FlowIr, missing: readonly MissingKind[]): RunError {
  const kinds = missing.map(({ kind, steps }) => ({ kind, steps: [...steps] }));
  return {
    code: RUN_CODE.capabilities,
    name: nameOfRunError(RUN_CODE.capabilities),
    message: `CapabilitiesMismatch: engine ${engine} cannot run flow '${ir.flow.name}'`,
    data: { retriable: false, details: { cause: "CapabilitiesMismatch", missing: kinds } },
  };
}

/** The result of a run that never started; without an error what kept it from that is told elsewhere. */
export function refused({ inputs }: Pick<RunRequest, "inputs">, error?: RunError): RunResult {
  return {
    status: "failed",
    state: { inputs, steps: {}, outputs: {} },
    events: [],
    summary: { completed_steps: 0, failed_steps: 0, skipped_steps: 0, attempts: 0, duration_ms: 0 },
    outputs: {},
    ...(error === undefined ? {} : { error }),
  };
}
