import { afterAll, describe, expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { sampleContext, sampleEvent, sampleModules } from "./sample_modules.ts";
import { closed, closeWorkers, fault, open, real, result } from "./sample_workers.ts";

afterAll(closeWorkers);

describe("what is closed", () => {
  test.each([
    "Bun.env",
    'Bun.file("x")',
    "globalThis.Bun.file('x')",
    "process.env.HOME",
    "typeof process",
    "({ file: 1, ...Bun })",
    "Bun",
    "prompt()",
  ])("throws E_WORKER_IO at %s", (expression) => {
    const found = result(`export const f = () => [${expression}];`);
    expect(found).toEqual(
      fault("E_WORKER_IO", expect.stringMatching(/^a worker module may not use (Bun|process|prompt) without/)),
    );
  });

  test.each(['Bun.file("x").name', "process.cwd().length > 0 ? 'x' : ''", 'basename("/a/x")'])(
    "is there with a capability: %s",
    (expression) => {
      const text = `import { basename } from "node:path"; export const f = () => [${expression}, basename("y")];`;
      expect(result(text, 1, open)).toEqual(["x", "y"]);
    },
  );

  test("is opened for the modules of a file with fs or net, and for no others", () => {
    const path = join(sampleModules({ "w.ts": 'import "node:fs"; export const f = () => typeof process;' }), "w.ts");
    expect(closed.exports(path)).toMatchObject({ code: "E_WORKER_IO" });
    expect(closed.exports(path, new Set(["io", "device"]))).toMatchObject({ code: "E_WORKER_IO" });
    for (const capability of ["fs", "net"]) {
      const granted = new Set([capability]);
      expect(closed.exports(path, granted)).toEqual(["f"]);
      expect(closed.worker(path, "f", granted)(sampleEvent(1), sampleContext())).toBe("object");
    }
    expect(closed.worker(path, "f")(sampleEvent(1), sampleContext())).toMatchObject({ code: "E_WORKER_IO" });
  });

  test("a worker may be called process, and its module may be CommonJS or have a first line for the shell", () => {
    const folder = sampleModules({
      "w.ts":
        '#!/usr/bin/env bun\nimport old from "./old.cjs"; import data from "./d.json"; export function process(ev) { return [old.a, data]; }',
      "old.cjs": "module.exports = { a: 1 };",
      "d.json": '{"b":2}',
    });
    expect(closed.exports(join(folder, "w.ts"))).toEqual(["process"]);
    expect(closed.worker(join(folder, "w.ts"), "process")(sampleEvent(1), sampleContext())).toEqual([1, { b: 2 }]);
  });

  test("a module that is a pipe by the time that it is loaded fails at once", () => {
    const folder = sampleModules({ "w.ts": 'import "./link.ts"; export const f = () => 1;' });
    Bun.spawnSync(["mkfifo", join(folder, "p.ts")]);
    symlinkSync("p.ts", join(folder, "link.ts"));
    expect(closed.worker(join(folder, "w.ts"), "f")(sampleEvent(1), sampleContext())).toEqual(
      fault("E_WORKER_PANIC", expect.stringContaining("it is not a regular file")),
    );
  });

  test.each([closed, open, real])("plumb can be imported", (workers) => {
    expect(result('import * as plumb from "plumb"; export const f = () => Object.keys(plumb);', 1, workers)).toEqual(
      [],
    );
  });
});
