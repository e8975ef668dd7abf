import { describe, expect, test } from "bun:test";
import { oneTarget, runPlumb, tempFiles } from "../../internal/testkit/mod.ts";

const CONCEPT = `concept: Box
purpose: Keep things.
state: {Thing: {key: name, fields: {name: string, size: int}}}
actions:
  put:
    args: {name: string, size: int}
    outputs:
      - case: Success
        fields: {count: int, name: string}
        effects: ["INSERT INTO Thing (name, size) VALUES (:name, :size)"]
        result: {count: "(SELECT count(*) FROM Thing)", name: ":name"}
`;

for (const target of oneTarget()) {
  const run = (scenario: string) => {
    const cwd = tempFiles({
      "box.concept.yaml": CONCEPT,
      "a.scenario.yaml": `name: a\nspecs: [box.concept.yaml]\n${scenario}`,
    });
    return runPlumb(target, ["test", "a.scenario.yaml"], { cwd });
  };

  describe(`variables of scenarios, ${target.name}`, () => {
    test("what a step captures may stand in values, in texts, as a number and as a name", () => {
      const scenario = `flow:
  - {invoke: Box.put, args: {name: a, size: 3}, expect: {case: Success}, capture: {n: output.count, name: output.name}}
  - {invoke: Box.put, args: {name: "\${name}-\${n}", size: "\${n}"}, expect: {case: Success, result: {name: "\${name}-1", count: 2}}, capture: {two: count}}
assertions:
  - {type: trace_count, action: Box.put, count: "\${two}"}
  - {type: final_state, table: Thing, rows: "\${two}"}
  - {type: final_state, table: Thing, where: {name: "\${name}-\${n}"}, expect: {size: "\${n}"}}
`;
      expect(run(scenario)).toMatchObject({ stderr: "", exit: 0 });
      const { stdout, exit } = run(scenario.replace('count: "${two}"', 'count: "${n}"'));
      expect(exit).toBe(1);
      expect(stdout).toContain("|   expected: 1 of Box.put\n     |   actual: 2 at [1], [3]");
    });

    test("a captured value that makes no sense where it stands fails the case", () => {
      const { stdout, exit } = run(`flow: [{invoke: Box.put, args: {name: a, size: 3}, capture: {n: name}}]
assertions: [{type: trace_count, action: Box.put, count: "\${n}"}]
`);
      expect(stdout).toContain(
        'assertion 1 (trace_count): E_SCN_VAR: E_KEY_TYPE: count must be an int of at least 0, found "a"',
      );
      expect(exit).toBe(1);
    });

    test("a step that expects an error may give what is no value", () => {
      const step = (args: string, error: string) =>
        `flow: [{invoke: Box.put, args: ${args}, expect: {error: ${error}}}]\n`;
      for (const [args, error] of [
        ["{name: a, size: 1.5}", "E_VALUE_FLOAT"],
        ["{name: a, size: 2.0}", "E_VALUE_FLOAT"],
        ["{name: ~, size: 1}", "E_VALUE_NULL"],
        ["{name: a, size: 9223372036854775808}", "E_VALUE_RANGE"],
        ["{name: a, size: x}", "E_ARG_TYPE"],
        ["{name: a, sise: 1}", "E_ARG_UNKNOWN"],
      ] as const) {
        expect([error, run(step(args, error)).exit]).toEqual([error, 0]);
      }
      const { stdout, exit } = run(step("{name: a, size: 1.5}", "E_ARG_TYPE"));
      expect(stdout).toContain("step 1: expected error E_ARG_TYPE, got E_VALUE_FLOAT: $.size is 1.5");
      expect(exit).toBe(1);
      expect(run("flow: [{invoke: Box.put, args: {name: a, size: 1.5}, expect: {case: Success}}]\n").exit).toBe(2);
    });
  });
}
