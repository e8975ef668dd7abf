import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  jsonLines,
  oneTarget,
  runPlumb,
  startPlumb,
  type Target,
  tempDir,
  tempFiles,
} from "../../internal/testkit/mod.ts";
import { canonical, type Json } from "../../internal/value/mod.ts";

const EXAMPLE = resolve(import.meta.dir, "../../testdata/examples/coldstore");
const COLDSTORE = ["--manifest", "expected/manifest.json", "--flow", "coldstore.monitor"];
const INPUTS = ["--inputs", "@inputs.json"];

// Each test starts plumb several times, on a machine that may be busy.
setDefaultTimeout(60_000);

type Members = { [key: string]: Json };

/** A copy of the example, whose compiled flow lies in expected/. */
function coldstore(files: Readonly<Record<string, string>> = {}): string {
  const cwd = join(tempDir(), "coldstore");
  cpSync(EXAMPLE, cwd, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
}

const IR = "expected/flows/coldstore.monitor.ir.json";

/** Changes a JSON file of the example. */
function edit(cwd: string, path: string, change: (document: never) => void): void {
  const document = JSON.parse(readFileSync(join(cwd, path), "utf8")) as never;
  change(document);
  writeFileSync(join(cwd, path), JSON.stringify(document, null, 2));
}

const timeless = (value: Json): Json =>
  Array.isArray(value)
    ? value.map(timeless)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value).flatMap(([key, member]) =>
            key === "timestamp" || key === "duration_ms" ? [] : [[key, timeless(member)]],
          ),
        )
      : value;

describe.each(oneTarget().map((target): [string, Target] => [target.name, target]))(
  "plumb runtime run, %s",
  (_, target) => {
    const run = (cwd: string, args: readonly string[], stdin?: string) => {
      const finished = runPlumb(target, ["runtime", "run", ...args], {
        cwd,
        ...(stdin === undefined ? {} : { stdin }),
      });
      const result: Members = finished.stdout === "" ? {} : JSON.parse(finished.stdout);
      return { ...finished, result };
    };
    const codesOf = (stderr: string) => [...stderr.matchAll(/^(?:error|warning)\[(\w+)\]/gm)].map(([, code]) => code);

    test("flows row 11: both runs of the cold store print the objects of expected/, members in order", () => {
      const cwd = coldstore();
      for (const [mocks, expected] of [
        ["mocks.yaml", "run.json"],
        ["mocks_dead_bus.yaml", "run_dead_bus.json"],
      ]) {
        const { result, stderr, exit } = run(cwd, [
          ...COLDSTORE,
          ...INPUTS,
          "--mocks",
          mocks ?? "",
          "--run-id",
          "demo",
          "--show-state",
        ]);
        const wanted = readFileSync(join(cwd, "expected", expected ?? ""), "utf8");
        expect(JSON.stringify(timeless(result), null, 2)).toBe(JSON.stringify(JSON.parse(wanted), null, 2));
        expect([stderr, exit]).toEqual(["", 0]);
      }
    });

    test("flows row 12: without mocks it says what nobody performs, and where that is used", () => {
      const { result, stderr, exit } = run(coldstore(), [...COLDSTORE, ...INPUTS]);
      expect(stderr).toBe(
        "error: CapabilitiesMismatch: engine local cannot run flow 'coldstore.monitor' (E_CAPABILITIES_MISMATCH)\n" +
          "  coldstore.read   used by read (coldstore.wdl:10:5)\n" +
          "  coldstore.set    used by act (coldstore.wdl:20:7)\n" +
          "  notify.send      used by page (coldstore.wdl:14:7)\n" +
          "help: give it a mock (--mocks FILE, key 'coldstore.read' or 'read'), a plugin (runtime.plugins), or an executor that lists it (--engine proc)\n",
      );
      expect(exit).toBe(3);
      expect(Object.keys(result)).toEqual([
        "flow",
        "status",
        "summary",
        "events",
        "outputs",
        "run_id",
        "engine",
        "error",
      ]);
      expect(result).toMatchObject({
        status: "failed",
        events: [],
        error: { code: 1002, name: "E_CAPABILITIES_MISMATCH" },
      });
    });

    test("flows row 13: a policy error names the field, and the place in its source", () => {
      const cwd = coldstore({ "m.yaml": "read: { values: { air: 9 } }\ncoldstore.set: {}\nnotify.send: {}\n" });
      edit(cwd, IR, (ir: { constants: { policy: { policy: { params: { emit: Members } } } } }) => {
        ir.constants.policy.policy.params.emit.reason = "{ warm: warm, limit: 1 }";
      });
      const { result, stderr, exit } = run(cwd, [...COLDSTORE, ...INPUTS, "--mocks", "m.yaml"]);
      expect(exit).toBe(1);
      expect(result.error).toMatchObject({ code: 2001, data: { step_id: "judge", details: { cause: "Policy" } } });
      const message = String((result.error as Members).message);
      expect(message).toContain("emit.reason");
      expect(stderr).toStartWith(
        `error[E_STEP_FAILED]: ${message}\n   --> coldstore.wdl:17:5\n  17 |   - judge(policy.apply) policy limits:\n`,
      );
      writeFileSync(join(cwd, "m.yaml"), "read: { values: { air: x } }\ncoldstore.set: {}\nnotify.send: {}\n");
      expect(run(cwd, [...COLDSTORE, ...INPUTS, "--mocks", "m.yaml"]).stderr).toContain("limits.pdl:13:3");
    });

    test("flows row 14: inputs that do not fit are exit 2, and stdout is empty", () => {
      const cwd = coldstore({ "list.json": "[1]" });
      const cases: readonly [string, readonly string[]][] = [
        ['{"probes":[]}', ["E_INPUT_MISSING"]],
        ['{"store":1,"probes":[]}', ["E_INPUT_TYPE"]],
        ['{"stor":"a"}', ["E_INPUT_MISSING", "E_INPUT_MISSING", "E_INPUT_UNKNOWN"]],
        ["nope", ["E_INPUTS_JSON"]],
        ["@missing", ["E_INPUTS_READ"]],
        ["@list.json", ["E_INPUTS_SHAPE"]],
      ];
      for (const [inputs, codes] of cases) {
        const { stdout, stderr, exit } = run(cwd, [...COLDSTORE, "--inputs", inputs, "--mocks", "mocks.yaml"]);
        expect([inputs, stdout, codesOf(stderr), exit]).toEqual([inputs, "", [...codes], 2]);
      }
      expect(run(cwd, [...COLDSTORE, "--inputs", '{"stor":"a","probes":[]}']).stderr).toContain("help: store\n");
    });

    test("flows row 15: an IR or manifest that is not sound is exit 2 with every code, and names its file and place", () => {
      type Ir = {
        graph: { nodes: { id: string }[]; edges: { from: string; to: string; on: string }[] };
        inputs_schema: Members;
      };
      const cases: readonly [string, (ir: Ir) => void][] = [
        ["E_IR_DUPLICATE_NODE", ({ graph }) => graph.nodes.push({ ...graph.nodes[0], id: "read" })],
        ["E_IR_DANGLING_EDGE", ({ graph }) => graph.edges.push({ from: "act", to: "nowhere", on: "success" })],
        ["E_IR_CYCLE", ({ graph }) => graph.edges.push({ from: "act", to: "judge", on: "success" })],
        ["E_IR_ENTRY", ({ graph }) => graph.edges.splice(0, 1)],
        ["E_IR_SCHEMA", (ir) => Reflect.deleteProperty(ir, "graph")],
        ["E_MANIFEST_MISMATCH", (ir) => (ir.inputs_schema.more = { type: "int" })],
      ];
      for (const [code, change] of cases) {
        const cwd = coldstore();
        edit(cwd, IR, change as never);
        const { stdout, stderr, exit } = run(cwd, [...COLDSTORE, ...INPUTS, "--mocks", "mocks.yaml"]);
        expect([code, stdout, codesOf(stderr), exit]).toEqual([code, "", [code], 2]);
        expect(stderr).toMatch(/--> expected\/(?:manifest|flows\/coldstore\.monitor\.ir)\.json:\d+:\d+\n/);
      }
    });

    test("a manifest that is missing, no list, or without the flow", () => {
      const cwd = coldstore({ "object.json": "{}", "text.json": "[" });
      const cases = [
        ["missing.json", "E_MANIFEST_READ"],
        ["text.json", "E_MANIFEST_READ"],
        ["object.json", "E_MANIFEST_SCHEMA"],
      ];
      for (const [manifest = "", code] of cases) {
        const { stdout, stderr, exit } = run(cwd, ["--manifest", manifest, "--flow", "coldstore.monitor"]);
        expect([manifest, stdout, codesOf(stderr), exit]).toEqual([manifest, "", [code], 2]);
      }
      const { stderr, exit } = run(cwd, ["--manifest", "expected/manifest.json", "--flow", "coldstore.monitr"]);
      expect([codesOf(stderr), exit]).toEqual([["E_MANIFEST_FLOW"], 2]);
      expect(stderr).toContain("help: coldstore.monitor\n");
      expect(run(cwd, ["--flow", "x"])).toMatchObject({ exit: 2, stdout: "" });
    });

    test("flows row 16: an IR version that is not ours is exit 3 and has its object; 1.0.3 runs", () => {
      for (const [version, exit] of [
        ["2.0.0", 3],
        ["1.1.0", 3],
        ["1.0.3", 0],
      ] as const) {
        const cwd = coldstore();
        edit(cwd, IR, (ir: Members) => {
          ir.version = version;
        });
        const found = run(cwd, [...COLDSTORE, ...INPUTS, "--mocks", "mocks.yaml"]);
        expect([version, found.exit]).toEqual([version, exit]);
        if (exit === 3)
          expect(found.result).toMatchObject({ status: "failed", error: { code: 1001, name: "E_IR_VERSION" } });
      }
    });

    test("flows row 20: languages must agree, aliases are told, an executor must be named, a file must be there", () => {
      const cwd = coldstore({
        "l.yaml": "runtime:\n  language: rust\n  plugins_language: python\n",
        "p.yaml": "runtime:\n  engine: python\n",
        "x.yaml": "runtime:\n  engine: proc\n",
      });
      const cases = [
        ["l.yaml", "E_LANGUAGE_MISMATCH", 2],
        ["p.yaml", "W_ENGINE_ALIAS", 0],
        ["x.yaml", "E_EXECUTOR_REQUIRED", 2],
        ["missing.yaml", "E_CONFIG_READ", 2],
      ] as const;
      for (const [file, code, exit] of cases) {
        const found = run(cwd, [...COLDSTORE, ...INPUTS, "--mocks", "mocks.yaml", "--runtime-config", file]);
        expect([file, codesOf(found.stderr), found.exit]).toEqual([file, [code], exit]);
        expect(found.stdout === "").toBe(exit === 2);
      }
      expect(run(cwd, [...COLDSTORE, "--runtime-config", "l.yaml"]).stderr).toContain(
        "language is 'rust' but plugins_language is 'python': they must match",
      );
      const unused = run(cwd, [...COLDSTORE, ...INPUTS, "--mocks", "mocks.yaml", "--executor-path", "x"]);
      expect([codesOf(unused.stderr), unused.exit]).toEqual([["W_EXECUTOR_UNUSED"], 0]);
    });

    test("flows row 34: a run over its time limit is exit 4 with the blame on the subject", () => {
      const cwd = coldstore({
        "slow.yaml": "read: { delay_ms: 400 }\ncoldstore.set: {}\nnotify.send: {}\n",
        "t.yaml": "runtime:\n  run_timeout_ms: 100\n",
      });
      for (const limit of [
        ["--timeout", "100"],
        ["--runtime-config", "t.yaml"],
      ]) {
        const { result, stderr, exit } = run(cwd, [...COLDSTORE, ...INPUTS, "--mocks", "slow.yaml", ...limit]);
        expect(exit).toBe(4);
        expect(result.error).toMatchObject({
          code: 3001,
          name: "E_RUN_TIMEOUT",
          data: { blame: "subject", details: { cause: "Timeout" } },
        });
        expect(codesOf(stderr)).toEqual(["E_RUN_TIMEOUT"]);
      }
    });

    test("flows row 39: the trace of a run is a line of canonical JSON an event", () => {
      const cwd = coldstore();
      const args = [...COLDSTORE, ...INPUTS, "--mocks", "mocks.yaml", "--run-id", "demo", "--trace"];
      expect(run(cwd, [...args, "t.jsonl"]).exit).toBe(0);
      const text = readFileSync(join(cwd, "t.jsonl"), "utf8");
      const events = jsonLines(text);
      expect(text).toBe(events.map((event) => `${canonical(event as Members)}\n`).join(""));
      expect(events).toHaveLength(14);
      expect(events[0]).toMatchObject({ type: "invocation", action_uri: "coldstore.read", seq: 1 });
      expect(events[1]).toMatchObject({ type: "completion", output_case: "Error", seq: 2 });
      for (const [file, code] of [
        ["mocks.yaml", "E_USAGE_CONFLICT"],
        ["-", "E_USAGE_VALUE"],
      ] as const) {
        expect(codesOf(run(cwd, [...args, file]).stderr)).toEqual([code]);
      }
      expect(readFileSync(join(cwd, "mocks.yaml"), "utf8")).toStartWith("#");
    });

    test("inputs come from stdin, and integers keep their digits on their way through", () => {
      const cwd = tempFiles({
        "manifest.json": JSON.stringify([
          {
            name: "n",
            source_file: "n.wdl",
            policyRef: "none",
            step_kinds: ["dsl.emit"],
            inputs_schema_hash: "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            ir_path: "n.ir.json",
            generated_at: "2026-01-01T00:00:00Z",
          },
        ]),
        "n.ir.json": JSON.stringify({
          version: "1.0.0",
          flow: { name: "n", timeout_ms: 0 },
          constants: { policyRef: "none", policy: {} },
          inputs_schema: {},
          graph: {
            nodes: [
              { id: "e", type: "dsl.emit", with: { n: "$input.n" }, timeout_ms: 0, retry: { max: 0, backoff_ms: 0 } },
            ],
            edges: [],
          },
          metadata: { generated_at: "2026-01-01T00:00:00Z", source_file: "n.wdl" },
        }),
      });
      const { stdout, exit } = run(
        cwd,
        ["--manifest", "manifest.json", "--flow", "n", "--inputs", "-"],
        '{"n": 9007199254740993}',
      );
      expect(exit).toBe(0);
      expect(stdout.match(/9007199254740993/g)).toHaveLength(3);
    });

    test("mocks that cannot be read or are wrong are exit 2; one that is not used is a warning", () => {
      const cwd = coldstore({
        "bad.yaml": "read: [\n",
        "twice.yaml": "read: {}\nread: {}\n",
        "wrong.yaml": "read:\n  error: { mesage: x }\n",
        "wrong.mocks.json": '{"$draws": [2]}',
        "more.yaml": "coldstore.read: { values: {} }\ncoldstore.set: {}\nnotify.send: {}\nraed: {}\n$draws: [0.5]\n",
      });
      const cases = [
        ["missing.yaml", ["E_MOCKS_READ"]],
        ["bad.yaml", ["E_MOCKS_READ"]],
        ["twice.yaml", ["E_MOCKS_READ"]],
        ["wrong.yaml", ["E_MOCKS_SCHEMA", "E_MOCKS_SCHEMA"]],
        ["wrong.mocks.json", ["E_MOCKS_SCHEMA"]],
      ] as const;
      for (const [file, codes] of cases) {
        const { stdout, stderr, exit } = run(cwd, [...COLDSTORE, ...INPUTS, "--mocks", file]);
        expect([file, stdout, codesOf(stderr), exit]).toEqual([file, "", [...codes], 2]);
        expect(stderr).toContain(`--> ${file}`);
      }
      expect(run(cwd, [...COLDSTORE, ...INPUTS, "--mocks", "wrong.yaml"]).stderr).toContain("--> wrong.yaml:2:20\n");
      const unused = run(cwd, [...COLDSTORE, ...INPUTS, "--mocks", "more.yaml"]);
      expect([codesOf(unused.stderr)[0], unused.stderr]).toEqual([
        "W_MOCK_UNUSED",
        expect.stringContaining("mock raed"),
      ]);
    });

    test("flows row 19: plugins perform steps, from paths beside the configuration; what they throw is the error", () => {
      const cwd = coldstore({
        "plumb.yaml": "runtime:\n  plugins: [plug.ts]\n",
        "plug.ts": `export default {
        "coldstore.read": async (args: { store: string }, ctx) => { ctx.log("info", "read " + args.store); return { values: { air: 1 } }; },
        "coldstore.set": () => { throw { code: 2042, retriable: false }; },
        "notify.send": () => 5,
      };`,
      });
      const { result, exit, stderr } = run(cwd, [...COLDSTORE, ...INPUTS]);
      expect([stderr, exit]).toEqual(["", 0]);
      expect(result.outputs).toMatchObject({ decision: { action: "HOLD" } });
      expect((result.events as Members[])[2]).toMatchObject({ type: "log", message: "read north-2", step_id: "read" });
      writeFileSync(join(cwd, "m.yaml"), "read: { values: { air: 20 } }\n");
      const thrown = run(cwd, [...COLDSTORE, ...INPUTS, "--mocks", "m.yaml"]);
      expect([thrown.exit, thrown.result.error]).toMatchObject([1, { code: 2042, data: { attempt: 1 } }]);
      expect(thrown.stderr).toContain("--> coldstore.wdl:20:7\n");
      writeFileSync(join(cwd, "plug.ts"), "export default 5;");
      expect(codesOf(run(cwd, [...COLDSTORE, ...INPUTS]).stderr)).toEqual(["E_PLUGIN_LOAD"]);
    });

    test("a signal cancels the run, which still prints its object", async () => {
      const cwd = coldstore({
        "slow.yaml": "read: { error: { message: busy }, delay_ms: 300 }\ncoldstore.set: {}\nnotify.send: {}\n",
      });
      edit(cwd, IR, (ir: { graph: { nodes: { retry: Members; timeout_ms: number }[] } }) => {
        const [read] = ir.graph.nodes;
        if (read !== undefined) read.retry = { max: 1000, backoff_ms: 20 };
      });
      for (const [signal, exit] of [
        ["SIGINT", 130],
        ["SIGTERM", 143],
      ] as const) {
        const args = ["runtime", "run", ...COLDSTORE, ...INPUTS, "--mocks", "slow.yaml", "--trace", `${signal}.jsonl`];
        const running = startPlumb(target, args, { cwd });
        // The trace's file is there as soon as the run begins.
        while (!existsSync(cwd) || ![...new Bun.Glob(`${signal}.jsonl*`).scanSync(cwd)].length) await Bun.sleep(5);
        await Bun.sleep(50);
        running.signal(signal);
        const finished = await running.finish();
        expect([signal, finished.exit]).toEqual([signal, exit]);
        const { status, error } = JSON.parse(finished.stdout) as Members;
        expect([status, error]).toEqual(["cancelled", undefined]);
      }
    });
  },
);
