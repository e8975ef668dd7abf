import { describe, expect, test } from "bun:test";
import { existsSync, linkSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { jsonLines, oneTarget, runPlumb, startPlumb, tempFiles } from "../../internal/testkit/mod.ts";

const EXAMPLES = resolve(import.meta.dir, "../../testdata/examples/pipelines");
const codes = (records: readonly Readonly<Record<string, unknown>>[]) => records.map(({ code }) => code);

for (const target of oneTarget()) {
  describe(`plumb pipeline run, ${target.name}`, () => {
    const PASS = "package t\npipeline P { ingress -> egress }\n";

    test("an event is one line of canonical JSON, whatever its payload is", () => {
      const cwd = tempFiles({ "t.ami": PASS });
      const stdin = '{"b":1.0,"a":[-0,"\\u00e9"]}\n"x"\nnull\n {"schema":"events.v1","payload":false,"id":"i"}\n';
      const { stdout } = runPlumb(target, ["pipeline", "run", "t.ami"], { cwd, stdin });
      expect(stdout).toBe('{"a":[0,"é"],"b":1}\n"x"\nnull\nfalse\n');
    });

    test("meta keys are for tests: here they are data", () => {
      const cwd = tempFiles({ "t.ami": PASS });
      const stdin = '{"at_ms":5,"error_code":"E"}\n';
      expect(runPlumb(target, ["pipeline", "run", "t.ami", "--clock=virtual"], { cwd, stdin }).stdout).toBe(stdin);
    });

    test("in virtual time an envelope says when its event comes; the example file gives the example's output", () => {
      const args = ["pipeline", "run", "sensors.ami", "--pipeline", "Readings", "--clock", "virtual"];
      const { stdout, stderr, exit } = runPlumb(target, [...args, "--events", "data/two_links.jsonl"], {
        cwd: EXAMPLES,
      });
      const expected = JSON.parse(readFileSync(join(EXAMPLES, "data/two_links.expected.json"), "utf8"));
      expect(jsonLines(stdout)).toEqual(expected);
      expect(jsonLines(stderr).map(({ schema, code, level }) => [schema, code, level])).toEqual([
        [undefined, "W_LATE", "warn"],
        [undefined, "E_RANGE", "error"],
      ]);
      expect(exit).toBe(1);
    });

    test("without an ingress nothing is read, and two runs are equal", () => {
      const args = ["pipeline", "run", "sensors.ami", "--pipeline", "Heartbeat", "--clock", "virtual", "--trace"];
      const first = runPlumb(target, args, { cwd: EXAMPLES });
      expect(first.stdout.split("\n")).toHaveLength(4);
      expect(runPlumb(target, args, { cwd: EXAMPLES })).toEqual(first);
    });

    test("hops go to stderr, or into a file", () => {
      const cwd = tempFiles({ "t.ami": PASS });
      const run = (...flags: string[]) =>
        runPlumb(target, ["pipeline", "run", "t.ami", "--clock", "virtual", ...flags], { cwd, stdin: "1\n" });
      const { stderr } = run("--trace");
      expect(jsonLines(stderr)[0]).toEqual({
        schema: "hop.v1",
        at: 0,
        node: "ingress",
        op: "arrive",
        event: "P/ingress/0",
      });
      expect(run("--trace=-").stdout.split("\n")).toEqual(expect.arrayContaining(["1", ...stderr.split("\n")]));
      expect(run("--trace=hops.jsonl").stderr).toBe("");
      expect(readFileSync(join(cwd, "hops.jsonl"), "utf8")).toBe(stderr);
    });

    test("hops never go over a file that the run needs, by whatever path", () => {
      const source = `package t
#pragma workers "./w.ts"
#pragma capabilities list=io
pipeline P { ingress -> io.Write("out.jsonl") -> egress }
pipeline Q { io.Read("in.jsonl") -> egress }
`;
      const texts = {
        "t.ami": source,
        "u.ami": "package t\n",
        "w.ts": "export const w = (event) => event.payload;\n",
        "in.jsonl": "1\n",
        "out.jsonl": "0\n",
        "events.jsonl": "2\n",
      };
      const cwd = tempFiles(texts);
      symlinkSync("events.jsonl", join(cwd, "link"));
      linkSync(join(cwd, "events.jsonl"), join(cwd, "second"));
      const run = (trace: string, name = "P", events = "--events=events.jsonl") =>
        runPlumb(target, ["pipeline", "run", "t.ami", "--pipeline", name, events, `--trace=${trace}`], { cwd });
      const refused = [
        ["events.jsonl", "the events file events.jsonl"],
        ["./link", "the events file events.jsonl"],
        ["second", "the events file events.jsonl"],
        ["t.ami", "the source file t.ami"],
        ["u.ami", "the source file u.ami"],
        ["w.ts", "the worker module ./w.ts"],
        ["out.jsonl", "the file of step io.Write"],
      ];
      for (const [trace = "", what] of refused) {
        const { stdout, stderr, exit } = run(trace);
        expect([stdout, exit]).toEqual(["", 2]);
        expect(stderr).toContain(`--trace=${trace} would overwrite ${what}; name another file`);
      }
      expect(run("in.jsonl", "Q").stderr).toContain("--trace=in.jsonl would overwrite the file of step io.Read");
      const command = '"$@" pipeline run t.ami --pipeline P --trace=events.jsonl < events.jsonl; echo $?';
      const { stdout, stderr } = Bun.spawnSync(["sh", "-c", command, "sh", ...target.argv], { cwd });
      expect(stdout.toString()).toBe("2\n");
      expect(stderr.toString()).toContain("would overwrite the file that standard input comes from");
      for (const [name, text] of Object.entries(texts)) expect(readFileSync(join(cwd, name), "utf8")).toBe(text);
      // A file of another pipeline is not needed.
      expect(run("in.jsonl").exit).toBe(0);
    });

    test("a limit ends the run with E_TIMEOUT", () => {
      const args = ["pipeline", "run", "sensors.ami", "--pipeline", "Uplink", "--clock", "virtual", "--limit", "99"];
      const { stdout, stderr, exit } = runPlumb(target, args, { cwd: EXAMPLES, stdin: "1\n2\n" });
      expect([stdout, exit]).toEqual(["1\n", 1]);
      expect(jsonLines(stderr)).toMatchObject([{ code: "E_TIMEOUT", message: "the run needs more than 99 ms" }]);
    });

    test("records carry virtual time in virtual time, and the time of day in real time", () => {
      const cwd = tempFiles({ "t.ami": PASS });
      const stamp = (clock: string) =>
        jsonLines(runPlumb(target, ["pipeline", "run", "t.ami", "--clock", clock], { cwd, stdin: "x\n" }).stderr)[0]
          ?.timestamp;
      expect(stamp("virtual")).toBe("1970-01-01T00:00:00.000Z");
      expect(stamp("real")).toMatch(/^20\d\d-/);
    });

    test("what a step may not have is denied before the first event, unless it is allowed", () => {
      const cwd = tempFiles({ "t.ami": "package t\npipeline P { Timer(1ms, 1) -> egress }\n" });
      const run = (...flags: string[]) => runPlumb(target, ["pipeline", "run", "t.ami", "--stats", ...flags], { cwd });
      const { stdout, stderr, exit } = run();
      expect([stdout, exit]).toEqual(["", 1]);
      expect(jsonLines(stderr)).toMatchObject([
        { code: "E_SANDBOX_DENIED", message: "sandbox denied capability: device" },
      ]);
      expect(run("--allow", "fs,device").exit).toBe(0);
    });

    test("io steps reach the folder of the file", () => {
      const source = `package t
#pragma capabilities list=io
pipeline P { io.Read("in.jsonl") -> io.Write("out.jsonl") -> egress }
pipeline Q { io.Read("../in.jsonl") -> egress }
`;
      const cwd = tempFiles({ "p/t.ami": source, "p/in.jsonl": "1\n\n2\n", "in.jsonl": "3\n" });
      const run = (name: string) => runPlumb(target, ["pipeline", "run", "p/t.ami", "--pipeline", name], { cwd });
      expect(run("P")).toEqual({ stdout: "1\n2\n", stderr: "", exit: 0 });
      expect(readFileSync(join(cwd, "p/out.jsonl"), "utf8")).toBe("1\n2\n");
      const { stdout, stderr, exit } = run("Q");
      expect([stdout, codes(jsonLines(stderr)), exit]).toEqual(["", ["E_SANDBOX_DENIED"], 1]);
    });

    test("which pipeline is meant must be clear", () => {
      const run = (...args: string[]) => runPlumb(target, ["pipeline", "run", ...args], { cwd: EXAMPLES, stdin: "" });
      expect(run("sensors.ami")).toMatchObject({
        stdout: "",
        exit: 2,
        stderr: expect.stringContaining("E_PIPELINE_UNKNOWN"),
      });
      expect(run("sensors.ami", "--pipeline", "Uplnk").stderr).toContain("help: Uplink");
    });

    test("files that are not there are usage errors", () => {
      const run = (...args: string[]) => runPlumb(target, ["pipeline", "run", ...args], { cwd: EXAMPLES, stdin: "" });
      expect(run("nope.ami")).toMatchObject({ exit: 2, stderr: expect.stringContaining("nope.ami does not exist") });
      expect(run("data/two_links.jsonl")).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining("is no .ami file"),
      });
      expect(run(".")).toMatchObject({ exit: 2, stderr: expect.stringContaining("is a folder") });
      const uplink = ["sensors.ami", "--pipeline", "Uplink"];
      expect(run(...uplink, "--events", "nope.jsonl")).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining("ENOENT"),
      });
      expect(run(...uplink, "--trace=no/such/folder")).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining("ENOENT"),
      });
      expect(existsSync(join(EXAMPLES, "no"))).toBe(false);
    });

    test("events leave while the input goes on", async () => {
      const running = startPlumb(target, ["pipeline", "run", "t.ami"], {
        cwd: tempFiles({ "t.ami": PASS }),
        stdin: "pipe",
      });
      running.write("1\n");
      const { stdout, exit } = await running.finish((piece) => {
        if (piece === "1\n") running.write("2\n");
        if (piece === "2\n") running.end();
      });
      expect([stdout, exit]).toEqual(["1\n2\n", 0]);
    });

    test("a reader that goes away ends it with 141", () => {
      const cwd = tempFiles({ "t.ami": PASS });
      const command = `yes 1 | (${target.argv.map((word) => `'${word}'`).join(" ")} pipeline run t.ami; echo $? > exit) | head -n 1`;
      Bun.spawnSync(["sh", "-c", command], { cwd });
      expect(readFileSync(join(cwd, "exit"), "utf8")).toBe("141\n");
    });
  });
}
