import { describe, expect, test } from "bun:test";
import { resolve } from "node:path";
import { jsonLines, oneTarget, runPlumb, startPlumb, tempFiles } from "../../internal/testkit/mod.ts";

// The Acceptance list of spec/pipelines.md, as far as `plumb pipeline run` shows it; see also the tests of `pipeline graph`,
// `check` and testutil.

const EXAMPLES = resolve(import.meta.dir, "../../testdata/examples/pipelines");

type Stats = Readonly<Record<string, unknown>> & { readonly stage?: { readonly name: string } };

for (const target of oneTarget()) {
  const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join("");
  /** Runs pipeline `P` of a source in virtual time, with statistics. */
  const virtual = (source: string, input: readonly unknown[], ...flags: string[]) => {
    const cwd = tempFiles({ "t.ami": `package t\n${source}` });
    const args = ["pipeline", "run", "t.ami", "--pipeline", "P", "--clock", "virtual", "--stats", ...flags];
    const { stdout, stderr, exit } = runPlumb(target, args, { cwd, stdin: lines(input) });
    const told = jsonLines(stderr);
    const stats = told.filter(({ schema }) => schema === "stage.stats.v1");
    return {
      outputs: jsonLines(stdout) as unknown[],
      errors: told.filter(({ schema }) => schema === "errors.v1"),
      others: told.filter(({ schema }) => !/^(errors|(stage|run)\.stats)\.v1$/.test(String(schema))),
      stage: (name: string) => stats.find((stage: Stats) => stage.stage?.name === name),
      run: told.find(({ schema }) => schema === "run.stats.v1"),
      exit,
    };
  };
  const codes = (records: readonly Readonly<Record<string, unknown>>[]) => records.map(({ code }) => code);

  describe(`pipelines acceptance, ${target.name}`, () => {
    test("7: returns, definitions, assignments, loops and switches parse and run", () => {
      const source = `
func f(ev Event<any>) (any, error) {
  x := 1
  ev.payload.a = x
  for i := 0; i < 3; i++ { ev.payload.a += i }
  n := 0
  while n < 2 { n += 1 }
  switch n {
  case 2: ev.payload.n = "two"
  default: ev.payload.n = "other"
  }
  return ev, nil
}
pipeline P { ingress -> f -> egress }`;
      expect(virtual(source, [{}])).toMatchObject({ outputs: [{ a: 4, n: "two" }], errors: [], exit: 0 });
    });

    test("9: two steps of one kind are Transform and Transform#2 in the statistics", () => {
      const { stage } = virtual('pipeline P { ingress -> Transform("none") -> Transform("drop_even") -> egress }', [
        { i: 2 },
      ]);
      expect([stage("Transform"), stage("Transform#2")]).toMatchObject([{ emitted: 1 }, { silenced: 1 }]);
    });

    test("10: every Collect merges by its own plan", () => {
      const source = `pipeline P {
  ingress -> A -> B -> egress
  A = Collect() merge.Sort("k", desc), merge.Window(2)
  B = Collect() merge.Sort("k"), merge.Window(4)
}`;
      expect(
        virtual(
          source,
          [3, 1, 4, 2].map((k) => ({ k })),
        ).outputs,
      ).toEqual([1, 2, 3, 4].map((k) => ({ k })));
    });

    test("11: with an unknown worker nothing runs", () => {
      const cwd = tempFiles({ "t.ami": "package t\npipeline P { ingress -> Transform(nope) -> egress }\n" });
      const { stdout, stderr, exit } = runPlumb(target, ["pipeline", "run", "t.ami"], { cwd, stdin: "1\n" });
      expect([stdout, exit]).toEqual(["", 2]);
      expect(stderr).toMatch(/^t\.ami:2:35: error E_WORKER_UNDEFINED /);
    });

    test("13: a late event is shunted: a warning, counted by its reason", () => {
      const source = `pipeline P {
  ingress -> C -> egress
  C = Collect() merge.Sort("ts"), merge.Watermark("ts", 0), merge.LatePolicy(shunt)
}`;
      const { outputs, errors, stage, exit } = virtual(source, [{ ts: 5 }, { ts: 9 }, { ts: 1 }]);
      expect(outputs).toEqual([{ ts: 5 }, { ts: 9 }]);
      expect(errors).toMatchObject([
        { level: "warn", code: "W_LATE", message: "late event", data: { policy: "late" } },
      ]);
      expect(stage("C")).toMatchObject({ shunted: 1, reasons: { late: 1 }, late: 1 });
      expect(exit).toBe(0);
    });

    test.each([
      ["block", [0, 1, 2, 3, 4, 5], 60],
      ["dropOldest", [0, 4, 5], 30],
      ["dropNewest", [0, 1, 2], 30],
    ] as const)("14: six events at 0 into a slow step with a queue of two, %s", (policy, outputs, end) => {
      const source = `pipeline P { ingress -> S -> egress
  S = Transform(delay=10ms) edge.FIFO(max=2, backpressure=${policy})
}`;
      const { run, ...seen } = virtual(source, [0, 1, 2, 3, 4, 5]);
      expect(seen.outputs).toEqual([...outputs]);
      expect(run).toMatchObject({ duration_ms: end, inputs: 6, dropped: 6 - outputs.length });
    });

    test("15: a blocked branch makes the other one wait, and nothing is lost", () => {
      const source = `pipeline P {
  ingress -> FanOut -> slow -> egress
  FanOut -> fast -> egress
  slow = Transform(set("via", "slow"), delay=10ms) edge.FIFO(max=1)
  fast = Transform(set("via", "fast"))
}`;
      const { outputs, run } = virtual(
        source,
        [1, 2, 3, 4].map((k) => ({ k })),
      );
      expect(outputs.filter((event) => Object(event).via === "fast")).toHaveLength(4);
      expect(outputs.filter((event) => Object(event).via === "slow")).toHaveLength(4);
      // The queue of one is full with the second event, so the fast branch sees the last one only when it moves on.
      expect(outputs.map((event) => `${Object(event).via} ${Object(event).k}`)).toEqual([
        ...["fast 1", "fast 2", "slow 1", "fast 3", "slow 2", "fast 4", "slow 3", "slow 4"],
      ]);
      expect(run).toMatchObject({ duration_ms: 40, outputs: 8, dropped: 0 });
    });

    test("16: a worker that loops for ever is stopped, and the next event still runs", () => {
      const source = `func f(ev Event<any>) any {
  if ev.payload == 1 { for { } }
  return ev
}
pipeline P { ingress -> f -> egress }`;
      const { outputs, errors, exit } = virtual(source, [1, 2]);
      expect([outputs, codes(errors), exit]).toEqual([[2], ["E_WORKER_BUDGET"], 1]);
    });

    test("17: what a worker does to its payload is not seen in the other branch", () => {
      const source = `func f(ev Event<any>) any {
  ev.payload.list[0] = "changed"
  return ev
}
pipeline P { ingress -> FanOut -> f -> egress
  FanOut -> egress
}`;
      const { outputs } = virtual(source, [{ list: [1] }]);
      expect(outputs).toContainEqual({ list: [1] });
      expect(outputs).toContainEqual({ list: ["changed"] });
    });

    test("18: a worker that ends in an error leaves its state as it was", () => {
      const source = `func f(ev Event<any>) (any, error) {
  n := state.get("n")
  if n == nil { n = 0 }
  state.set("n", n + 1)
  if ev.payload == "bad" { return nil, error("E_BAD", "bad") }
  return n + 1, nil
}
pipeline P { ingress -> f -> egress }`;
      const { outputs, errors } = virtual(source, ["a", "bad", "b"]);
      expect([outputs, codes(errors)]).toEqual([[1, 2], ["E_BAD"]]);
    });

    test("19: an error block gets every record, and lets through what passes its filter", () => {
      const source = `func f(ev Event<any>) (any, error) { return nil, error(ev.payload, "no") }
pipeline P { ingress -> f -> egress
  error { Transform(filter(ev.payload.code == "E_A")) -> Transform(drop("schema", "timestamp", "data")) -> egress }
}`;
      const { outputs, errors, others, run, exit } = virtual(source, ["E_A", "E_B"]);
      // The records entered the block, so stderr has what left it, and not them.
      expect([outputs, errors]).toEqual([[], []]);
      expect(others).toEqual([{ code: "E_A", level: "error", message: "no" }]);
      expect(run).toMatchObject({ errors: 2 });
      expect(exit).toBe(1);
    });

    test("24: outputs on stdout, statistics on stderr, each once", () => {
      const args = ["pipeline", "run", "sensors.ami", "--pipeline", "Uplink", "--clock", "virtual", "--stats"];
      const { stdout, stderr, exit } = runPlumb(target, args, { cwd: EXAMPLES, stdin: lines([1, 2, 3, 4]) });
      expect([stdout, exit]).toEqual(["1\n3\n4\n", 0]);
      expect(jsonLines(stderr).map(({ schema, stage }) => [schema, Object(stage).name])).toEqual([
        ["stage.stats.v1", "ingress"],
        ["stage.stats.v1", "send"],
        ["stage.stats.v1", "egress"],
        ["run.stats.v1", undefined],
      ]);
      expect(stderr.split("\n").at(-2)).toBe(
        '{"schema":"run.stats.v1","pipeline":"Uplink","duration_ms":150,"inputs":4,"outputs":3,"errors":0,"warnings":0,"dropped":1,"shunted":0,"silenced":0}',
      );
    });

    test("25: a line that is not JSON is recorded with its number, the others are processed", () => {
      for (const clock of ["virtual", "real"]) {
        const args = ["pipeline", "run", "sensors.ami", "--pipeline", "Uplink", "--clock", clock];
        const { stdout, stderr, exit } = runPlumb(target, args, { cwd: EXAMPLES, stdin: '{"n":1}\n{oops\n{"n":2}\n' });
        expect([clock, stdout, exit]).toEqual([clock, '{"n":1}\n{"n":2}\n', 1]);
        expect(jsonLines(stderr)).toMatchObject([{ code: "E_EVENT_JSON", data: { line: 2, pipeline: "Uplink" } }]);
      }
    });

    test.each([
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const)("26: %s ends the input of a real run, and held events are released", async (signal, exit) => {
      const source = `package t
pipeline P {
  ingress -> FanOut -> C -> Transform(set("held", true)) -> egress
  FanOut -> egress
  C = Collect() merge.Sort("k"), merge.Window(100)
}`;
      const cwd = tempFiles({ "t.ami": source });
      const running = startPlumb(target, ["pipeline", "run", "t.ami", "--stats"], { cwd, stdin: "pipe" });
      running.write('{"k":2}\n{"k":1}\n');
      let seen = "";
      const finished = await running.finish((piece) => {
        seen += piece;
        if (seen === '{"k":2}\n{"k":1}\n') running.signal(signal);
      });
      expect(finished.stdout).toBe('{"k":2}\n{"k":1}\n{"held":true,"k":1}\n{"held":true,"k":2}\n');
      expect(jsonLines(finished.stderr).at(-1)).toMatchObject({ schema: "run.stats.v1", inputs: 2, outputs: 4 });
      expect(finished.exit).toBe(exit);
    });

    test("a second signal ends at once", async () => {
      const source = `package t
pipeline P {
  ingress -> FanOut -> Collect() merge.Window(100) -> egress
  FanOut -> Transform(delay=1h) -> egress
}`;
      const running = startPlumb(target, ["pipeline", "run", "t.ami"], {
        cwd: tempFiles({ "t.ami": source }),
        stdin: "pipe",
      });
      running.write("1\n".repeat(150));
      let seen = "";
      const { exit } = await running.finish((piece) => {
        seen += piece;
        // A window has let its events go; the first signal lets the rest go; what is served takes an hour.
        if (seen.length === 200 || seen.length === 300) running.signal("SIGINT");
      });
      expect(seen).toBe("1\n".repeat(150));
      expect(exit).toBe(130);
    });

    test("35: an unknown ingress: a virtual run is refused, a real one records it and goes on", () => {
      const cwd = tempFiles({ "t.ami": "package t\npipeline P { ingress -> egress }\n" });
      const stdin = lines([{ schema: "events.v1", ingress: "nope", payload: 1 }, 2]);
      const run = (clock: string) => runPlumb(target, ["pipeline", "run", "t.ami", "--clock", clock], { cwd, stdin });
      const [refused, went] = [run("virtual"), run("real")];
      expect([refused.stdout, codes(jsonLines(refused.stderr)), refused.exit]).toEqual(["", ["E_INGRESS_UNKNOWN"], 1]);
      expect([went.stdout, codes(jsonLines(went.stderr)), went.exit]).toEqual(["2\n", ["E_INGRESS_UNKNOWN"], 1]);
    });

    test("36: a TypeScript worker that hangs ends the run; what left before is there", () => {
      const cwd = tempFiles({
        "t.ami": 'package t\n#pragma workers "./w.ts"\npipeline P { ingress -> Transform(hang) -> egress }\n',
        "w.ts": "export function hang(ev: { payload: unknown }) { for (; ev.payload === 2; ); return ev; }\n",
      });
      const args = ["pipeline", "run", "t.ami", "--watchdog", "200"];
      const { stdout, stderr, exit } = runPlumb(target, args, { cwd, stdin: "1\n2\n3\n" });
      expect([stdout, codes(jsonLines(stderr)), exit]).toEqual(["1\n", ["E_WORKER_HANG"], 1]);
    });

    test("34: a Collect that would have too many partitions forgets the first, with --strict it fails the run", () => {
      const source = `pipeline P { ingress -> C -> egress
  C = Collect() merge.Sort("p"), merge.PartitionBy("p")
}`;
      const input = Array.from({ length: 70_000 }, (_, p) => ({ p }));
      const { outputs, stage, exit } = virtual(source, input);
      expect([outputs.length, stage("C")?.forced, exit]).toEqual([70_000, 4464, 0]);
      const strict = virtual(source, input, "--strict");
      expect([codes(strict.errors), strict.exit]).toEqual([["E_MERGE_OVERFLOW"], 1]);
    });
  });
}
