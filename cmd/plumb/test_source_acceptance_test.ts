import { describe, expect, test } from "bun:test";
import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { jsonLines, oneTarget, runPlumb, tempDir, tempFiles } from "../../internal/testkit/mod.ts";

// The rows of the Acceptance list of spec/ami-tests.md that need .ami source, through the command line.

type Record = { readonly [key: string]: unknown };

const EXAMPLES = resolve(import.meta.dir, "../../testdata/examples");

const WORKER = `func inc(ev Event<any>) (any, error) {
  if ev.payload.k > 9 { return nil, error("E_BIG", "k is too big: " + str(ev.payload.k)) }
  ev.payload.k = ev.payload.k + 1
  return ev, nil
}
`;

for (const target of oneTarget()) {
  const plumb = (cwd: string, ...args: string[]) => runPlumb(target, args, { cwd });
  const stream = (cwd: string, ...args: string[]) => {
    const { stdout, stderr, exit } = plumb(cwd, "test", "--json", ...args);
    const records = jsonLines(stdout);
    return { records, ends: records.filter(({ type }) => type === "test_end"), stderr, exit };
  };
  const verdicts = (ends: readonly Record[]) => ends.map(({ case: name, status, code }) => [name, code ?? status]);

  describe(`ami-tests acceptance with source, ${target.name}`, () => {
    test("2: the example pipelines", () => {
      const cwd = tempDir();
      cpSync(EXAMPLES, join(cwd, "examples"), { recursive: true });
      const { stdout, exit } = plumb(cwd, "test", "examples/pipelines");
      expect(stdout.trimEnd().split("\n").at(-1)).toStartWith("plumb test: 9 passed, 0 failed, 1 skipped (10 cases, ");
      expect(exit).toBe(0);
    });

    test("14: a pipeline of the folder is really executed", () => {
      const cwd = tempFiles({
        "lib.ami": `package app\n${WORKER}pipeline P { ingress.inc.egress }\n`,
        "t_test.ami": '#pragma test:case a\n#pragma test:runtime pipeline=P input={"k":1} output={"k":2}\n',
      });
      expect(stream(cwd).exit).toBe(0);
    });

    test("18: io.Write on an rw fixture leaves the source file as it was, and two runs are equal", () => {
      const cwd = tempFiles({
        "t_test.ami":
          'package app\n#pragma capabilities list=io\npipeline P { ingress.io.Write("out.jsonl").egress }\n' +
          "#pragma test:case a\n#pragma test:fixture path=out.jsonl mode=rw\n#pragma test:runtime pipeline=P input=[1,2] output=[1,2]\n",
        "out.jsonl": "0\n",
      });
      const strip = () =>
        plumb(cwd, "test", "--json").stdout.replaceAll(/"(timestamp":"2\d{3}-[^"]*"|duration_ms":[\d.]+)/g, "");
      expect(strip()).toBe(strip());
      expect(readFileSync(join(cwd, "out.jsonl"), "utf8")).toBe("0\n");
      expect(plumb(cwd, "test", "-v").exit).toBe(0);
      const kept = join(cwd, "build/test/fixtures/t_test.ami_a/out.jsonl");
      expect(readFileSync(kept, "utf8")).toBe("0\n1\n2\n");
    });

    test("19: io.Read of an undeclared file is denied", () => {
      const cwd = tempFiles({
        "t_test.ami":
          'package app\n#pragma capabilities list=io\npipeline P { io.Read("in.jsonl").egress }\n' +
          "#pragma test:case a\n#pragma test:runtime pipeline=P\n",
        "in.jsonl": "1\n",
      });
      expect(verdicts(stream(cwd).ends)).toEqual([["a", "E_SANDBOX_DENIED"]]);
    });

    test("23: a worker reads what test:kv put, and expect= sees what it wrote", () => {
      const cwd = tempFiles({
        "t_test.ami":
          'package app\nfunc seen(ev Event<any>) any {\n  n := state.get("n")\n  state.set("n", n + 1)\n  return n\n}\n' +
          'pipeline P { ingress.seen.egress }\n#pragma test:case a\n#pragma test:kv ns="P/seen" put={"n":5} expect={"n":6}\n' +
          "#pragma test:runtime pipeline=P input=1 output=5\n",
      });
      expect(stream(cwd).exit).toBe(0);
    });

    test("28: parse_fail before code without a package", () => {
      const text = "#pragma test:assert parse_fail msg=\"expected 'package'\" code=E_PARSE\nfunc F(){}\n";
      expect(stream(tempFiles({ "t_test.ami": text })).exit).toBe(0);
    });

    test("29: expect_error with count", () => {
      const text = (imports: string) =>
        `#pragma test:case a\n#pragma test:expect_error E_BAD_IMPORT count=2\npackage main\n${imports}`;
      const bad = 'import "bad path"\n';
      expect(stream(tempFiles({ "t_test.ami": text(bad + bad) })).exit).toBe(0);
      expect(verdicts(stream(tempFiles({ "t_test.ami": text(bad) })).ends)).toEqual([["a", "E_EXPECT_DIAGNOSTICS"]]);
    });

    test("30: a case name that looks like source leaves the source parsing", () => {
      const text = `package app\n#pragma test:case pipeline func error\n#pragma test:runtime pipeline=P input={"k":1} output={"k":2}\n${WORKER}pipeline P { ingress.inc.egress }\n`;
      expect(verdicts(stream(tempFiles({ "t_test.ami": text })).ends)).toEqual([["pipeline func error", "pass"]]);
    });

    test("36: --strict fails a directive case over a warning, unless it expects it", () => {
      const text = (expectation: string) =>
        `package main\nimport "x/y"\n#pragma test:case a\n#pragma test:${expectation}\n`;
      const code = (expectation: string) =>
        verdicts(stream(tempFiles({ "t_test.ami": text(expectation) }), "--strict").ends)[0]?.[1];
      expect([code("expect_warn W_IMPORT_UNRESOLVED"), code("expect_no_errors")]).toEqual([
        "pass",
        "W_IMPORT_UNRESOLVED",
      ]);
    });

    test("37: a simulated error enters the error block, event included, and still gives one line on stderr", () => {
      const cwd = tempFiles({
        "t_test.ami":
          "package app\nfunc keep(ev Event<any>) any {\n  state.set(ev.payload.code, ev.payload.data.event.payload)\n  return nil\n}\n" +
          "pipeline P { ingress -> egress\n error { keep -> egress }\n}\n#pragma test:case a\n" +
          '#pragma test:kv ns="P/error/keep" expect={"E_X":{"k":1}}\n' +
          '#pragma test:runtime pipeline=P input={"k":1,"error_code":"E_X"} expect_error=E_X\n',
      });
      const { exit, stderr, ends } = stream(cwd);
      expect([exit, ends[0]?.status, stderr.split("\n").length]).toEqual([0, "pass", 2]);
    });

    const typescript = (source: string, pragmas = "") => ({
      "w.ts": source,
      "t_test.ami":
        `package app\n#pragma workers "./w.ts"\n${pragmas}pipeline P { ingress.tsw.egress }\npipeline Q { ingress -> egress }\n` +
        "#pragma test:case p\n#pragma test:runtime pipeline=P input=1\n#pragma test:case q\n#pragma test:runtime pipeline=Q input=1 output=1\n",
    });

    test("38: a TypeScript worker that imports node:fs, without and with the capability", () => {
      const source = 'import { existsSync } from "node:fs";\nexport const tsw = () => existsSync("/");\n';
      const denied = stream(tempFiles(typescript(source)));
      expect([verdicts(denied.ends), denied.exit]).toEqual([
        [
          ["p", "E_WORKER_IO"],
          ["q", "pass"],
        ],
        1,
      ]);
      expect(stream(tempFiles(typescript(source, "#pragma capabilities list=fs\n"))).exit).toBe(0);
      expect(stream(tempFiles(typescript(source)), "--allow", "fs").exit).toBe(0);
    });

    test("39: a TypeScript worker that loops for ever fails its case; every other has its verdict", () => {
      const { ends, exit } = stream(
        tempFiles(typescript("export const tsw = () => { for (;;); };\n")),
        "--watchdog",
        "200",
      );
      expect([verdicts(ends), exit]).toEqual([
        [
          ["p", "E_WORKER_HANG"],
          ["q", "pass"],
        ],
        1,
      ]);
      expect(ends[0]?.blame).toBe("subject");
    }, 30_000);

    test("a file pragma that is misspelt fails the cases of its file, and is never passed over", () => {
      const cwd = tempFiles({
        "t_test.ami": "#pragma tset:case b\n#pragma test:case a\n#pragma test:runtime input=1 output=1\n",
      });
      expect(verdicts(stream(cwd).ends)).toEqual([["a", "E_PRAGMA_UNKNOWN"]]);
    });

    test("the error line of a case names the file that its place is in", () => {
      const cwd = tempFiles({
        "p.ami": "package app\npipeline P { ingress -> nope -> egress }\n",
        "t_test.ami": "#pragma test:case a\n#pragma test:runtime pipeline=P input=1\n",
      });
      const [line] = jsonLines(stream(cwd).stderr);
      expect(line).toMatchObject({ code: "E_EDGE_UNDECLARED_TO", file: "p.ami", pos: { line: 2, column: 25 } });
    });

    test("io.Write begins a line of its own behind one that was left open", () => {
      const cwd = tempFiles({
        "t_test.ami":
          'package app\n#pragma capabilities list=io\npipeline P { ingress.io.Write("out.jsonl").egress }\n' +
          "#pragma test:case a\n#pragma test:fixture path=out.jsonl mode=rw\n#pragma test:runtime pipeline=P input=[7]\n",
        "out.jsonl": "8",
      });
      expect(plumb(cwd, "test", "-v").exit).toBe(0);
      expect(readFileSync(join(cwd, "build/test/fixtures/t_test.ami_a/out.jsonl"), "utf8")).toBe("8\n7\n");
    });

    test("a failing case of a pipeline shows its last hops", () => {
      const text = `package app\n${WORKER}pipeline P { ingress.inc.egress }\n#pragma test:case a\n#pragma test:runtime pipeline=P input={"k":1} output=1\n`;
      const { records } = stream(tempFiles({ "t_test.ami": text }));
      const output = records.find(({ type }) => type === "test_output");
      expect(output).toMatchObject({ stream: "stderr", id: "t_test.ami::a" });
      const hops = jsonLines(String(output?.text));
      expect(hops.every(({ schema }) => schema === "hop.v1")).toBe(true);
      expect(hops).toContainEqual(expect.objectContaining({ node: "egress", op: "output", event: "P/ingress/0" }));
    });

    test("what a TypeScript worker prints is the output of its case", () => {
      const { records } = stream(tempFiles(typescript('export const tsw = () => { console.log("seen"); };\n')));
      expect(records.filter(({ type }) => type === "test_output")).toMatchObject([
        { stream: "stdout", text: "seen\n" },
      ]);
    });
  });
}
