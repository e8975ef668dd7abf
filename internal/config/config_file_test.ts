import { describe, expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { tempFiles } from "../testkit/mod.ts";
import { ConfigError } from "./config_error.ts";
import { readConfigFile } from "./config_file.ts";

/** `line:column CODE message [help]` of every finding of a text. */
async function findings(text: string | Uint8Array, ...required: "runtime"[]): Promise<string[]> {
  const folder = tempFiles({ "plumb.yaml": text });
  try {
    await readConfigFile(join(folder, "plumb.yaml"), "plumb.yaml", required);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.findings.map(({ code, message, pos, data }) => {
      const help = typeof data?.help === "string" ? ` [${data.help}]` : "";
      return `${pos?.line}:${pos?.column} ${code} ${message}${help}`;
    });
  }
}

describe("a configuration", () => {
  test("may be empty, hold comments only, empty sections, or every key", async () => {
    for (const text of ["", "# nothing\n", "test:\nruntime:\n", "\ufefftest:\r\n  parallel: 2\r\n"]) {
      expect(await findings(text)).toEqual([]);
    }
    expect(
      await findings(`runtime:
  engine: proc
  language: c
  plugins_language: c
  executor_path: ./run
  executor_args: [-v, "1"]
  executor_env: {PORT: "80"}
  transport: tcp://localhost:9000
  call_timeout_ms: 1
  run_timeout_ms: 2147483647
  max_frame_bytes: 1024
  allow_shell: true
  reuse: false
  capability_cache: true
  plugins: [a.ts]
test:
  paths: [tests, more]
  timeout_ms: 0
  parallel: 4
  reporters: [human, junit=out.xml]
  known_failing: known.txt
`),
    ).toEqual([]);
  });

  test("with unknown keys says where they are and what was meant, all of them", async () => {
    expect(await findings("tset:\n  parallel: 1\ntest:\n  paralel: 2\n  timeout_ms: 5\n  zebra: 1\n")).toEqual([
      "1:1 E_CONFIG_UNKNOWN_KEY unknown key tset [test]",
      "4:3 E_CONFIG_UNKNOWN_KEY unknown key test.paralel [parallel]",
      "6:3 E_CONFIG_UNKNOWN_KEY unknown key test.zebra",
    ]);
    expect(await findings("test: {toString: 1, __proto__: 2}")).toEqual([
      "1:8 E_CONFIG_UNKNOWN_KEY unknown key test.toString",
      "1:21 E_CONFIG_UNKNOWN_KEY unknown key test.__proto__",
    ]);
  });

  test("with values of another kind says what was expected, at the value", async () => {
    expect(
      await findings(`test:
  parallel: many
  paths: tests
  timeout_ms: -1
  reporters: [human, junti=x]
runtime:
  engine: porc
  transport: carrier pigeon
  executor_args: [a, 8080]
  executor_env: {PORT: 80}
  reuse: "yes"
  language: 5
`),
    ).toEqual([
      '2:13 E_CONFIG_SHAPE test.parallel: expected an integer from 1 to 1024, found "many"',
      '3:10 E_CONFIG_SHAPE test.paths: expected a list of texts, found "tests"',
      "4:15 E_CONFIG_SHAPE test.timeout_ms: expected an integer from 0 to 9007199254740991, found -1",
      '5:22 E_CONFIG_SHAPE test.reporters: expected NAME or NAME=FILE with one of the names human, json, junit, tap, github, html, found "junti=x" [junit]',
      '7:11 E_CONFIG_ENGINE runtime.engine: expected local or proc, found "porc" [proc]',
      '8:14 E_TRANSPORT runtime.transport: expected stdio, tcp://HOST:PORT or serial:DEV, found "carrier pigeon"',
      '9:22 E_CONFIG_SHAPE runtime.executor_args: expected a list of texts, found 8080 ["8080"]',
      '10:24 E_CONFIG_SHAPE runtime.executor_env: expected a mapping from names to texts, found 80 ["80"]',
      '11:10 E_CONFIG_SHAPE runtime.reuse: expected true or false, found "yes"',
      '12:13 E_CONFIG_SHAPE runtime.language: expected text, found 5 ["5"]',
    ]);
  });

  test("that is no mapping, or whose section is none, is refused", async () => {
    expect(await findings("- a\n")).toEqual([
      "1:1 E_CONFIG_SHAPE a configuration must be a mapping from keys to values",
    ]);
    expect(await findings("test: 5\n")).toEqual(["1:7 E_CONFIG_SHAPE test must be a mapping from keys to values"]);
  });

  test("that is no YAML is refused with the place of each error", async () => {
    expect(await findings("test:\n  parallel: 1\n  parallel: 2\n")).toEqual([
      "3:3 E_CONFIG_READ not valid YAML: this key stands twice",
    ]);
    expect(await findings("test:\n\tparallel: 1\n")).toEqual([
      "2:1 E_CONFIG_READ not valid YAML: tabs are not allowed as indentation",
    ]);
    expect(await findings("test: {parallel: 1\n")).toHaveLength(1);
    expect(await findings("test:\n---\ntest:\n")).toEqual([
      "2:1 E_CONFIG_READ not valid YAML: a configuration is one document, here a second one starts",
    ]);
    expect(await findings("test: !secret 1\n")).toHaveLength(1);
    expect(await findings("test: &a {parallel: 1}\nruntime: *a\n")).toEqual([
      "2:10 E_CONFIG_READ aliases (*name) are not read in a configuration",
    ]);
  });

  test("that cannot be read is refused", async () => {
    expect(await findings(new Uint8Array([0x74, 0xff]))).toEqual([
      "1:2 E_CONFIG_READ plumb.yaml cannot be read: it is not UTF-8 text",
    ]);
    expect(await findings("#".repeat(1024 * 1024 + 1))).toEqual([
      "undefined:undefined E_CONFIG_READ plumb.yaml cannot be read: it has 1048577 bytes; at most 1048576 are read",
    ]);
    const folder = tempFiles({ "folder/x": "" });
    symlinkSync("gone", join(folder, "dangling"));
    symlinkSync("loop", join(folder, "loop"));
    Bun.spawnSync(["mkfifo", join(folder, "pipe")]);
    const read = (name: string) => readConfigFile(join(folder, name), name);
    await expect(read("gone")).rejects.toThrow(/^gone cannot be read: it does not exist$/);
    await expect(read("folder")).rejects.toThrow(/^folder cannot be read: it is not a regular file$/);
    // Nobody writes into it: opening it would wait for ever.
    await expect(read("pipe")).rejects.toThrow(/^pipe cannot be read: it is not a regular file$/);
    await expect(read("dangling")).rejects.toThrow(
      /^dangling cannot be read: it is a link to gone, which does not exist$/,
    );
    await expect(read("loop")).rejects.toThrow(/^loop cannot be read: ELOOP/);
  });

  test("must have the sections that it is asked for", async () => {
    expect(await findings("test:\n", "runtime")).toEqual(["1:1 E_CONFIG_SHAPE plumb.yaml has no section runtime:"]);
    expect(await findings("runtime:\n", "runtime")).toEqual([]);
  });

  test("of any bytes is read or refused, never more", async () => {
    const piece = fc.constantFrom(
      "test:",
      "runtime:",
      "\n",
      "  ",
      "parallel",
      ": ",
      "1",
      "-",
      "[",
      "]",
      "{",
      "&a",
      "*a",
      '"',
      "|",
      "?",
      "!t",
      "#",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 12 }), async (pieces) => {
        for (const finding of await findings(pieces.join("")))
          expect(finding).toMatch(/^(\d+:\d+|undefined:undefined) E_/);
      }),
      { numRuns: 100 },
    );
  });
});
