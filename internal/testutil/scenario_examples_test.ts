import { expect, test } from "bun:test";
import { join } from "node:path";
import { run as packagedRun } from "../plumb/mod.ts";
import { DeterministicClock, FixedFlowGenerator, Harness, LoadError, run, type Scenario } from "./mod.ts";

// The worked examples of scenarios.md §9, as contributors write them: Acceptance rows 4 to 8.

const cart = join(import.meta.dir, "../../testdata/examples/cart");
const specs = ["inventory.concept.yaml", "cart.concept.yaml", "cart.sync.yaml"];

const adding = (new_quantity: number): Scenario => ({
  name: "adding",
  base_dir: cart,
  specs,
  flow_token: "test-flow-00000000-0000-0000-0000-000000000001",
  flow: [
    {
      invoke: "Cart.addItem",
      args: { item_id: "widget", quantity: 3 },
      expect: { case: "Success", result: { item_id: "widget", new_quantity } },
    },
  ],
});

test("scenarios row 4: a step passes, and two runs are equal in every id and seq", async () => {
  const first = await run(adding(3));
  expect(first.errors).toEqual([]);
  expect(first.pass).toBe(true);
  expect(first.trace.map(({ seq, id }) => [seq, id])).toEqual([
    [1, "82ceceb046e003fe007e13d91633bca4e905fbc715b62624ce12973f5b67af35"],
    [2, "65f4375e31078eea2edf1647ee72c1622c674a2b9a9493f72b277334d90cee33"],
  ]);
  expect(first.state.CartItem).toEqual([
    { flow_token: "test-flow-00000000-0000-0000-0000-000000000001", item_id: "widget", quantity: 3 },
  ]);
  expect(Object.keys(first.state)).toEqual(["CartItem", "OrderLine", "Reservation", "Shortage", "Stock"]);
  expect(await run(adding(3))).toEqual(first);
});

test("scenarios row 5: a failed expectation is a result, never a rejection", async () => {
  const { pass, errors } = await run(adding(5));
  expect(pass).toBe(false);
  expect(errors).toEqual(['step 1: field "new_quantity" expected 5, got 3']);
});

test("scenarios row 6: setup and step leave four events, each completion with its invocation", async () => {
  const { pass, trace } = await run({
    name: "reserving",
    base_dir: cart,
    specs,
    flow_token: "test-flow-00000000-0000-0000-0000-000000000003",
    setup: [{ action: "Inventory.setStock", args: { item_id: "widget", quantity: 10 } }],
    flow: [{ invoke: "Inventory.reserve", args: { item_id: "widget", quantity: 3 }, expect: { case: "Success" } }],
  });
  expect(pass).toBe(true);
  expect(trace.map(({ type, action_uri, seq }) => [type, action_uri, seq])).toEqual([
    ["invocation", "Inventory.setStock", 1],
    ["completion", "Inventory.setStock", 2],
    ["invocation", "Inventory.reserve", 3],
    ["completion", "Inventory.reserve", 4],
  ]);
  for (const [index, event] of trace.entries()) {
    if (event.type === "completion") expect(event.invocation).toBe(trace[index - 1]?.id ?? "");
  }
  expect(trace[3]?.id).toBe("f22e7fb3ed3f06b7985406944b8a307a4182cc1a6e78c835ca97531b5515fbc4");
});

test("scenarios row 7: two wrong fields, a wrong case and a failing assertion, in the order of section 8", async () => {
  const { errors } = await run({
    ...adding(3),
    flow: [
      {
        invoke: "Cart.addItem",
        args: { item_id: "widget", quantity: 3 },
        expect: { case: "Success", result: { new_quantity: 5, item_id: "gadget" } },
      },
      { invoke: "Cart.addItem", args: { item_id: "widget", quantity: 0 }, expect: { case: "Success" } },
    ],
    assertions: [{ type: "trace_never", action: "Cart.addItem", case: "InvalidQuantity" }],
  });
  expect(errors.slice(0, 3)).toEqual([
    'step 1: field "new_quantity" expected 5, got 3',
    'step 1: field "item_id" expected "gadget", got "widget"',
    'step 2: expected case "Success", got "InvalidQuantity"',
  ]);
  expect(errors[3]).toStartWith(
    'assertion 1 (trace_never) failed\n  expected: no Cart.addItem with case "InvalidQuantity"\n  actual: 1 at [3]\ntrace:\n  [1] Cart.addItem',
  );
  expect(errors.length).toBe(4);
});

test("scenarios row 8: a clock is used from where it stands, a flow wins over flow_token", async () => {
  const clock = new DeterministicClock();
  expect([clock.next(), clock.next(), clock.current()]).toEqual([1, 2, 2]);
  clock.reset();
  expect(clock.next()).toBe(1);
  const tokens = new FixedFlowGenerator("t");
  expect([tokens.generate(), tokens.generate(), tokens.generate()]).toEqual(["t", "t", "t"]);
  clock.reset();
  const first = await run(adding(3), { clock });
  clock.reset();
  expect((await run(adding(3), { clock })).trace).toEqual(first.trace);
  const later = await run(adding(3), { clock });
  expect(later.trace.map(({ seq }) => seq)).toEqual([3, 4]);
  const { state } = await run(adding(3), { flow: new FixedFlowGenerator("t") });
  expect(state.CartItem?.[0]?.flow_token).toBe("t");
});

test("what the command line would refuse is a LoadError with its findings", async () => {
  const wrong = await run({ ...adding(3), specs: ["nosuch.concept.yaml"] }).catch((error: unknown) => error);
  expect(wrong).toBeInstanceOf(LoadError);
  expect((wrong as LoadError).diagnostics.map(({ code }) => code)).toContain("E_SCN_SPEC_NOT_FOUND");
  await expect(run(join(cart, "nosuch.scenario.yaml"))).rejects.toBeInstanceOf(LoadError);
});

test("a file runs with its golden file, one with cases until the first that does not pass", async () => {
  expect((await run(join(cart, "checkout_success.scenario.yaml"))).errors).toEqual([]);
  const { pass, state } = await run(join(cart, "stock_levels.scenario.yaml"));
  expect(pass).toBe(true);
  expect(state.Stock).toEqual([{ item_id: "gadget", available: 2, reserved: 0 }]);
});

test("a logger takes the lines of -v; without one nothing is logged", async () => {
  const lines: string[] = [];
  await run(adding(3), { logger: (line) => void lines.push(line) });
  expect(lines).toEqual([
    "flow step completed step=1 action=Cart.addItem invocation_id=82ceceb046e003fe007e13d91633bca4e905fbc715b62624ce12973f5b67af35 completion_id=65f4375e31078eea2edf1647ee72c1622c674a2b9a9493f72b277334d90cee33 output_case=Success",
  ]);
});

test("a harness runs the steps that it is given, on one log", async () => {
  const scenario = { ...adding(3), assertions: [{ type: "trace_count", action: "Cart.addItem", count: 1 }] } as const;
  using harness = new Harness(scenario);
  await harness.executeSetup([{ action: "Inventory.setStock", args: { item_id: "widget", quantity: 1 } }]);
  const { errors, trace } = await harness.executeFlow(scenario.flow);
  expect(errors).toEqual([]);
  expect(trace.map(({ action_uri }) => action_uri)).toEqual([
    "Inventory.setStock",
    "Inventory.setStock",
    "Cart.addItem",
    "Cart.addItem",
  ]);
  using missed = new Harness(scenario);
  await missed.executeSetup([{ action: "Inventory.setStock", args: { item_id: "widget", quantity: -1 } }]);
  expect((await missed.executeFlow(scenario.flow)).errors).toEqual([
    'setup 1: expected case "Success", got "InvalidQuantity"',
  ]);
});

test("a harness that is closed has given its log up, and does nothing more", async () => {
  const scenario = adding(3);
  const harness = new Harness(scenario);
  harness.close();
  await expect(harness.executeFlow(scenario.flow)).rejects.toThrow("this harness is closed");
  const used = new Harness(scenario);
  expect((await used.executeFlow(scenario.flow)).errors).toEqual([]);
  used.close();
  used.close();
  await expect(used.executeSetup([])).rejects.toThrow("this harness is closed");
});

test("the package exports the same", () => expect(packagedRun).toBe(run));
