import { cpSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { handlerModules } from "../../internal/handlers/mod.ts";
import { judgeScenario, loadScenario, ScenarioRun, SpecSets } from "../../internal/harness/mod.ts";
import { NO_HANDLERS, Program } from "../../internal/sync/mod.ts";
import { wall } from "../../internal/world/mod.ts";
import { atLeast, type Measured } from "./measured.ts";

const CART = join(import.meta.dir, "../../testdata/examples/cart");
const CASES = 100;
/** The first rounds compile; the fastest of the rest is what the code can do, since everything else only disturbs. */
const ROUNDS = 60;

/** Two concepts, two syncs, a setup and two flow steps, of which the last fires a sync, and the final state (issue 4). */
const SCENARIO = `name: bench
specs: [inventory.concept.yaml, cart.concept.yaml, cart.sync.yaml]
setup:
  - {action: Inventory.setStock, args: {item_id: widget, quantity: 10}}
flow:
  - {invoke: Cart.addItem, args: {item_id: widget, quantity: 3}, expect: {case: Success, result: {new_quantity: 3}}}
  - {invoke: Cart.checkout, expect: {case: Success, result: {total_items: 3}}}
assertions:
  - {type: final_state, table: Stock, where: {item_id: widget}, expect: {available: 7, reserved: 3}}
`;

/** Complete scenarios a second in this process: each on a database of its own, from the first step to its verdict. */
export async function scenarioRates(folder: string): Promise<readonly Measured[]> {
  const cart = join(folder, "cart");
  cpSync(CART, cart, { recursive: true });
  const path = join(cart, "bench.scenario.yaml");
  writeFileSync(path, SCENARIO);
  const nameOf = (file: string): string => relative(folder, file);
  const specSets = new SpecSets(nameOf, handlerModules({ open: false }));
  const { cases, specs, findings } = await loadScenario(path, { cwd: folder, nameOf, specSets });
  const [spec] = cases;
  if (spec === undefined) throw new Error(`the benchmark's scenario does not load: ${findings[0]?.message}`);
  const program = new Program(specs);
  const once = (): void => {
    const run = new ScenarioRun(spec, { program, handlers: NO_HANDLERS });
    run.setup(spec.setup);
    run.flow(spec.flow);
    const [finding] = judgeScenario(run).findings;
    run.close();
    if (finding !== undefined) throw new Error(finding.message);
  };
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = wall.monotonicMs();
    for (let n = 0; n < CASES; n += 1) once();
    best = Math.min(best, wall.monotonicMs() - start);
  }
  return [atLeast("complete scenario, on a database of its own", (CASES * 1000) / best, 3_000)];
}
