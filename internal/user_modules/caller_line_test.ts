import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { closeSamples, SampleCalls } from "./sample_calls.ts";

afterAll(closeSamples);

const moduleOf = (text: string): string => join(tempFiles({ "m.ts": text }), "m.ts");

test("a module asks its caller, as often as it likes, and what the caller throws is thrown", () => {
  const samples = new SampleCalls();
  const path = moduleOf('export const f = (arg, ask) => [ask("é😀"), ask(""), ask(String(arg))];');
  expect(samples.call(path, "f", 7, (question) => `${question}!`)).toEqual(["é😀!", "!", "7!"]);
  const fail = () => {
    throw new Error("the engine failed");
  };
  expect(() => samples.call(path, "f", 7, fail)).toThrow("the engine failed");
  expect(samples.call(path, "f", 8, () => "")).toEqual(["", "", ""]);
});

describe("what a module prints", () => {
  test("goes to whoever listens to the case, without what measures time", () => {
    const lines: string[] = [];
    const printTo = (name: string) => (stream: string, text: string) => void lines.push(`${name} ${stream} ${text}`);
    const samples = new SampleCalls({ print: printTo("first") });
    const path = moduleOf(
      'export const f = (arg) => { console.log("k", arg); console.error("oh"); console.time("x"); console.assert(false, 1); };',
    );
    samples.call(path, "f", "a");
    samples.thread.renew(printTo("second"));
    samples.call(path, "f", [1]);
    expect(lines).toEqual([
      "first stdout k a\n",
      "first stderr oh\n",
      "first stderr Assertion failed 1\n",
      "second stdout k [ 1 ]\n",
      "second stderr oh\n",
      "second stderr Assertion failed 1\n",
    ]);
  });

  test("floods nobody", () => {
    let printed = 0;
    const samples = new SampleCalls({
      print: (_, text) => {
        printed += text.length;
      },
    });
    const path = moduleOf(
      'export const f = () => { for (let n = 0; n < 5_000; n += 1) console.log("x".repeat(1_000)); };',
    );
    expect(samples.call(path, "f")).toBeUndefined();
    expect(printed).toBeGreaterThan(1_000_000);
    expect(printed).toBeLessThan(1_100_000);
  });

  test("a reader of the output that fails is heard of, and the next call works", () => {
    const samples = new SampleCalls({
      print: () => {
        throw new Error("closed pipe");
      },
    });
    const path = moduleOf("export const f = (arg) => { if (arg) console.log(1); return 2; };");
    expect(() => samples.call(path, "f", true)).toThrow("closed pipe");
    expect(samples.call(path, "f", false)).toBe(2);
  });
});
