import { afterAll, describe, expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { closeSamples, SampleCalls } from "./sample_calls.ts";

afterAll(closeSamples);

const closed = new SampleCalls();
/** As outside tests. */
const real = new SampleCalls({ open: true, virtual: false });
/** As handlers are in tests: they may know the machine's time. */
const timed = new SampleCalls({ virtual: false });

const moduleOf = (text: string): string => join(tempFiles({ "m.ts": text }), "m.ts");

describe("what reaches the host", () => {
  test.each([
    ["Bun.env", "Bun"],
    ['Bun.file("x")', "Bun"],
    ["globalThis.Bun.file('x')", "Bun"],
    ["process.env.HOME", "process"],
    ["typeof process", "process"],
    ["({ file: 1, ...Bun })", "Bun"],
    ["Bun", "Bun"],
    ["prompt()", "prompt"],
    ['fetch("http://localhost")', "fetch"],
    ['new WebSocket("ws://localhost")', "WebSocket"],
    ['new Worker("./x.ts")', "Worker"],
    ['((meta) => meta.require("node:fs"))(import.meta)', "import.meta.require"],
    ['(import.meta as any)["require"]("node:fs")', "import.meta.require"],
  ])("is closed: %s", (expression, name) => {
    const path = moduleOf(`export const f = () => [${expression}];`);
    const expected = { code: "E_IO", message: `a sample module may not use ${name} without leave` };
    expect([closed.call(path, "f"), timed.call(path, "f")]).toEqual([expected, expected]);
  });

  test("is closed also while a module is loaded", () => {
    expect(closed.call(moduleOf("const home = process.env.HOME; export const f = () => home;"), "f")).toEqual({
      code: "E_IO",
      message: "m.ts cannot be loaded: a sample module may not use process without leave",
    });
  });

  test.each(['Bun.file("x").name', "process.cwd().length > 0 ? 'x' : ''", 'basename("/a/x")'])(
    "is there if it is open: %s",
    (expression) => {
      const text = `import { basename } from "node:path"; export const f = () => [${expression}, basename("y"), typeof fetch];`;
      expect(real.call(moduleOf(text), "f")).toEqual(["x", "y", "function"]);
    },
  );
});

test("an export may be called process, and its module may be CommonJS or have a first line for the shell", () => {
  const folder = tempFiles({
    "m.ts":
      '#!/usr/bin/env bun\nimport old from "./old.cjs"; import data from "./d.json"; export function process() { return [old.a, data]; }',
    "old.cjs": "module.exports = { a: 1 };",
    "d.json": '{"b":2}',
  });
  expect(closed.call(join(folder, "m.ts"), "process")).toEqual([1, { b: 2 }]);
});

test("a module that is a pipe by the time that it is loaded fails at once", () => {
  const folder = tempFiles({ "m.ts": 'import "./link.ts"; export const f = () => 1;' });
  Bun.spawnSync(["mkfifo", join(folder, "p.ts")]);
  symlinkSync("p.ts", join(folder, "link.ts"));
  expect(closed.call(join(folder, "m.ts"), "f")).toEqual({
    code: "E_FAILED",
    message: expect.stringContaining("it is not a regular file"),
  });
});

test.each([closed, timed, real])("plumb can be imported", (samples) => {
  expect(
    samples.call(moduleOf('import * as plumb from "plumb"; export const f = () => Object.keys(plumb);'), "f"),
  ).toEqual([]);
});
