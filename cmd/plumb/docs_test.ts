import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { docSteps, oneTarget, runDocSteps } from "../../internal/testkit/mod.ts";

const PROJECT = resolve(import.meta.dir, "../..");
const documents = [
  "README.md",
  ...readdirSync(`${PROJECT}/docs`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

for (const target of oneTarget()) {
  describe(`the commands of the documents, ${target.name}`, () => {
    for (const document of documents) {
      test(`${document} does what it says`, () => {
        const steps = docSteps(readFileSync(resolve(PROJECT, document), "utf8"));
        const commands = steps.filter((step) => step.kind === "command");
        const results = runDocSteps(steps, target);
        expect(results.map(({ line, exit, stderr }) => ({ line, exit, stderr: exit === 0 ? "" : stderr }))).toEqual(
          commands.map(({ line, exit }, i) => ({ line, exit, stderr: exit === 0 ? "" : (results[i]?.stderr ?? "") })),
        );
        for (const [i, { line, output }] of commands.entries()) {
          if (output !== undefined) expect({ line, stdout: results[i]?.stdout }).toEqual({ line, stdout: output });
        }
      }, 60_000);
    }
  });
}

test("a document's steps are its files, its commands and what they print", () => {
  const markdown =
    "a\n```ami file=x_test.ami\nX\n```\n\n```sh exit=1\nfalse\n```\n\n```text\nout\n```\n\n```ts\nno\n```\n";
  expect(docSteps(markdown)).toEqual([
    { kind: "file", name: "x_test.ami", text: "X\n", line: 2 },
    { kind: "command", command: "false\n", output: "out\n", exit: 1, line: 6 },
  ]);
});
