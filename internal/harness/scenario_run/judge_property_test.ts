import { expect, test } from "bun:test";
import { join } from "node:path";
import * as fc from "fast-check";
import { loadSpecs } from "../../concept/mod.ts";
import { NO_HANDLERS, Program } from "../../sync/mod.ts";
import type { TraceEvent } from "../../trace/mod.ts";
import type { Strict } from "../../value/mod.ts";
import type { Assertion, InvokeStep, LateValue, ScenarioSpec } from "../scenario/mod.ts";
import { judgeScenario } from "./judge_scenario.ts";
import { ScenarioRun } from "./scenario_run.ts";
import { stateRows } from "./state_rows.ts";

// A law of judging: what is read off a trace and a state holds on them, and does not any more when it is changed.

const CART = join(import.meta.dir, "../../../testdata/examples/cart");
const modules = { exports: () => [] };
const program = new Program(await loadSpecs(["."], { baseDir: CART, nameOf: (path) => path, modules }));

const at = { file: "s", pos: { line: 1, column: 1, offset: 0 } };
const late = (value: unknown): LateValue => ({ kind: "value", value: value as Strict });

const item = fc.constantFrom("widget", "gadget");
const quantity = fc.integer({ min: -1, max: 4 });
const step = fc
  .oneof(
    fc.record({ action: fc.constant("Inventory.setStock"), args: fc.record({ item_id: item, quantity }) }),
    fc.record({ action: fc.constant("Cart.addItem"), args: fc.record({ item_id: item, quantity }) }),
    fc.record({ action: fc.constant("Cart.removeItem"), args: fc.record({ item_id: item }) }),
    fc.record({ action: fc.constant("Cart.checkout"), args: fc.constant({}) }),
  )
  .map(
    ({ action, args }): InvokeStep => ({
      ...at,
      action,
      args: Object.entries(args).map(([name, value]) => [name, late(value)]),
      expect: undefined,
      capture: [],
    }),
  );

const flows = fc.array(step, { minLength: 1, maxLength: 8 });

function executed(flow: readonly InvokeStep[]): ScenarioRun {
  const spec: ScenarioSpec = {
    name: "s",
    case: undefined,
    title: "s",
    pos: at.pos,
    flowToken: "f",
    stubs: [],
    unimplemented: "error",
    maxSteps: 1000,
    timeoutMs: undefined,
    golden: { mode: "never", path: "", shown: "", pos: at.pos },
    setup: [],
    flow,
    assertions: [],
  };
  const run = new ScenarioRun(spec, { program, handlers: NO_HANDLERS });
  run.flow(flow);
  return run;
}

/** Everything that the assertions of §8 can say of a run. */
function assertionsOf(run: ScenarioRun): Assertion[] {
  const events = run.events();
  const byId = new Map(events.map((event) => [event.id, event]));
  const ofEvents = events.flatMap((event): Assertion[] => {
    const action = event.action_uri;
    if (event.type === "completion") {
      const { output_case, result } = event;
      return [
        { ...at, type: "completion", action, case: output_case, args: undefined, result: late(result), exact: true },
      ];
    }
    const { args, cause } = event;
    const contains = { action, args: late(args), case: undefined, result: undefined, cause: cause?.sync };
    const from = cause === undefined ? undefined : byId.get(cause.completion)?.action_uri;
    return [
      { ...at, type: "trace_contains", ...contains },
      ...(cause === undefined || from === undefined
        ? []
        : [{ ...at, type: "provenance", from, via: cause.sync, to: action, bindings: late(cause.bindings) } as const]),
    ];
  });
  const asked = events.filter(({ type }) => type === "invocation").map(({ action_uri }) => action_uri);
  const counts = [...new Set(asked)].map((action): Assertion => {
    const count = asked.filter((other) => other === action).length;
    return { ...at, type: "trace_count", action, count, args: undefined, case: undefined };
  });
  const states = program.tables.map((table): Assertion => {
    const rows = late(stateRows(run.store.db, table));
    return { ...at, type: "final_state", table: table.name, where: undefined, is: { kind: "rows", rows } };
  });
  return [...ofEvents, ...counts, ...states, { ...at, type: "trace_order", actions: asked }];
}

/** The same said of something that did not happen. */
function wrong(assertion: Assertion): Assertion {
  switch (assertion.type) {
    case "trace_contains":
      return { ...assertion, args: late({ nobody: "has this" }) };
    case "completion":
      return { ...assertion, case: "Nothing" };
    case "trace_count":
      return { ...assertion, count: assertion.count + 1 };
    case "trace_order":
      return { ...assertion, actions: [...assertion.actions, "Cart.checkout"] };
    case "provenance":
      return { ...assertion, bindings: late({ quantity: 99 }) };
    case "final_state":
      return { ...assertion, is: { kind: "count", count: 1_000 } };
    case "trace_never":
      return assertion;
  }
}

const codesOf = (run: ScenarioRun, assertions: readonly Assertion[]) =>
  judgeScenario(run, { ...run.spec, assertions }).findings.map(({ code }) => code);

test("what is read off a run holds on it; each part that is changed fails, alone", () => {
  fc.assert(
    fc.property(flows, fc.nat(), (flow, pick) => {
      const run = executed(flow);
      const assertions = assertionsOf(run);
      expect(judgeScenario(run, { ...run.spec, assertions }).findings).toEqual([]);
      const chosen = pick % assertions.length;
      const changed = assertions.map((assertion, index) => (index === chosen ? wrong(assertion) : assertion));
      expect(codesOf(run, changed)).toEqual(["E_ASSERTION_FAILED"]);
      run.close();
    }),
    { numRuns: 150 },
  );
});

test("trace_never says the opposite of trace_contains", () => {
  fc.assert(
    fc.property(flows, item, (flow, item_id) => {
      const run = executed(flow);
      const action = "Cart.addItem";
      const args = late({ item_id });
      const never: Assertion = { ...at, type: "trace_never", action, args, case: undefined };
      const some: Assertion = {
        ...at,
        type: "trace_contains",
        action,
        args,
        case: undefined,
        result: undefined,
        cause: undefined,
      };
      expect(codesOf(run, [never, some])).toHaveLength(1);
      run.close();
    }),
    { numRuns: 100 },
  );
});

test("two runs of the same steps leave equal events", () => {
  fc.assert(
    fc.property(flows, (flow) => {
      const [first, second]: (readonly TraceEvent[])[] = [executed(flow), executed(flow)].map((run) => {
        const events = run.events();
        run.close();
        return events;
      });
      expect(second).toEqual(first ?? []);
    }),
    { numRuns: 100 },
  );
});
