import { expect, test } from "bun:test";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { docSteps, tempDir, writeFiles } from "../../internal/testkit/mod.ts";

const PROJECT = resolve(import.meta.dir, "../..");

test("the test that docs/scenarios.md shows runs in a project that depends on the package", () => {
  const markdown = readFileSync(join(PROJECT, "docs/scenarios.md"), "utf8");
  const files = docSteps(markdown).flatMap((step) => (step.kind === "file" ? [[step.name, step.text] as const] : []));
  const example = /^```ts\n([\s\S]*?)^```$/m.exec(markdown)?.[1] ?? "";
  expect(example).toContain('from "plumb"');
  const folder = tempDir();
  writeFiles(folder, { ...Object.fromEntries(files), "waiting.test.ts": example });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(PROJECT, join(folder, "node_modules/plumb"));
  const { stderr, exitCode } = Bun.spawnSync([process.execPath, "test"], { cwd: folder, env: { PATH: "" } });
  expect(stderr.toString()).toContain(" 1 pass\n 0 fail\n");
  expect(exitCode).toBe(0);
}, 30_000);
