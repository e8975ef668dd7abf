import { describe, expect, test } from "bun:test";
import { diagnostic } from "../diag/mod.ts";
import { REPORTERS } from "./mod.ts";
import { CHANGED, failing, options, print, stream, testCase, testOutput } from "./sample_stream.ts";

const warning = diagnostic({ code: "W_X", level: "warn", message: "careful" });
const records = stream([...testCase("fine", {}, [testOutput("x"), warning]), ...testCase("wrong", failing(CHANGED))], {
  before: [diagnostic({ code: "E_SCN_YAML", message: "expected a mapping", file: "b.scenario.yaml" })],
});

describe.each(Object.entries(REPORTERS))("reporter %s", (_name, make) => {
  test("of a whole stream never speaks of truncation", () => {
    expect(print(make(options()), records)).not.toContain("truncated");
  });

  test("says that a stream is truncated wherever it was cut", () => {
    for (let end = 0; end < records.length; end += 1) {
      expect(print(make(options()), records.slice(0, end))).toContain("the stream is truncated");
    }
  });

  test("is a function of the stream: two folds print the same", () => {
    expect(print(make(options()), records)).toBe(print(make(options()), records));
  });

  test("ends with a line end", () => {
    expect(print(make(options()), records)).toEndWith("\n");
  });
});
