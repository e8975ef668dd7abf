import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadSpecs } from "../../internal/concept/mod.ts";
import type { Store } from "../../internal/store/mod.ts";
import { Engine, NO_HANDLERS, Program } from "../../internal/sync/mod.ts";

/** A counter that a sync drives, and a table through which another goes on: every completion fires once and makes the next invocation. */
const SPECS = `
concept: Counter
purpose: to count as far as it is told
actions:
  up:
    args: {n: int, to: int}
    outputs:
      - {case: Done, when: ":n >= :to"}
      - {case: Success, fields: {n: int, to: int}, result: {n: ":n + 1", to: ":to"}}
---
concept: Ledger
purpose: to keep what was added
state: {Entry: {key: [flow_token, n], fields: {flow_token: string, n: int, next: int}}}
actions:
  up:
    args: {n: int, to: int}
    outputs:
      - {case: Done, when: ":n >= :to"}
      - case: Success
        fields: {n: int, to: int}
        effects: ["INSERT INTO Entry VALUES (:flow_token, :n, :n + 1)"]
        result: {n: ":n", to: ":to"}
---
sync: count
when: {action: Counter.up, case: Success, bind: {n: output.n, to: output.to}}
then: {action: Counter.up, args: {n: bound.n, to: bound.to}}
---
sync: next-entry
when: {action: Ledger.up, case: Success, bind: {n: output.n, to: output.to}}
where: {from: Entry, filter: "n = :n", bind: {next: next}}
then: {action: Ledger.up, args: {n: bound.next, to: bound.to}}
`;

/** Of a flow, as a default run has them. */
export const FLOW_STEPS = 999;

/** The counter's program; `folder` is for its spec. */
export async function countingProgram(folder: string): Promise<Program> {
  const specs = join(folder, "counting");
  mkdirSync(specs, { recursive: true });
  writeFileSync(join(specs, "counter.concept.yaml"), SPECS);
  const set = await loadSpecs([specs], { baseDir: specs, nameOf: (path) => path, modules: { exports: () => [] } });
  const [error] = set.findings.filter(({ level }) => level === "error");
  if (error !== undefined) throw new Error(`the benchmark's specs do not load: ${error.message}`);
  return new Program(set);
}

export interface Counting {
  /** Default `Counter.up`; `Ledger.up` has an effect and a where-query in every step. */
  readonly action?: string;
  /** Of a flow; default {@link FLOW_STEPS}. */
  readonly flowSteps?: number;
  /** Called behind every flow with the steps so far. */
  readonly told?: (steps: number) => void;
}

/** Counts so many steps in flows, from an empty log on. A step is a completion, a firing and an invocation. */
export function countSteps(program: Program, store: Store, steps: number, counting: Counting = {}): void {
  const { action = "Counter.up", flowSteps = FLOW_STEPS, told } = counting;
  const engine = new Engine({ store, program, handlers: NO_HANDLERS, maxSteps: flowSteps + 1 });
  for (let done = 0; done < steps; done += flowSteps) {
    const args = { n: 0, to: Math.min(flowSteps, steps - done) };
    const outcome = engine.invoke({ action, args, flowToken: `flow-${done}` });
    if (outcome.kind !== "completed") throw new Error(`a flow of the benchmark ${outcome.kind}`);
    told?.(done + args.to);
  }
}
