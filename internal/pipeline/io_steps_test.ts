import { describe, expect, test } from "bun:test";
import { WorkerFault } from "../ami/mod.ts";
import type { IoFiles } from "./io_files.ts";
import { runVirtual } from "./run_virtual.ts";
import { sampleGraph, sampleWorld } from "./sample_graph.ts";

/** Files in memory; those in `readOnly` refuse to be written, `full` takes no line. */
function memoryFiles(texts: Record<string, string>, readOnly: readonly string[] = [], full = false) {
  const written: string[] = [];
  const files: IoFiles = {
    read: (path) => texts[path] ?? new WorkerFault("E_SANDBOX_DENIED", "sandbox denied capability: fs"),
    prepare: (path) =>
      readOnly.includes(path) ? new WorkerFault("E_SANDBOX_DENIED", "sandbox denied capability: fs") : undefined,
    append: (path, line) => {
      if (full) return new WorkerFault("E_IO", "no space left");
      written.push(`${path} ${line}`);
      return undefined;
    },
  };
  return { files, written };
}

const graph = sampleGraph(
  ["ingress -> egress", "R -> W -> egress"],
  { ingress: {}, R: { kind: "io.read", path: "in" }, W: { kind: "io.write", path: "out" } },
  { granted: new Set(["io"]) },
);
const given = [{ at: 0, payload: "given" }];

describe("io steps (pipelines §3, §12)", () => {
  test("io.Read gives its lines at 0 or when their envelope says, after the input; io.Write passes on what it writes", () => {
    const text = '{"b":1,"a":[2]}\n\n  \r\n{"schema":"events.v1","payload":"later","at_ms":7,"id":"x"}\r"last"';
    const { files, written } = memoryFiles({ in: text });
    const { outputs, run } = runVirtual(graph, given, sampleWorld(), { files });
    expect(outputs).toEqual([
      { at: 0, id: "P/ingress/0", payload: "given" },
      { at: 0, id: "P/R/0", payload: { b: 1, a: [2] } },
      { at: 0, id: "P/R/1", payload: "last" },
      { at: 7, id: "x", payload: "later" },
    ]);
    expect(written).toEqual(['out {"a":[2],"b":1}', 'out "last"', 'out "later"']);
    expect(run.inputs).toBe(4);
  });

  test("a bad line is E_EVENT_JSON that names it; the others go on", () => {
    const { files } = memoryFiles({ in: '1\n{oops\n{"schema":"events.v1"}\n2' });
    const { outputs, errors } = runVirtual(graph, [], sampleWorld(), { files });
    expect(outputs.map(({ payload }) => payload)).toEqual([1, 2]);
    expect(errors.map(({ code, data }) => `${code} ${JSON.stringify(data)}`)).toEqual([
      'E_EVENT_JSON {"line":2,"node":"R","pipeline":"P"}',
      'E_EVENT_JSON {"line":3,"node":"R","pipeline":"P"}',
    ]);
    expect(errors[1]?.message).toBe("line 3 of in: the events.v1 envelope has no payload");
  });

  test("what may not be read or written is found before the first event", () => {
    const cases = [memoryFiles({}).files, memoryFiles({ in: "1" }, ["out"]).files, undefined];
    for (const files of cases) {
      const { stop, outputs, stats, errors } = runVirtual(graph, given, sampleWorld(), { files });
      expect([stop, outputs, stats]).toEqual(["refused", [], []]);
      expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual([
        "E_SANDBOX_DENIED sandbox denied capability: fs",
      ]);
    }
  });

  test("need fs, from the file or from the caller", () => {
    const { files } = memoryFiles({ in: "1" });
    const bare = { ...graph, granted: new Set<never>() };
    expect(runVirtual(bare, [], sampleWorld(), { files }).stop).toBe("refused");
    expect(runVirtual(bare, [], sampleWorld(), { files, sandbox: { allowFS: true } }).stop).toBe("quiescent");
    expect(runVirtual(bare, [], sampleWorld(), { files, sandbox: { allowNet: true, allowDevice: true } }).stop).toBe(
      "refused",
    );
  });

  test("a line that cannot be written is an error of its event", () => {
    const { files } = memoryFiles({ in: "1" }, [], true);
    const { outputs, errors, stats } = runVirtual(graph, given, sampleWorld(), { files });
    expect(outputs.map(({ payload }) => payload)).toEqual(["given"]);
    expect(errors.map(({ code, data }) => `${code} ${data?.node}`)).toEqual(["E_IO W"]);
    expect(stats.find(({ stage }) => stage.name === "W")).toMatchObject({ enqueued: 1, emitted: 0, errored: 1 });
  });

  test("of an error pipeline are asked for too", () => {
    const error = sampleGraph(["W -> egress"], { W: { kind: "io.write", path: "errors" } });
    const main = { ...sampleGraph(["ingress -> egress"], {}, { granted: new Set(["io"]) }), error };
    const failing = [{ at: 0, payload: 1, errorCode: "E_X" }];
    const { errors } = runVirtual(main, failing, sampleWorld(), memoryFiles({}, ["errors"]));
    expect(errors.map(({ data }) => data?.node)).toEqual(["error/W"]);
    const open = memoryFiles({});
    runVirtual(main, failing, sampleWorld(), open);
    expect(open.written.length).toBe(1);
  });
});
