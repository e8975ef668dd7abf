import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { closeSamples, SampleCalls } from "./sample_calls.ts";

afterAll(closeSamples);

test("what a module writes to the streams of process goes where its lines go, as it is", () => {
  const printed: [string, string][] = [];
  const samples = new SampleCalls({ open: true, virtual: false, print: (...line) => void printed.push(line) });
  const text = `
    process.stdout.write("loaded ");
    export const f = () => {
      process.stdout.write(new Uint8Array([195, 169]));
      process.stderr.write("oh\\n");
      console.log("line");
      return [process.stdout === process.stdout, process.stdout.isTTY === true];
    };`;
  expect(samples.call(join(tempFiles({ "m.ts": text }), "m.ts"), "f")).toEqual([true, false]);
  expect(printed).toEqual([
    ["stdout", "loaded "],
    ["stdout", "é"],
    ["stderr", "oh\n"],
    ["stdout", "line\n"],
  ]);
});
