import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { jsonLines, oneTarget, runPlumb, startPlumb, tempFiles } from "../../internal/testkit/mod.ts";

// The Acceptance list of spec/ami-tests.md, row by row, through the command line. Rows that need .ami source are tested
// with the pipelines.

type Record = { readonly [key: string]: unknown };

const PASS = (name: string) => `#pragma test:case ${name}\n#pragma test:runtime input={} output={}\n`;
const FAIL = (name: string) => `#pragma test:case ${name}\n#pragma test:runtime input={} output=1\n`;

for (const target of oneTarget()) {
  const plumb = (cwd: string, ...args: string[]) => runPlumb(target, args, { cwd });
  const stream = (cwd: string, ...args: string[]) => {
    const { stdout, stderr, exit } = plumb(cwd, "test", "--json", ...args);
    const records = jsonLines(stdout);
    return { records, ends: records.filter(({ type }) => type === "test_end"), errors: jsonLines(stderr), exit };
  };
  const verdicts = (ends: readonly Record[]) => ends.map(({ case: name, status, code }) => [name, code ?? status]);
  const firstOf = (end: Record | undefined): Record => Object((end?.diagnostics as Record[] | undefined)?.[0]);
  const oneFile = (text: string) => tempFiles({ "t_test.ami": text });

  describe(`ami-tests acceptance, ${target.name}`, () => {
    test("3: a passing, a failing and a skipped case", () => {
      const cwd = oneFile(
        `${PASS("p")}#pragma test:case f\n#pragma test:runtime input={"error_code":"E_BUS"}\n#pragma test:case s\n#pragma test:skip not yet\n#pragma test:runtime input={}\n`,
      );
      const { ends, exit } = stream(cwd);
      expect(verdicts(ends)).toEqual([
        ["p", "pass"],
        ["f", "E_BUS"],
        ["s", "skip"],
      ]);
      expect(exit).toBe(1);
      const human = plumb(cwd, "test").stdout.trimEnd().split("\n").at(-1);
      expect(human).toMatch(/^plumb test: 1 passed, 1 failed, 1 skipped \(3 cases, \d+\.\d\d s, seed 42\)$/);
    });

    test("4: an unknown pragma fails its section at line:9 with a help; others run", () => {
      const { ends } = stream(oneFile(`#pragma test:case a\n#pragma test:runtme input={}\n${PASS("b")}`));
      expect(verdicts(ends)).toEqual([
        ["a", "E_PRAGMA_UNKNOWN"],
        ["b", "pass"],
      ]);
      expect(firstOf(ends[0])).toMatchObject({ pos: { line: 2, column: 9 }, data: { help: "test:runtime" } });
    });

    test("5: an unknown key is found at the key, with a help", () => {
      const { ends } = stream(oneFile("#pragma test:case a\n#pragma test:runtime input={} expect_outptu={}\n"));
      expect(firstOf(ends[0])).toMatchObject({
        code: "E_PRAGMA_KEY",
        pos: { line: 2, column: 31 },
        data: { help: "expect_output" },
      });
    });

    test("6: JSON with braces in strings, blanks, and in quotes is read correctly", () => {
      const lines = ['{"a":"}"}', '{ "s" : "a b" }', `'{"k":"a b"}'`].map(
        (json, i) => `#pragma test:case c${i}\n#pragma test:runtime input=${json} output=${json}\n`,
      );
      expect(verdicts(stream(oneFile(lines.join(""))).ends).map(([, verdict]) => verdict)).toEqual([
        "pass",
        "pass",
        "pass",
      ]);
    });

    test("7: malformed JSON is found at the value; the other cases run", () => {
      const { ends } = stream(oneFile(`#pragma test:case a\n#pragma test:runtime input={"a":1,}\n${PASS("b")}`));
      expect(firstOf(ends[0])).toMatchObject({ code: "E_PRAGMA_JSON", pos: { line: 2, column: 28 } });
      expect(ends[1]?.status).toBe("pass");
    });

    test("8: two cases with a runtime line each: each runs its own", () => {
      const text =
        "#pragma test:case a\n#pragma test:runtime input=1 output=1\n#pragma test:case b\n#pragma test:runtime input=2 output=2\n";
      expect(stream(oneFile(text)).exit).toBe(0);
    });

    test("9: a runtime line, then two bare cases: both run it, and it is no third case", () => {
      const { ends } = stream(
        oneFile("#pragma test:runtime input=1 output=2\n#pragma test:case a\n#pragma test:case b\n"),
      );
      expect(verdicts(ends)).toEqual([
        ["a", "E_OUTPUT_MISMATCH"],
        ["b", "E_OUTPUT_MISMATCH"],
      ]);
    });

    test("10: the limit itself is in time, one millisecond less is E_TIMEOUT", () => {
      const line = (ms: number) =>
        `#pragma test:case t${ms}\n#pragma test:runtime input={"sleep_ms":20} timeout=${ms} output={}\n`;
      const { ends } = stream(oneFile(line(20) + line(19)));
      expect(verdicts(ends)).toEqual([
        ["t20", "pass"],
        ["t19", "E_TIMEOUT"],
      ]);
      expect(firstOf(ends[1]).message).toBe("the run needs more than 19 ms");
    });

    test("11: an hour of sleep is virtual", () => {
      const { ends } = stream(
        oneFile('#pragma test:case a\n#pragma test:runtime input={"sleep_ms":3600000} output={}\n'),
      );
      expect(ends[0]).toMatchObject({ status: "pass", virtual_ms: 3600000 });
    });

    test("12: an error of another code is a mismatch that names both", () => {
      const { ends } = stream(
        oneFile('#pragma test:case a\n#pragma test:runtime input={"error_code":"E_X"} expect_error=E_Y\n'),
      );
      expect(ends[0]).toMatchObject({ code: "E_ERROR_MISMATCH", error: "expected E_Y, but the run raised E_X" });
    });

    test("13: an unknown pipeline is the identity, with a warning that --strict makes a failure", () => {
      const cwd = oneFile("#pragma test:case a\n#pragma test:runtime pipeline=Nope input={} output={}\n");
      const { records, exit } = stream(cwd);
      expect(records).toContainEqual(expect.objectContaining({ code: "W_PIPELINE_UNKNOWN", level: "warn" }));
      expect(exit).toBe(0);
      const strict = stream(cwd, "--strict");
      expect([strict.ends[0]?.code, strict.exit]).toEqual(["W_PIPELINE_UNKNOWN", 1]);
    });

    test("15: path, kind, expected and actual of each difference; a permutation is reordered", () => {
      const text =
        '#pragma test:case a\n#pragma test:runtime input=[{"x":1},{"k":2}] output=[{"y":1},{"k":3}]\n' +
        "#pragma test:case b\n#pragma test:runtime input=[1,2,3] output=[3,2,1]\n";
      const { ends } = stream(oneFile(text));
      const data = ends.map(({ diagnostics }) => (diagnostics as Record[]).map((found) => found.data));
      expect(data).toEqual([
        [
          { path: "$[0].x", kind: "unexpected", actual: 1 },
          { path: "$[0].y", kind: "missing", expected: 1 },
          { path: "$[1].k", kind: "changed", expected: 3, actual: 2 },
        ],
        [{ path: "$", kind: "reordered", expected: [3, 2, 1], actual: [1, 2, 3] }],
      ]);
    });

    test("16: bad fixtures, each with its position", () => {
      const lines = ["path=e.jsonl mode=bad", "path=nope", "path=../../up", "path=out/passwd"].map(
        (fixture, i) => `#pragma test:case f${i}\n#pragma test:fixture ${fixture}\n#pragma test:runtime input={}\n`,
      );
      const undeclared = "#pragma test:case f4\n#pragma test:runtime events=@e.jsonl\n";
      const cwd = tempFiles({ "t_test.ami": lines.join("") + undeclared, "e.jsonl": "{}\n" });
      symlinkSync("/etc", join(cwd, "out"));
      const found = stream(cwd).ends.map(firstOf);
      expect(found.map(({ code, pos }) => [code, Object(pos).line, Object(pos).column])).toEqual([
        ["E_FIXTURE_MODE", 2, 40],
        ["E_FIXTURE_MISSING", 5, 27],
        ["E_FIXTURE_PATH", 8, 27],
        ["E_FIXTURE_PATH", 11, 27],
        ["E_FIXTURE_UNDECLARED", 14, 29],
      ]);
    });

    test("17: with the path . a fixture is valid", () => {
      const text =
        "#pragma test:case a\n#pragma test:fixture path=e.jsonl\n#pragma test:runtime events=@e.jsonl output=[1]\n";
      expect(plumb(tempFiles({ "t_test.ami": text, "e.jsonl": "1\n" }), "test").exit).toBe(0);
    });

    test("20: two cases with the same put and get have equal metrics; with share=file the second counts on", () => {
      const metrics = (share: string) => {
        const cwd = oneFile(`#pragma test:kv put="a=1" get=a ${share}\n${PASS("a")}${PASS("b")}`);
        const found = stream(cwd, "--kv-events").records.filter(({ code }) => code === "KV_METRICS");
        return found.map(({ data }) => Object(data).hits);
      };
      expect(metrics("")).toEqual([1, 1]);
      expect(metrics("share=file")).toEqual([1, 2]);
    });

    test("21: a ttl of 50 is a hit at 49 and an expiration and a miss at 50", () => {
      const line = (ms: number) =>
        `#pragma test:case t${ms}\n#pragma test:kv put="a=1" ttl=50 get=a\n#pragma test:runtime input={"sleep_ms":${ms}}\n`;
      const { records } = stream(oneFile(line(49) + line(50)), "--kv-events");
      expect(records.filter(({ code }) => code === "KV_METRICS").map(({ data }) => data)).toMatchObject([
        { hits: 1, misses: 0, expirations: 0 },
        { hits: 0, misses: 1, expirations: 1 },
      ]);
    });

    test("22: an entry that was used up is not evicted", () => {
      const text =
        '#pragma test:case a\n#pragma test:kv ns=p/n capacity=2 put="a=1" max_reads=1\n' +
        '#pragma test:runtime pipeline=p input=[{"kv_node":"n","kv_get_key":"a"},{"kv_node":"n","kv_put_key":"b"},{"kv_node":"n","kv_put_key":"c"}]\n';
      const { records } = stream(oneFile(text), "--kv-events");
      expect(records.find(({ code }) => code === "KV_METRICS")?.data).toMatchObject({
        evictions: 0,
        currentSize: 2,
        hits: 1,
      });
    });

    test("24: emit=true writes the case's artifacts under a safe name", () => {
      const cwd = oneFile('#pragma test:case a b/c\n#pragma test:kv put="x=1" emit=true\n');
      expect(plumb(cwd, "test").exit).toBe(0);
      const file = (ending: string) => readFileSync(join(cwd, `build/test/kv/t_test.ami_a_b_c${ending}`), "utf8");
      expect(file(".metrics.json")).toBe(
        '{"currentSize":1,"evictions":0,"expirations":0,"hits":0,"misses":0,"schema":"kv.metrics.v1","timestamp":"1970-01-01T00:00:00.000Z"}\n',
      );
      expect(file(".dump.json")).toBe(
        '{"keys":["x"],"schema":"kv.dump.v1","size":1,"timestamp":"1970-01-01T00:00:00.000Z"}\n',
      );
    });

    test("25: --kv-metrics has the sums over all cases, below --artifacts", () => {
      const cwd = oneFile(`#pragma test:kv put="a=1" get="a,b"\n${PASS("a")}${PASS("b")}`);
      plumb(cwd, "test", "--kv-metrics", "--artifacts", "art");
      expect(JSON.parse(readFileSync(join(cwd, "art/kv/metrics.json"), "utf8"))).toMatchObject({
        hits: 2,
        misses: 2,
        currentSize: 2,
      });
      expect(existsSync(join(cwd, "build"))).toBe(false);
    });

    test("26 and 27: the default error pipeline, in its forms", () => {
      const cwd = oneFile('#pragma test:case a\n#pragma test:runtime input={"error_code":"E_X"} expect_error=E_X\n');
      expect(plumb(cwd, "test").stderr).toBe(
        '{"schema":"errors.v1","timestamp":"1970-01-01T00:00:00.000Z","level":"error","code":"E_X","message":"simulated error E_X","file":"t_test.ami","pos":{"line":2,"column":9,"offset":28},"data":{"case":"a","expected":true,"id":"t_test.ami::a"}}\n',
      );
      expect(plumb(cwd, "test", "--errorpipe-human").stderr).toBe("error: code=E_X case=a file=t_test.ami\n");
      expect(plumb(cwd, "test", "--no-errorpipe").stderr).toBe("");
    });

    test("31: --update rewrites a golden file, the next run passes without; refused under CI=true", () => {
      const text =
        '#pragma test:case g\n#pragma test:fixture path=g.json\n#pragma test:runtime input={"k":1} output=@g.json\n';
      const cwd = tempFiles({ "t_test.ami": text, "g.json": "{}" });
      const ci = runPlumb(target, ["test", "--update"], { cwd, env: { CI: "true" } });
      expect([ci.exit, readFileSync(join(cwd, "g.json"), "utf8")]).toEqual([2, "{}"]);
      const updated = stream(cwd, "--update");
      expect(updated.records).toContainEqual(expect.objectContaining({ level: "info", code: "GOLDEN_WRITTEN" }));
      expect([updated.exit, readFileSync(join(cwd, "g.json"), "utf8")]).toEqual([0, '{\n  "k": 1\n}\n']);
      const again = stream(cwd);
      expect([again.exit, again.records.filter(({ schema }) => schema === "diag.v1")]).toEqual([0, []]);
    });

    test("32: --run, --list, --failfast and --shard go by stable id", () => {
      const cwd = tempFiles({ "a_test.ami": PASS("x") + FAIL("y") + PASS("x"), "b_test.ami": PASS("z") });
      const list = (...args: string[]) =>
        plumb(cwd, "test", "--list", ...args)
          .stdout.split("\n")
          .slice(0, -1);
      expect(list()).toEqual(["a_test.ami::x", "a_test.ami::y", "a_test.ami::x#2", "b_test.ami::z"]);
      expect(list("--run", "x")).toEqual(["a_test.ami::x", "a_test.ami::x#2"]);
      expect(list("--shard", "2/2")).toEqual(["a_test.ami::y", "b_test.ami::z"]);
      expect(jsonLines(plumb(cwd, "test", "--list", "--json", "--run", "#2").stdout)).toMatchObject([
        { type: "test_start", id: "a_test.ami::x#2", name: "x", case: "x#2", line: 6 },
      ]);
      expect(stream(cwd, "--failfast").ends.map(({ reason, status }) => reason ?? status)).toEqual([
        "pass",
        "fail",
        "failfast",
        "failfast",
      ]);
    });

    test("33: two runs of a folder are equal but for timestamp and duration_ms, whatever --parallel is", () => {
      const cwd = tempFiles({
        "a_test.ami": PASS("x") + FAIL("y"),
        "b/c_test.ami": `#pragma test:kv put="a=1"\n${FAIL("z")}`,
      });
      const strip = (...args: string[]) =>
        plumb(cwd, "test", "--json", "--kv-events", ...args).stdout.replaceAll(
          /"(timestamp":"2\d{3}-[^"]*"|duration_ms":[\d.]+)/g,
          "",
        );
      expect(strip("--parallel", "8")).toBe(strip("--parallel", "1"));
    });

    test("33, with cases heavy enough for worker threads", () => {
      const numbers = JSON.stringify(Array.from({ length: 4000 }, (_, i) => i));
      const heavy = (i: number) =>
        `#pragma test:case c${i}\n#pragma test:runtime input=${numbers} output=${i % 5 === 0 ? numbers.replace("[0", "[-1") : numbers}\n`;
      const cwd = oneFile(Array.from({ length: 200 }, (_, i) => heavy(i)).join(""));
      const strip = (n: number) =>
        plumb(cwd, "test", "--json", `--parallel=${n}`).stdout.replaceAll(
          /"(timestamp":"2\d{3}-[^"]*"|duration_ms":[\d.]+)/g,
          "",
        );
      const one = strip(1);
      expect(one).toContain('"totals":{"pass":160,"fail":40,"skip":0,"cases":200}');
      expect(strip(4) === one).toBe(true);
    }, 30_000);

    test("34: a runtime line without a source of its own runs that of the line above once more", () => {
      const text =
        '#pragma test:case a\n#pragma test:runtime pipeline=P input={"error_code":"E_BIG"} expect_error=E_BIG output=[]\n' +
        "#pragma test:runtime expect_error=E_BIG\n#pragma test:runtime output=1 expect_error=E_BIG\n";
      expect(verdicts(stream(oneFile(text)).ends)).toEqual([
        ["a", "pass"],
        ["a#2", "pass"],
        ["a#3", "E_OUTPUT_MISMATCH"],
      ]);
    });

    test("35: a malformed line in the preamble fails all cases; its record is emitted once", () => {
      const { records, ends } = stream(oneFile(`#pragma test:kv putt=1\n${PASS("a")}${PASS("b")}${PASS("c")}`));
      const kinds = records.map(({ type, code }) => type ?? code);
      expect(kinds.slice(0, 4)).toEqual(["run_start", "test_start", "E_PRAGMA_KEY", "test_end"]);
      expect(kinds.filter((kind) => kind === "E_PRAGMA_KEY").length).toBe(1);
      expect(ends.map((end) => firstOf(end).code)).toEqual(["E_PRAGMA_KEY", "E_PRAGMA_KEY", "E_PRAGMA_KEY"]);
    });

    test("40: --known-failing with a failing, a passing and an unknown id", () => {
      const cwd = tempFiles({
        "t_test.ami": FAIL("f") + PASS("p"),
        known: "t_test.ami::f\nt_test.ami::p\nt_test.ami::u\n",
      });
      const { records, ends, exit } = stream(cwd, "--known-failing", "known");
      expect(ends).toMatchObject([
        { status: "fail", known: true, ok: true },
        { status: "pass", stale: true },
      ]);
      expect(records.at(-2)).toMatchObject({ code: "W_KNOWN_UNUSED", level: "warn", file: "known", pos: { line: 3 } });
      expect(records.at(-1)).toMatchObject({ totals: { pass: 1, fail: 0, skip: 0, cases: 2, known: 1, stale: 1 } });
      expect(exit).toBe(1);
      const human = plumb(cwd, "test", "--known-failing", "known").stdout;
      expect(human).toContain("plumb test: 1 passed, 0 failed, 0 skipped, 1 known, 1 stale (2 cases,");
    });

    test("41: SIGINT while cases run: the rest is skipped as interrupted, run_end comes, exit 130", async () => {
      const cwd = oneFile(Array.from({ length: 40_000 }, (_, i) => PASS(`c${i}`)).join(""));
      const running = startPlumb(target, ["test", "--json"], { cwd });
      let sent = false;
      const { stdout, exit } = await running.finish((text) => {
        // The first records are there, so cases are running. A second signal would end it at once.
        if (sent || !text.includes('"test_end"')) return;
        sent = true;
        running.signal("SIGINT");
      });
      const records = jsonLines(stdout);
      expect(records.filter(({ reason }) => reason === "interrupted").length).toBeGreaterThan(0);
      expect(records.filter(({ type }) => type === "test_end").length).toBe(40_000);
      expect(records.at(-1)).toMatchObject({ type: "run_end", exit: { code: 130, name: "interrupted" } });
      expect(exit).toBe(130);
    }, 30_000);
  });

  describe(`bad input, ${target.name}`, () => {
    test("random bytes, a folder named like a test, NUL bytes and CRLF: a clear error or verdict; the others report", () => {
      const cwd = tempFiles({
        "bytes_test.ami": new Uint8Array([0x23, 0xff, 0xfe, 0x00]),
        "crlf_test.ami": PASS("crlf").replaceAll("\n", "\r\n"),
        "nul_test.ami": `#pragma test:case a\0b\n#pragma test:runtime input={} output={} \0\n${PASS("c")}`,
      });
      mkdirSync(join(cwd, "folder_test.ami"));
      const { records, ends, exit } = stream(cwd);
      expect(records[1]).toMatchObject({
        code: "E_FILE_UTF8",
        file: "bytes_test.ami",
        pos: { line: 1, column: 2, offset: 1 },
      });
      expect(ends.map(({ id, code, status }) => [id, code ?? status])).toEqual([
        ["crlf_test.ami::crlf", "pass"],
        ["nul_test.ami::a\0b", "E_PRAGMA_SYNTAX"],
        ["nul_test.ami::c", "pass"],
      ]);
      expect(exit).toBe(2);
    });

    test("a pragma line of 1 MB and JSON that never closes", () => {
      const long = "x".repeat(1_000_000);
      const text = `#pragma test:case long\n#pragma test:runtime input="${'\\"'}${long}${'\\"'}" output='"${long}y"'\n#pragma test:case open\n#pragma test:runtime input=${"[".repeat(100_000)}\n${PASS("last")}`;
      const cwd = oneFile(text);
      const { ends } = stream(cwd);
      expect(verdicts(ends)).toEqual([
        ["long", "E_OUTPUT_MISMATCH"],
        ["open", "E_PRAGMA_JSON"],
        ["last", "pass"],
      ]);
      expect(plumb(cwd, "test", "--no-errorpipe").stdout.length).toBeLessThan(20_000);
    });

    test("an empty folder is exit 5, a path that is not there 2, an invalid regex 2", () => {
      const cwd = tempFiles({});
      expect(plumb(cwd, "test").exit).toBe(5);
      expect(plumb(cwd, "test", "--no-tests=pass").exit).toBe(0);
      const missing = plumb(cwd, "test", "nope");
      expect([missing.exit, missing.stdout, missing.stderr]).toEqual([
        2,
        "",
        "error[E_USAGE_ARGUMENT]: nope does not exist\n  try: plumb test --help\n",
      ]);
      expect(plumb(cwd, "test", "--run", "(").exit).toBe(2);
    });

    test("a reader that goes away ends it quietly with 141", () => {
      const cwd = oneFile(Array.from({ length: 5000 }, (_, i) => PASS(`c${i}`)).join(""));
      const words = [...target.argv, "test", "--json"].map((word) => `'${word}'`).join(" ");
      const { stdout, stderr } = Bun.spawnSync(
        ["bash", "-c", `${words} | head -n 1 | wc -l; echo "\${PIPESTATUS[0]}"`],
        { cwd },
      );
      expect([stdout.toString(), stderr.toString()]).toEqual(["1\n141\n", ""]);
    });

    test("nothing is left behind: no temporary file, no artifact that nobody asked for", () => {
      const cwd = oneFile(PASS("a"));
      plumb(cwd, "test", "--reporter", "junit=r.xml");
      expect(readdirSync(cwd).sort()).toEqual(["r.xml", "t_test.ami"]);
    });
  });
}
