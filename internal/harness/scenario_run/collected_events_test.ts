import { expect, test } from "bun:test";
import { join, resolve } from "node:path";
import { handlerModules } from "../../handlers/mod.ts";
import { NO_HANDLERS, Program } from "../../sync/mod.ts";
import { eventJson } from "../../trace/mod.ts";
import { loadScenario, SpecSets } from "../scenario/mod.ts";
import { ScenarioRun } from "./scenario_run.ts";

const CART = join(import.meta.dir, "../../../testdata/examples/cart");
const nameOf = (path: string) => path;

test("what the engine tells is what the log holds, event by event", async () => {
  const specSets = new SpecSets(nameOf, handlerModules({ open: false }));
  for (const name of ["checkout_success", "checkout_insufficient_stock", "stock_levels"]) {
    const file = await loadScenario(resolve(CART, `${name}.scenario.yaml`), { cwd: CART, nameOf, specSets });
    const program = new Program(file.specs);
    for (const spec of file.cases) {
      const run = new ScenarioRun(spec, { program, handlers: NO_HANDLERS });
      run.setup(spec.setup);
      run.flow(spec.flow);
      const { events } = run.store.reader.trace({ flow_token: spec.flowToken, status: "open" });
      expect(run.events().map(eventJson)).toEqual(events.map(eventJson));
      expect(events.length).toBeGreaterThan(7);
      run.close();
    }
  }
});
