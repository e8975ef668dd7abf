import { describe, expect, test } from "bun:test";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Output, UsageError } from "../../internal/cli/mod.ts";
import type { Origin, Setting } from "../../internal/config/mod.ts";
import { LineIndex, PLAIN } from "../../internal/diag/mod.ts";
import type { RunStart } from "../../internal/harness/mod.ts";
import { tempDir } from "../../internal/testkit/mod.ts";
import { chooseReporters, openReports, type Reports } from "./reporters.ts";

const source = new LineIndex("test: {}\n");

function setting(kind: "flag" | "default" | "file", ...value: string[]): Setting<string[]> {
  const origins: Record<typeof kind, Origin> = {
    flag: { kind: "flag", name: "--reporter" },
    file: { kind: "file", file: "plumb.yaml", pos: source.position(0), source },
    default: { kind: "default" },
  };
  return { value, origin: origins[kind] };
}

const chosen = (json: boolean, from: Setting<string[]>): string[] =>
  chooseReporters(json, from).map(({ name, file }) => (file === undefined ? name : `${name}=${file}`));

describe("the choice of reporters", () => {
  test.each([
    ["human by default", false, setting("default", "human"), ["human"]],
    ["human stays beside files", false, setting("flag", "junit=j.xml", "tap=t"), ["human", "junit=j.xml", "tap=t"]],
    ["unless another takes stdout", false, setting("flag", "junit=j.xml", "tap"), ["junit=j.xml", "tap"]],
    ["or human itself goes to a file as well", false, setting("flag", "human=h.txt"), ["human", "human=h.txt"]],
    ["--json takes stdout", true, setting("default", "human"), ["json"]],
    ["and leaves files alone", true, setting("flag", "junit=j.xml"), ["json", "junit=j.xml"]],
    [
      "--json beats what plumb.yaml has on stdout",
      true,
      setting("file", "tap", "junit=j.xml"),
      ["json", "junit=j.xml"],
    ],
  ] as const)("%s", (_, json, from, expected) => {
    expect(chosen(json, from)).toEqual([...expected]);
  });

  test("two on stdout are refused", () => {
    const both = () => chosen(false, setting("flag", "junit", "tap"));
    expect(both).toThrow(
      new UsageError("E_USAGE_CONFLICT", "two reports want stdout, junit and tap; send one to a file"),
    );
    expect(() => chosen(true, setting("flag", "human"))).toThrow(UsageError);
  });
});

describe("reports", () => {
  const START: RunStart = {
    schema: "test.v1",
    type: "run_start",
    timestamp: "2000-01-01T00:00:00.000Z",
    version: "0.1.0",
    root: ".",
    paths: ["."],
    engine: "local",
    seed: 42,
    parallel: 1,
    timeout_ms: 0,
    failfast: false,
    run: "",
    cases: 0,
  };

  function open(cwd: string, ...reporters: string[]): { reports: Reports; stdout: string[] } {
    const stdout: string[] = [];
    const write = (_: number, bytes: Uint8Array): number => {
      stdout.push(new TextDecoder().decode(bytes));
      return bytes.length;
    };
    const options = { style: PLAIN, verbose: false, quiet: false, source: () => undefined, nothingToRun: "" };
    const choices = chooseReporters(false, setting("flag", ...reporters));
    return { reports: openReports(choices, options, new Output(1, { write }), cwd), stdout };
  }

  test("go to stdout as they come, and to files that appear when they are whole", () => {
    const cwd = tempDir();
    const { reports, stdout } = open(cwd, "json", "json=deep/er/out.jsonl");
    reports.record(START);
    expect(stdout.join("")).toBe(`${JSON.stringify(START)}\n`);
    expect(existsSync(join(cwd, "deep/er/out.jsonl"))).toBe(false);
    reports.finish();
    expect(readFileSync(join(cwd, "deep/er/out.jsonl"), "utf8")).toStartWith(`${JSON.stringify(START)}\n`);
    expect(readdirSync(join(cwd, "deep/er"))).toEqual(["out.jsonl"]);
  });

  test("of a run that broke off leave nothing, and what was there before stays", () => {
    const cwd = tempDir();
    writeFileSync(join(cwd, "out.jsonl"), "before");
    const { reports } = open(cwd, "json=out.jsonl");
    reports.record(START);
    reports.discard();
    expect(readdirSync(cwd)).toEqual(["out.jsonl"]);
    expect(readFileSync(join(cwd, "out.jsonl"), "utf8")).toBe("before");
  });

  test("are finished once; throwing them away afterwards changes nothing", () => {
    const cwd = tempDir();
    const { reports } = open(cwd, "tap=out.tap");
    reports.record(START);
    reports.finish();
    reports.discard();
    expect(readdirSync(cwd)).toEqual(["out.tap"]);
  });

  test("that cannot be written are refused before anything runs, and leave no half-open neighbour", () => {
    const cwd = tempDir();
    mkdirSync(join(cwd, "folder"));
    writeFileSync(join(cwd, "file"), "");
    expect(() => open(cwd, "tap=a", "junit=folder")).toThrow("--reporter: cannot write to folder: it is a folder");
    expect(() => open(cwd, "tap=a", "junit=file/x")).toThrow(/^--reporter: cannot write to file\/x: /);
    expect(() => open(cwd, "tap=a", "junit=./a")).toThrow("two reports want the file ./a");
    expect(readdirSync(cwd).sort()).toEqual(["file", "folder"]);
    symlinkSync("a", join(cwd, "link"));
    expect(() => open(cwd, "tap=a", "junit=link")).toThrow("two reports want the file link");
  });

  test("go through a link, and keep the mode of what was there", () => {
    const cwd = tempDir();
    writeFileSync(join(cwd, "real.tap"), "before", { mode: 0o600 });
    symlinkSync("real.tap", join(cwd, "link.tap"));
    const { reports } = open(cwd, "tap=link.tap");
    reports.record(START);
    reports.finish();
    expect(lstatSync(join(cwd, "link.tap")).isSymbolicLink()).toBe(true);
    expect(statSync(join(cwd, "real.tap")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(cwd, "real.tap"), "utf8")).toStartWith("TAP version 14\n");
  });

  test("leave a device where it is, and say when it takes no more", () => {
    const full = open(tempDir(), "tap=/dev/full").reports;
    full.record(START);
    expect(() => full.finish()).toThrow(/^cannot write to \/dev\/full: ENOSPC/);
    full.discard();
    const nothing = open(tempDir(), "tap=/dev/null").reports;
    nothing.record(START);
    nothing.finish();
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });
});
