import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { configRows } from "./config_rows.ts";
import { type Config, type ConfigInputs, loadConfig } from "./load_config.ts";
import { originText } from "./setting.ts";

async function load(
  files: Record<string, string>,
  inputs: Partial<ConfigInputs> & { at?: string } = {},
): Promise<Config> {
  const { at = ".", ...rest } = inputs;
  const cwd = join(tempFiles({ ".git/HEAD": "", ...files }), at);
  return await loadConfig({ cwd, env: {}, given: new Map(), machine: { cores: 3 }, ...rest });
}

const given = (key: string, name: string, ...words: string[]) => new Map([[key, { name, words }]]);

describe("a setting", () => {
  const file = { "plumb.yaml": "test:\n  timeout_ms: 30\n" };

  test("is that of the flag, else the environment, else the file, else the default", async () => {
    const env = { PLUMB_TIMEOUT: "20" };
    const flag = given("test.timeout_ms", "--timeout", "10");
    const timeout = async (config: Promise<Config>) => (await config).section("test").timeout_ms;
    expect(await timeout(load(file, { env, given: flag }))).toEqual({
      value: 10,
      origin: { kind: "flag", name: "--timeout" },
    });
    expect(await timeout(load(file, { env }))).toEqual({
      value: 20,
      origin: { kind: "environment", name: "PLUMB_TIMEOUT" },
    });
    expect(await timeout(load(file))).toEqual({
      value: 30,
      origin: { kind: "file", file: "plumb.yaml", pos: { line: 2, column: 3, offset: 8 }, source: expect.anything() },
    });
    expect(await timeout(load({}))).toEqual({ value: null, origin: { kind: "default" } });
  });

  test("of an empty variable is that of the file", async () => {
    const config = await load(file, { env: { PLUMB_TIMEOUT: "" } });
    expect(config.section("test").timeout_ms.value).toBe(30);
  });

  test("has no variable if it has no flag", async () => {
    const config = await load({}, { env: { PLUMB_LANGUAGE: "c", PLUMB_PATHS: "x" } });
    expect(config.section("runtime").language.value).toBe("typescript");
    expect(config.section("test").paths.value).toEqual(["."]);
  });

  test("may depend on the machine", async () => {
    expect((await load({})).section("test").parallel).toEqual({ value: 3, origin: { kind: "default" } });
  });

  test("that a variable gets wrong is an error that names it, of its section only", async () => {
    const config = await load({}, { env: { PLUMB_PARALLEL: "0", PLUMB_REPORTER: "human,junti" } });
    expect(() => config.section("test")).toThrow("PLUMB_PARALLEL: expected an integer from 1 to 1024, found 0");
    expect(config.section("runtime").engine.value).toBe("local");
    const list = await load({}, { env: { PLUMB_REPORTER: "human,junti" } });
    expect(() => list.section("test")).toThrow(/^PLUMB_REPORTER: expected NAME.*found "junti"$/);
  });

  test("that is a list has commas in the environment and words in flags", async () => {
    const config = await load({}, { env: { PLUMB_REPORTER: "human,junit=a.xml" } });
    expect(config.section("test").reporters.value).toEqual(["human", "junit=a.xml"]);
    const flags = await load({}, { given: given("test.reporters", "--reporter", "tap", "junit=a,b.xml") });
    expect(flags.section("test").reporters.value).toEqual(["tap", "junit=a,b.xml"]);
  });
});

describe("paths", () => {
  const yaml = `test:
  paths: [tests, /abs, ~/mine, ..]
  reporters: [junit=out/j.xml, json=-]
  known_failing: known.txt
runtime:
  executor_path: bin/run
  plugins: [p.ts]
`;

  test("of a file are relative to the file, and seen from the working directory", async () => {
    const config = await load({ "plumb.yaml": yaml, "a/b/x": "" }, { at: "a/b", env: { HOME: "/home/me" } });
    const { paths, reporters, known_failing } = config.section("test");
    expect(paths.value.slice(0, 3)).toEqual(["../../tests", "/abs", "/home/me/mine"]);
    expect(reporters.value).toEqual(["junit=../../out/j.xml", "json=-"]);
    expect(known_failing.value).toBe("../../known.txt");
    expect(config.section("runtime").executor_path.value).toBe("../../bin/run");
    expect(config.section("runtime").plugins.value).toEqual(["../../p.ts"]);
  });

  test("an executor beside the file stays a file: it is not looked up as a command", async () => {
    const config = await load({ "plumb.yaml": "runtime: {executor_path: ./run}" });
    expect(config.section("runtime").executor_path.value).toBe("./run");
  });

  test("that are a dash are stdin, wherever they stand", async () => {
    const files = { "plumb.yaml": "test: {known_failing: '-'}", "a/x": "" };
    expect((await load(files, { at: "a" })).section("test").known_failing.value).toBe("-");
  });

  test("of a flag stay as they are; a command name is no path", async () => {
    const config = await load(
      { "plumb.yaml": "runtime: {executor_path: python3}" },
      {
        given: given("test.paths", "PATH", "x", "~/y"),
        env: { HOME: "/home/me" },
      },
    );
    expect(config.section("test").paths.value).toEqual(["x", "/home/me/y"]);
    expect(config.section("runtime").executor_path.value).toBe("python3");
  });
});

describe("the test root", () => {
  test("is the folder of the plumb.yaml in force, else the working directory", async () => {
    const files = { "a/plumb.yaml": "", "a/b/x": "" };
    expect((await load(files, { at: "a/b" })).root).toEndWith("/a");
    expect((await load(files)).root).not.toEndWith("/a");
  });
});

describe("--runtime-config", () => {
  const files = {
    "plumb.yaml": "runtime: {engine: proc, language: c}\ntest: {parallel: 7}\n",
    "other/r.yaml": "runtime: {reuse: true}\ntest: {parallel: 9}\n",
  };

  test("replaces the section runtime: as a whole; test: and the root stay", async () => {
    const config = await load(files, { runtimeConfig: "other/r.yaml" });
    const { engine, language, reuse } = config.section("runtime");
    expect([engine.value, language.value, reuse.value]).toEqual(["local", "typescript", true]);
    expect(originText(reuse.origin)).toBe("other/r.yaml:1");
    expect(config.section("test").parallel.value).toBe(7);
    expect(config.files).toEqual(["plumb.yaml", "other/r.yaml"]);
    expect(config.root).not.toEndWith("/other");
  });

  test("must exist and have a section runtime:", async () => {
    await expect(load(files, { runtimeConfig: "missing.yaml" })).rejects.toThrow(
      "missing.yaml cannot be read: it does not exist",
    );
    await expect(load({ ...files, "t.yaml": "test:\n" }, { runtimeConfig: "t.yaml" })).rejects.toThrow(
      "t.yaml has no section runtime:",
    );
  });
});

test("the rows of help have every key with its default, its value and where that comes from", async () => {
  const config = await load(
    { "plumb.yaml": "test:\n  known_failing: k.txt\n" },
    { env: { PLUMB_ENGINE: "proc" }, given: given("test.parallel", "--parallel", "2") },
  );
  const rows = configRows(config);
  expect(rows).toHaveLength(19);
  expect(rows.find(({ key }) => key === "test.known_failing")).toEqual({
    key: "test.known_failing",
    value: "k.txt",
    origin: "plumb.yaml:2",
    default: "none",
    help: "file with globs of stable ids, one a line, that are expected to fail; - is stdin",
    setBy: ["--known-failing", "PLUMB_KNOWN_FAILING"],
  });
  const seen = rows.map(({ key, value, origin }) => `${key} ${value} ${origin}`);
  expect(seen).toContain("runtime.engine proc PLUMB_ENGINE");
  expect(seen).toContain("test.parallel 2 --parallel");
  expect(seen).toContain("test.timeout_ms none; 10000 for a handler call default");
});
