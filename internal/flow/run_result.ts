import type { RunEvent, ValueObject } from "./run_event.ts";

/** What a run knows (flows §10): `steps` holds the nodes that settled, without control nodes and skipped ones. */
export interface RunState {
  readonly inputs: ValueObject;
  readonly steps: ValueObject;
  readonly outputs: ValueObject;
}

/** Why a run failed (flows §12, §15). */
export interface RunError {
  readonly code: number;
  readonly name: string;
  readonly message: string;
  readonly data: ValueObject;
}

/** What came of a run, on every engine (flows §19). */
export interface RunResult {
  readonly status: "completed" | "failed" | "cancelled";
  readonly state: RunState;
  readonly events: readonly RunEvent[];
  readonly summary: ValueObject;
  readonly outputs: ValueObject;
  readonly error?: RunError;
}
