import { expect, test } from "bun:test";
import fc from "fast-check";
import * as v from "valibot";
import { diagnostic } from "../diag/mod.ts";
import { StreamRecordSchema } from "../harness/mod.ts";
import { jsonReporter } from "./json.ts";
import { CHANGED, failing, print, stream, testCase, testOutput } from "./sample_stream.ts";

const mixed = stream([...testCase("fine", {}, [testOutput("x\n")]), ...testCase("wrong", failing(CHANGED), [CHANGED])]);

test("the report is the stream, a record a line, keys in their order", () => {
  const lines = print(jsonReporter(), mixed).split("\n");
  expect(lines.pop()).toBe("");
  expect(lines).toEqual(mixed.map((record) => JSON.stringify(record)));
});

test("the streams of these tests are valid test.v1", () => {
  for (const record of mixed) expect(v.safeParse(StreamRecordSchema, record).issues).toBeUndefined();
});

test("each record is printed as it comes", () => {
  const reporter = jsonReporter();
  for (const record of mixed) expect(JSON.parse(reporter.record(record))).toEqual(record);
  expect(reporter.finish()).toBe("");
});

test("arbitrary names, texts and data come back as they were, on one line each", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(text, text, fc.jsonValue(), (name, message, actual) => {
      const finding = diagnostic({ code: "E_X", message, data: { path: name, actual } });
      const records = stream(testCase(name, failing(finding), [testOutput(message), finding]));
      const lines = print(jsonReporter(), records).trimEnd().split("\n");
      expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(records)));
    }),
    { numRuns: 200 },
  );
});

test("data has its keys in the order of their code units, in findings and in the verdict", () => {
  const finding = diagnostic({ code: "E_X", message: "m", data: { actual: { "9": 1, "10": 2 }, "2": 3 } });
  const lines = print(jsonReporter(), stream(testCase("a", failing(finding), [finding]))).split("\n");
  const data = '"data":{"2":3,"actual":{"10":2,"9":1}}}';
  expect(lines.filter((line) => line.includes(data)).length).toBe(2);
  expect(lines[2]).toEndWith(data);
});

test("a truncated stream ends with a diag.v1 record that says so, and still has no run_end", () => {
  const lines = print(jsonReporter(), mixed.slice(0, -1)).trimEnd().split("\n");
  const last = v.parse(StreamRecordSchema, JSON.parse(lines.at(-1) ?? ""));
  expect(last).toEqual(
    diagnostic({
      code: "E_STREAM_TRUNCATED",
      message: "the stream is truncated: it ends without run_end after 2 of 2 cases",
    }),
  );
});
