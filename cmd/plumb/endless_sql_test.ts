import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { jsonLines, runPlumb, startPlumb, targets, tempFiles } from "../../internal/testkit/mod.ts";

const CONCEPT = `concept: Count
purpose: to count, in one way for ever
actions:
  all:
    outputs:
      - {case: Success, fields: {n: int}, result: {n: "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c)"}}
  some:
    outputs:
      - {case: Success, fields: {n: int}, result: {n: "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 9) SELECT count(*) FROM c)"}}
`;
const scenario = (name: string, action: string): string => `name: ${name}
specs: [count.concept.yaml]
flow:
  - {invoke: Count.some, expect: {case: Success, result: {n: 9}}}
  - {invoke: Count.${action}}
`;
const files = {
  "count.concept.yaml": CONCEPT,
  "a.scenario.yaml": scenario("a", "some"),
  "b.scenario.yaml": scenario("b", "all"),
  "c.scenario.yaml": scenario("c", "some"),
};

describe.each(targets())("SQL without end, $name", (target) => {
  test("fails its case; the others get their verdicts", () => {
    const { stdout, exit } = runPlumb(target, ["test", "--watchdog", "500", "--json"], { cwd: tempFiles(files) });
    const ends = jsonLines(stdout).filter(({ type }) => type === "test_end");
    expect(ends).toMatchObject([
      { name: "a", status: "pass" },
      { name: "b", status: "fail", code: "E_WORKER_HANG", blame: "subject" },
      { name: "c", status: "pass" },
    ]);
    expect(exit).toBe(1);
  });

  test.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)(
    "hears %s at once, long before the watchdog",
    async (signal, code) => {
      const began = join(tempFiles({}), "began");
      const cwd = tempFiles({
        "count.concept.yaml": `${CONCEPT}  begin: {outputs: [{case: Success}]}\nhandlers: begin.ts\n`,
        "begin.ts": `import { writeFileSync } from "node:fs";
export const begin = () => {
  writeFileSync(${JSON.stringify(began)}, "");
  return { case: "Success" };
};
`,
        "b.scenario.yaml": scenario("b", "all").replace("flow:", "setup: [{action: Count.begin}]\nflow:"),
      });
      const plumb = startPlumb(target, ["test", "--json", "--allow", "fs", "--watchdog", "600000"], { cwd });
      let signalled = 0;
      const waiting = setInterval(() => {
        if (signalled > 0 || !existsSync(began)) return;
        signalled = performance.now();
        plumb.signal(signal);
      }, 20);
      const { stdout, exit } = await plumb.finish();
      clearInterval(waiting);
      expect(exit).toBe(code);
      expect(jsonLines(stdout).at(-1)).toMatchObject({ type: "run_end", exit: { code, name: "interrupted" } });
      expect(performance.now() - signalled).toBeLessThan(5_000);
    },
    20_000,
  );
});
