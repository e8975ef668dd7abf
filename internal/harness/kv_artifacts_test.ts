import { expect, test } from "bun:test";
import fc from "fast-check";
import type { StoreState } from "../kvstore/mod.ts";
import { canonical, parseJson } from "../value/mod.ts";
import { KvArtifacts, namespaceEndings, totalDumpArtifact, totalMetricsArtifact } from "./kv_artifacts.ts";

function state(ns: string): StoreState {
  const metrics = { currentSize: 2, evictions: 0, expirations: 0, hits: 2, misses: 2 };
  return { ns, metrics, dump: { keys: ["x", "y"], size: 2 } };
}

test("a case with one namespace writes one pair under its own name", () => {
  expect(new KvArtifacts().ofCase("a_test.ami", "c1", [state("p/n")], 20)).toEqual([
    {
      name: "a_test.ami_c1.metrics.json",
      text: '{"currentSize":2,"evictions":0,"expirations":0,"hits":2,"misses":2,"schema":"kv.metrics.v1","timestamp":"1970-01-01T00:00:00.020Z"}\n',
    },
    {
      name: "a_test.ami_c1.dump.json",
      text: '{"keys":["x","y"],"schema":"kv.dump.v1","size":2,"timestamp":"1970-01-01T00:00:00.020Z"}\n',
    },
  ]);
});

test("a case with several writes a pair each, the default store under default", () => {
  const files = new KvArtifacts().ofCase("a_test.ami", "c1", [state(""), state("p/n")], 0);
  expect(files.map(({ name }) => name)).toEqual([
    "a_test.ami_c1.default.metrics.json",
    "a_test.ami_c1.default.dump.json",
    "a_test.ami_c1.p_n.metrics.json",
    "a_test.ami_c1.p_n.dump.json",
  ]);
});

test("cases whose names collide are numbered in their order; one without a store takes no name", () => {
  const artifacts = new KvArtifacts();
  const names = [artifacts.ofCase("a_test.ami", "x y", [], 0)].concat(
    ["x y", "x/y", "x:y"].map((name) => artifacts.ofCase("a_test.ami", name, [state("")], 0)),
  );
  expect(names.map((files) => files[1]?.name)).toEqual([
    undefined,
    "a_test.ami_x_y.dump.json",
    "a_test.ami_x_y_2.dump.json",
    "a_test.ami_x_y_3.dump.json",
  ]);
});

test("namespaces that look alike once they are safe stay apart, and the longest fits a file name", () => {
  expect(namespaceEndings(["", "a/b", "a_b", "default"])).toEqual([".default", ".a_b", ".a_b_2", ".default_2"]);
  const long = "n".repeat(1000);
  const files = new KvArtifacts().ofCase(long, long, [state(`${long}1`), state(`${long}2`)], 0);
  expect(new Set(files.map(({ name }) => name)).size).toBe(4);
  expect(Math.max(...files.map(({ name }) => name.length))).toBeLessThan(230);
});

test("the totals are two files at virtual time 0", () => {
  const { metrics, dump } = state("");
  expect(totalMetricsArtifact(metrics)).toEqual({
    name: "metrics.json",
    text: '{"currentSize":2,"evictions":0,"expirations":0,"hits":2,"misses":2,"schema":"kv.metrics.v1","timestamp":"1970-01-01T00:00:00.000Z"}\n',
  });
  expect(totalDumpArtifact(dump)).toEqual({
    name: "dump.json",
    text: '{"keys":["x","y"],"schema":"kv.dump.v1","size":2,"timestamp":"1970-01-01T00:00:00.000Z"}\n',
  });
});

test("every artifact is one line of canonical JSON, whatever the keys", () => {
  const unit = fc.constantFrom("a", "\0", "\n", "\u001f", "\u007f", '"', "\\", "/", "é", "\u2028", "😀");
  fc.assert(
    fc.property(fc.array(fc.string({ unit, maxLength: 8 }), { maxLength: 8 }), (keys) => {
      const dump = { keys, size: keys.length };
      const { metrics } = state("");
      for (const { text } of new KvArtifacts().ofCase("a_test.ami", "c", [{ ns: "", metrics, dump }], 5)) {
        expect(text).toBe(`${canonical(parseJson(text.trimEnd()))}\n`);
      }
    }),
    { numRuns: 100 },
  );
});
