import { describe, expect, test } from "bun:test";
import { HandlerThreads } from "../../handlers/mod.ts";
import { Program } from "../../sync/mod.ts";
import { tempFiles } from "../../testkit/mod.ts";
import { run } from "./harness.ts";
import { ScenarioRun } from "./scenario_run.ts";
import type { ExpectClause, FlowStep, Scenario } from "./scenario_types.ts";
import { load } from "./session.ts";

// What becomes of steps (scenarios.md §7, Running), in process.

const SPEC = `concept: Bank
purpose: Keeps accounts.
state:
  Account:
    key: name
    fields: {name: string, cents: int, open: bool, tags: object}
actions:
  open:
    args: {name: string, cents: int}
    outputs:
      - {case: Taken, when: "EXISTS (SELECT 1 FROM Account WHERE name = :name)"}
      - case: Success
        fields: {name: string, at: int}
        effects: ["INSERT INTO Account (name, cents, open, tags) VALUES (:name, :cents, 1, json_object('by', :name))"]
        result: {name: ":name", at: ":seq"}
  close:
    args: {name: string}
    outputs: [{case: Success, effects: ["UPDATE Account SET open = 0 WHERE name = :name"]}]
  spend:
    args: {name: string}
    outputs: [{case: Success, when: "0"}]
  ask:
    args: {q: string}
    outputs: [{case: Success, fields: {a: string, b: string}}, {case: Busy}]
  only:
    outputs: [{case: Odd}]
---
sync: ask-on-close
when: {action: Bank.close, case: Success, match: {args.name: "?name"}}
then: {action: Bank.ask, args: {q: bound.name}}
`;

const [concept = "", sync = ""] = SPEC.split("---\n");
const base_dir = tempFiles({ "bank.concept.yaml": concept, "bank.sync.yaml": sync });

const scenario = (flow: readonly FlowStep[], more: Partial<Scenario> = {}): Scenario => ({
  name: "s",
  base_dir,
  specs: ["bank.concept.yaml"],
  flow,
  golden: false,
  assertions: [{ type: "trace_never", action: "Bank.only" }],
  ...more,
});
const open = (name: string, expected: ExpectClause = { case: "Success" }): FlowStep => ({
  invoke: "Bank.open",
  args: { name, cents: 5 },
  expect: expected,
});

describe("setup", () => {
  test("that misses what it expects ends the case: no step runs, nothing else is judged", async () => {
    const setup = ["a", "a", "b"].map((name) => ({ action: "Bank.open", args: { name, cents: 1 } }));
    const { errors, trace } = await run(
      scenario([open("c")], { setup, assertions: [{ type: "trace_never", action: "Bank.open" }] }),
    );
    expect(errors).toEqual(['setup 2: expected case "Success", got "Taken"']);
    expect(trace.length).toBe(4);
  });

  test("may expect another case", async () => {
    const twice = { action: "Bank.open", args: { name: "a", cents: 1 } };
    const setup = [twice, { ...twice, expect: { case: "Taken" } }];
    expect((await run(scenario([open("b")], { setup }))).errors).toEqual([]);
  });
});

describe("a step", () => {
  test("without expect may end as it likes; every mismatch of every step is collected", async () => {
    const any = { invoke: "Bank.open", args: { name: "a", cents: 5 } };
    const wrong = open("a", { case: "Success", result: { at: 1, name: "b" } });
    const { errors } = await run(scenario([any, any, wrong, wrong]));
    expect(errors).toEqual(
      ["step 3", "step 4"].flatMap((step) => [
        `${step}: expected case "Success", got "Taken"`,
        `${step}: missing result field "at"`,
        `${step}: missing result field "name"`,
      ]),
    );
  });

  test("that is refused lets the flow go on", async () => {
    const first = { ...open("z"), capture: { n: "output.at" } };
    const refused = { ...open("a"), args: { name: "$" + "{n}", cents: 5 } };
    const { errors, trace } = await run(scenario([first, refused, open("b")]));
    expect(errors).toEqual(["step 2: E_ARG_TYPE: the arg name of Bank.open is declared as string, got 1"]);
    expect(trace.length).toBe(4);
  });

  test("may expect to be refused", async () => {
    const wrong = { invoke: "Bank.open", args: { name: "a" }, expect: { error: "E_ARG_MISSING" } };
    expect((await run(scenario([wrong, open("a")]))).errors).toEqual([]);
    const other = { ...wrong, expect: { error: "E_FLOW_CLOSED" } };
    const { errors } = await run(scenario([other]));
    expect(errors[0]).toStartWith("step 1: expected error E_FLOW_CLOSED, got E_ARG_MISSING: ");
  });

  test("that expects an error and completes misses it", async () => {
    const { errors } = await run(scenario([open("a", { error: "E_SYNC_CYCLE" }), open("b")]));
    expect(errors).toEqual(['step 1: expected error E_SYNC_CYCLE, got case "Success"']);
  });
});

describe("a flow failure", () => {
  const spend: FlowStep = { invoke: "Bank.spend", args: { name: "a" } };

  test("that nobody expects ends the flow; assertions are not judged", async () => {
    const assertions = [{ type: "trace_never", action: "Bank.open" }] as const;
    const { errors, trace } = await run(scenario([open("a"), spend, open("b"), open("c")], { assertions }));
    expect(errors.length).toBe(2);
    expect(errors[0]).toStartWith("step 2: E_NO_OUTPUT: ");
    expect(errors[1]).toBe("steps 3-4 not run");
    expect(trace.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test("that is expected lets assertions be judged; steps behind it do not run all the same", async () => {
    const expected = { ...spend, expect: { error: "E_NO_OUTPUT" } };
    const assertions = [{ type: "trace_count", action: "Bank.open", count: 2 }] as const;
    const passing = [{ type: "trace_count", action: "Bank.open", count: 1 }] as const;
    expect((await run(scenario([open("a"), expected], { assertions: passing }))).errors).toEqual([]);
    const { errors } = await run(scenario([open("a"), expected, open("b")], { assertions }));
    expect(errors[0]).toBe("step 3 not run");
    expect(errors[1]).toStartWith("assertion 1 (trace_count) failed\n  expected: 2 of Bank.open\n  actual: 1 at [1]\n");
  });

  test("of another code than expected is a mismatch, and nothing else is judged", async () => {
    const { errors } = await run(
      scenario([{ ...spend, expect: { error: "E_QUOTA_EXCEEDED" } }], {
        assertions: [{ type: "trace_never", action: "Bank.spend" }],
      }),
    );
    expect(errors.length).toBe(1);
    expect(errors[0]).toStartWith("step 1: expected error E_QUOTA_EXCEEDED, got E_NO_OUTPUT: ");
  });
});

test("a stub that nobody used is told also where the flow ended with the failure that was expected", async () => {
  const warningsOf = async (flow: readonly FlowStep[]) => {
    const stubs = { "Bank.ask": [{ case: "Busy" }] };
    const { cases, specs } = await load(scenario(flow, { stubs }));
    const [spec] = cases;
    if (spec === undefined) throw new Error("no case");
    const made = new ScenarioRun(spec, { program: new Program(specs), handlers: new HandlerThreads({ open: false }) });
    made.setup(spec.setup);
    made.flow(spec.flow);
    const warnings = made.warnings.map(({ code }) => code);
    made.close();
    return warnings;
  };
  const spend = { invoke: "Bank.spend", args: { name: "a" } };
  expect(await warningsOf([{ ...spend, expect: { error: "E_NO_OUTPUT" } }])).toEqual(["W_STUB_UNUSED"]);
  // Nothing is said of one whose step never came.
  expect(await warningsOf([{ ...spend, expect: { case: "Success" } }])).toEqual([]);
});

describe("variables", () => {
  const name = "$" + "{name}";
  const at = "$" + "{at}";

  test("that a step captures are known to later steps and to assertions, with their types", async () => {
    const { errors } = await run(
      scenario(
        [
          { ...open("a"), capture: { name: "output.name", at: "output.at" } },
          {
            invoke: "Bank.open",
            args: { name: `${name}-${at}`, cents: at },
            expect: { case: "Success", result: { at: 3 } },
          },
        ],
        {
          assertions: [
            {
              type: "final_state",
              table: "Account",
              where: { name },
              expect: { cents: 5, open: true, tags: { by: name } },
            },
            { type: "final_state", table: "Account", where: { cents: at }, expect: { name: "a-1" } },
          ],
        },
      ),
    );
    expect(errors).toEqual([]);
  });

  test("whose path is absent are E_SCN_CAPTURE; what needs them is told, and cannot run", async () => {
    const taken = { ...open("a"), capture: { at: "output.at" } };
    const { errors } = await run(
      scenario([open("a"), taken, { ...open("b"), args: { name: "b", cents: at } }, open("c")]),
    );
    expect(errors).toEqual([
      'step 2: expected case "Success", got "Taken"',
      "step 2: E_SCN_CAPTURE: output.at is absent from the result {}",
      "step 3: E_SCN_VAR: at has no value: the step that captures it did not get to it",
      "step 4 not run",
    ]);
  });
});

describe("completions without a body", () => {
  const both = { specs: ["bank.concept.yaml", "bank.sync.yaml"] };
  const close: FlowStep = { invoke: "Bank.close", args: { name: "a" }, expect: { case: "Success" } };

  test("are refused for a root, and fail the flow of a fired action", async () => {
    const ask = { invoke: "Bank.ask", args: { q: "x" }, expect: { error: "E_ACTION_UNIMPLEMENTED" } };
    expect((await run(scenario([ask, open("a")]))).errors).toEqual([]);
    const { errors } = await run(scenario([close], both));
    expect(errors[0]).toStartWith("step 1: E_ACTION_UNIMPLEMENTED: ");
  });

  test("are what the step expects, as far as it says; of fired actions Success", async () => {
    const assume = { ...both, unimplemented: "assume" } as const;
    const ask = { invoke: "Bank.ask", args: { q: "x" }, expect: { case: "Success", result: { a: "y" } } };
    const { errors, trace } = await run(scenario([ask, close], assume));
    expect(errors).toEqual([]);
    const completions = trace.filter((event) => event.type === "completion");
    expect(completions.map(({ action_uri, result, assumed }) => [action_uri, result, assumed])).toEqual([
      ["Bank.ask", { a: "y" }, true],
      ["Bank.close", {}, undefined],
      ["Bank.ask", {}, true],
    ]);
  });

  test("are not assumed where neither the step nor Success says what", async () => {
    const only = { invoke: "Bank.only", expect: { error: "E_ACTION_UNIMPLEMENTED" } };
    const assume = { unimplemented: "assume", assertions: [{ type: "trace_never", action: "Bank.open" }] } as const;
    expect((await run(scenario([only], assume))).errors).toEqual([]);
    expect((await run(scenario([{ ...only, expect: { case: "Odd" } }], assume))).errors).toEqual([]);
  });

  test("come from the first stub that matches and is not used up", async () => {
    const stubs = {
      "Bank.ask": [
        { args: { q: "x" }, case: "Busy", times: 1 },
        { case: "Success", result: { a: "1", b: "2" } },
      ],
    };
    const ask = (q: string, expected: string) => ({ invoke: "Bank.ask", args: { q }, expect: { case: expected } });
    const flow = [ask("y", "Success"), ask("x", "Busy"), ask("x", "Success")];
    expect((await run(scenario(flow, { stubs }))).errors).toEqual([]);
  });
});

test("two runs are equal, whatever ran between", async () => {
  const flow = [open("a"), open("b"), open("a", { case: "Taken" })];
  const first = await run(scenario(flow));
  await run(scenario([open("z")]));
  expect(await run(scenario(flow))).toEqual(first);
});
