import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { jsonLines, oneTarget, runPlumb, type Target, tempDir, writeFiles } from "../../internal/testkit/mod.ts";

const EXAMPLES = resolve(import.meta.dir, "../../testdata/examples");

// Each test starts plumb several times, on a machine that may be busy.
setDefaultTimeout(60_000);

/** The cold store with further files. */
function coldstore(files: Readonly<Record<string, string>>): string {
  const cwd = join(tempDir(), "coldstore");
  cpSync(join(EXAMPLES, "coldstore"), cwd, { recursive: true });
  writeFiles(cwd, files);
  return cwd;
}

/** A scenario of steps that run the cold store. */
function scenario(...steps: readonly string[]): string {
  const lines = steps.map((step) => `  - {run: coldstore.monitor, manifest: expected/manifest.json, ${step}}\n`);
  return `name: s\nflow:\n${lines.join("")}`;
}

const INPUTS = "inputs: {store: n, probes: []}";
const ANSWERS = "coldstore.set: {}, notify.send: {}";

describe.each(oneTarget().map((target): [string, Target] => [target.name, target]))(
  "flows in plumb test, %s",
  (_, target) => {
    const run = (cwd: string, ...args: string[]) => {
      const { stdout, stderr, exit } = runPlumb(target, ["test", ...args, "--json", "--no-errorpipe"], { cwd });
      const records = jsonLines(stdout);
      const ends = records.filter(({ type }) => type === "test_end");
      return {
        records,
        stderr,
        exit,
        ends,
        codes: ends.flatMap((end) =>
          ((end.diagnostics ?? []) as { code: string; message: string }[]).map(
            ({ code, message }) => `${code} ${message}`,
          ),
        ),
      };
    };

    test("a run step runs a flow in virtual time and holds its outputs to what is expected", () => {
      const cwd = coldstore({
        "a.scenario.yaml": `name: both
vars: {store: north-2}
flow:
  - run: coldstore.monitor
    manifest: expected/manifest.json
    inputs: {store: "\${store}", probes: [air, door]}
    mocks: [{notify.send: {sent: true}, $draws: [0.5]}, mocks.yaml]
    expect:
      status: completed
      outputs: {decision: {action: COOL, level: 2}, note: "store north-2, level 2"}
  - run: coldstore.monitor
    manifest: expected/manifest.json
    inputs: {store: north-2, probes: []}
    mocks: mocks_dead_bus.yaml
    expect: {outputs: {decision: {}, note: "store north-2, level null"}, exact: true}
`,
      });
      expect(run(cwd)).toMatchObject({ exit: 0, stderr: "", ends: [{ status: "pass", virtual_ms: 300 }] });
    });

    test("flows row 17: a time limit of a step bites at its instant, in no wall time", () => {
      const mocks = `mocks: {read: {delay_ms: 3600000}, ${ANSWERS}}`;
      const cwd = coldstore({
        "a.scenario.yaml": scenario(`${INPUTS}, ${mocks}, expect: {outputs: {note: "store n, level null"}}`),
      });
      // Three attempts of 500 ms, and 100 ms before the second and the third; then the handler.
      expect(run(cwd)).toMatchObject({ exit: 0, ends: [{ status: "pass", virtual_ms: 1700 }] });
    });

    test("flows row 30: the same flow twice in the test world gives equal bytes, and draws of its own seed", () => {
      const draws = `${INPUTS}, mocks: {read: {values: {air: 9}}, ${ANSWERS}}, expect: {outputs: {decision: {level: 2, action: NOBODY}}}`;
      const cwd = coldstore({ "a.scenario.yaml": scenario(draws, draws) });
      const [first, second] = [run(cwd), run(cwd, "--parallel", "1")];
      expect(first.codes).toEqual(second.codes);
      expect(first.codes[0]?.replace("step 1", "step 2")).toBe(first.codes[1] ?? "");
      expect(run(cwd, "--seed", "43").codes).toHaveLength(2);
    });

    test("what is not as expected, fails, or is refused is told with its step", () => {
      const cwd = coldstore({
        "a.scenario.yaml": scenario(
          `${INPUTS}, mocks: mocks.yaml, expect: {status: failed}`,
          INPUTS,
          `${INPUTS}, expect: {error: E_CAPABILITIES_MISMATCH, status: failed}`,
          `${INPUTS}, mocks: {read: {values: {air: x}}, ${ANSWERS}}`,
          `${INPUTS}, mocks: {read: {values: {air: 1}}, ${ANSWERS}, raed: {}}, expect: {outputs: {decision: {action: COOL}}}`,
        ),
      });
      const { codes, exit, records } = run(cwd);
      expect([codes, exit]).toEqual([
        [
          'E_EXPECT_MISMATCH step 1: status expected "failed", got "completed"',
          "E_CAPABILITIES_MISMATCH step 2: E_CAPABILITIES_MISMATCH: CapabilitiesMismatch: engine local cannot run flow 'coldstore.monitor'; nobody performs coldstore.read, coldstore.set, notify.send: give it mocks, or a plugin",
          expect.stringMatching(/^E_STEP_FAILED step 4: E_STEP_FAILED: policy limits: limits\.pdl:13:3: /),
          'E_EXPECT_MISMATCH step 5: outputs.decision.action expected "COOL", got "HOLD"',
        ],
        1,
      ]);
      expect(records.filter(({ code }) => code === "W_MOCK_UNUSED")).toHaveLength(1);
    });

    test("what keeps a flow from being run keeps the scenario from being run: exit 2, at its place", () => {
      const cwd = coldstore({
        "a.scenario.yaml": scenario(
          `${INPUTS}, mocks: gone.yaml, expect: {}`,
          "inputs: {stor: 1}, mocks: {read: {error: {}}}",
        ),
        "b.scenario.yaml": "name: b\ngolden: true\nflow: [{run: coldstore.monitor}]\n",
      });
      const { records, exit } = run(cwd);
      const told = records.flatMap(({ code, file, pos }) =>
        code === undefined ? [] : [`${file}:${(pos as { line: number }).line} ${code}`],
      );
      expect([told, exit]).toEqual([
        [
          "a.scenario.yaml:3 E_MOCKS_READ",
          "a.scenario.yaml:4 E_INPUT_MISSING",
          "a.scenario.yaml:4 E_INPUT_MISSING",
          "a.scenario.yaml:4 E_INPUT_UNKNOWN",
          "a.scenario.yaml:4 E_MOCKS_SCHEMA",
          "b.scenario.yaml:3 E_MANIFEST_READ",
        ],
        2,
      ]);
    });

    test("a scenario may mix actions and flows, and give a flow what an action answered", () => {
      const cwd = coldstore({});
      cpSync(join(EXAMPLES, "cart"), join(cwd, "cart"), { recursive: true });
      const before = readFileSync(join(cwd, "cart/stock_levels.scenario.yaml"), "utf8");
      expect(before).toContain("flow:");
      writeFileSync(
        join(cwd, "cart/mixed.scenario.yaml"),
        `name: mixed
specs: [cart.concept.yaml]
flow:
  - invoke: Cart.addItem
    args: {item_id: widget, quantity: 3}
    capture: {count: output.new_quantity}
  - run: coldstore.monitor
    manifest: ../expected/manifest.json
    inputs: {store: "cart \${count}", probes: []}
    mocks: {read: {values: {air: 1}}, coldstore.set: {}, notify.send: {}}
    expect: {outputs: {note: "store cart \${count}, level 0"}}
`,
      );
      const { codes, exit } = run(cwd, "cart/mixed.scenario.yaml");
      expect([codes, exit]).toEqual([[], 0]);
    });

    test("flows row 40: plugins perform steps; the host is out of their reach without --allow fs, and not in runtime run", () => {
      const plug = (imports: string, answer: string) =>
        `${imports}\nexport default { "coldstore.read": async (_, ctx) => { await ctx.clock.sleep(200); ${answer} }, "coldstore.set": () => ({}), "notify.send": ({ text }) => ({ text }) };`;
      const cwd = coldstore({
        "plumb.yaml": "runtime:\n  plugins: [plug.ts]\n",
        "plug.ts": plug("", "console.log('read'); return { values: { air: 1 } };"),
        "a.scenario.yaml": scenario(`${INPUTS}, expect: {outputs: {note: "store n, level 0"}}`),
        "b.scenario.yaml": scenario(
          `${INPUTS}, mocks: {read: {values: {air: 20}}}, expect: {outputs: {decision: {level: 3}}}`,
        ),
      });
      const both = run(cwd);
      expect([both.codes, both.exit, both.ends.map(({ virtual_ms }) => virtual_ms)]).toEqual([[], 0, [200, 0]]);
      expect(both.records.filter(({ type, text }) => type === "test_output" && text === "read\n")).toHaveLength(1);
      writeFileSync(join(cwd, "plug.ts"), plug("", "return { pid: process.pid };"));
      expect(run(cwd, "a.scenario.yaml").codes[0]).toContain('note expected "store n, level 0"');
      writeFileSync(join(cwd, "plug.ts"), plug('import "node:fs";', "return { values: { air: 1 } };"));
      const refused = run(cwd);
      const told = refused.records
        .filter(({ schema }) => schema === "diag.v1")
        .map(({ code, file }) => `${code} ${file}`);
      expect([told, refused.exit, refused.ends]).toEqual([["E_PLUGIN_IO plug.ts"], 2, []]);
      expect(run(cwd, "--allow", "fs")).toMatchObject({ exit: 0, codes: [] });
      const args = ["--manifest", "expected/manifest.json", "--flow", "coldstore.monitor", "--inputs", "@inputs.json"];
      expect(runPlumb(target, ["runtime", "run", ...args], { cwd }).exit).toBe(0);
    });

    test("many cases run in threads as they do in one", () => {
      const cases = Array.from({ length: 40 }, (_, n) => `  - {name: c${n}, vars: {store: s${n}}}\n`).join("");
      const text = `name: many\ncases:\n${cases}flow:\n  - run: coldstore.monitor\n    manifest: expected/manifest.json\n    inputs: {store: "\${store}", probes: []}\n    mocks: mocks_dead_bus.yaml\n    expect: {outputs: {note: "store \${store}, level null"}}\n`;
      const cwd = coldstore({ "a.scenario.yaml": text });
      for (const parallel of ["1", "3"]) {
        const { ends, exit } = run(cwd, "--parallel", parallel);
        expect([exit, ends.length, new Set(ends.map(({ status }) => status))]).toEqual([0, 40, new Set(["pass"])]);
      }
    });
  },
);
