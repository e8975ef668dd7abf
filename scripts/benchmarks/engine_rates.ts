import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadSpecs } from "../../internal/concept/mod.ts";
import { openReader, openTemplate, type Store } from "../../internal/store/mod.ts";
import { Engine, NO_HANDLERS, Program, replay } from "../../internal/sync/mod.ts";
import { canonicalStrict, invocationId } from "../../internal/value/mod.ts";
import { wall } from "../../internal/world/mod.ts";
import { atLeast, type Measured } from "./measured.ts";

/** Long enough for the compiler of JavaScript, and for the indexes of the log to grow. */
const STEPS = 20_000;
/** Of a flow, as a default run has them. */
const FLOW_STEPS = 1_000;
/** The first rounds compile; the fastest of the rest is what the code can do, since everything else only disturbs. */
const ROUNDS = 6;

/** A counter that a sync drives, and a table through which another goes on. */
const SPECS = `
concept: Counter
purpose: Count as far as it is told.
actions:
  up: {args: {n: int, to: int}, outputs: [{case: Done, when: ":n >= :to"}, {case: Success, fields: {n: int, to: int}, result: {n: ":n + 1", to: ":to"}}]}
---
concept: Ledger
purpose: Keep what was added.
state: {Entry: {key: [flow_token, n], fields: {flow_token: string, n: int, next: int}}}
actions:
  add:
    args: {n: int, to: int}
    outputs:
      - {case: Done, when: ":n >= :to"}
      - {case: Success, fields: {n: int, to: int}, effects: ["INSERT INTO Entry VALUES (:flow_token, :n, :n + 1)"], result: {n: ":n", to: ":to"}}
---
sync: count
when: {action: Counter.up, case: Success, bind: {n: output.n, to: output.to}}
then: {action: Counter.up, args: {n: bound.n, to: bound.to}}
---
sync: next-entry
when: {action: Ledger.add, case: Success, bind: {n: output.n, to: output.to}}
where: {from: Entry, filter: "n = :n", bind: {next: next}}
then: {action: Ledger.add, args: {n: bound.next, to: bound.to}}
`;

/** The concept engine, canonical form and ids, and replay (issue 4). A step is a completion, a firing and an invocation. */
export async function engineRates(folder: string): Promise<readonly Measured[]> {
  const program = await load(folder);
  return [
    atLeast("engine steps in memory, flows of 1,000", stepsPerSecond(program, "Counter.up", FLOW_STEPS), 50_000),
    atLeast("  one flow of 20,000", stepsPerSecond(program, "Counter.up", STEPS), 50_000),
    atLeast("  each with an effect and a where-query", stepsPerSecond(program, "Ledger.add", FLOW_STEPS), 25_000),
    microseconds("canonical form and id of an event", idSeconds(), 2),
    atLeast("events replayed", replayedPerSecond(program, folder), 100_000),
  ];
}

async function load(folder: string): Promise<Program> {
  const specs = join(folder, "specs");
  mkdirSync(specs, { recursive: true });
  writeFileSync(join(specs, "bench.concept.yaml"), SPECS);
  const set = await loadSpecs([specs], { baseDir: specs, nameOf: (path) => path, modules: { exports: () => [] } });
  const [error] = set.findings.filter(({ level }) => level === "error");
  if (error !== undefined) throw new Error(`the benchmark's specs do not load: ${error.message}`);
  return new Program(set);
}

/** Counts in flows of so many steps, on one log. */
function run(program: Program, store: Store, action: string, flowSteps: number): Store {
  const engine = new Engine({ store, program, handlers: NO_HANDLERS, maxSteps: flowSteps + 1 });
  for (let flow = 0; flow < STEPS / flowSteps; flow++) {
    const args = { n: 0, to: flowSteps };
    const outcome = engine.invoke({ action, args, flowToken: `flow-${flow}` });
    if (outcome.kind !== "completed") throw new Error(`the benchmark's flow ${outcome.kind}`);
  }
  return store;
}

function inMemory(program: Program): Store {
  return openTemplate(program.template(), { specHash: program.specHash });
}

function stepsPerSecond(program: Program, action: string, flowSteps: number): number {
  return STEPS / fastest(() => run(program, inMemory(program), action, flowSteps).close());
}

/** Of a file. */
function replayedPerSecond(program: Program, folder: string): number {
  const path = join(folder, "replay.db");
  const store = run(program, inMemory(program), "Counter.up", FLOW_STEPS);
  writeFileSync(path, store.serialize());
  store.close();
  const log = openReader(path);
  let events = 0;
  const seconds = fastest(() => {
    const result = replay(log, program, { handlers: NO_HANDLERS, maxSteps: FLOW_STEPS + 1 });
    if (result.divergence !== undefined) throw new Error("the replay diverged");
    events = result.events;
  });
  log.close();
  return events / seconds;
}

/** Of one event with a few args, nested ones too. */
function idSeconds(): number {
  const events = 100_000;
  const args = { quantity: 2, item_id: "SKU-001", tags: ["new", "sale"], detail: { limit: 10, days: 3 } };
  return (
    fastest(() => {
      let length = 0;
      for (let seq = 0; seq < events; seq++) {
        length += canonicalStrict(args).length + invocationId("flow-1", "Cart.addItem", args, seq).length;
      }
      if (length === 0) throw new Error("nothing was written");
    }) / events
  );
}

function microseconds(name: string, seconds: number, limit: number): Measured {
  const value = seconds * 1e6;
  return { name, value: `${value.toFixed(2)} µs`, limit: `at most ${limit} µs`, ok: value <= limit };
}

/** Seconds of the fastest round. */
function fastest(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = wall.monotonicMs();
    work();
    best = Math.min(best, (wall.monotonicMs() - start) / 1000);
  }
  return best;
}
