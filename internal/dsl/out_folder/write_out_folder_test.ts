import { describe, expect, test } from "bun:test";
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempFiles } from "../../testkit/mod.ts";
import { type OutOptions, OutputExists, writeOutFolder } from "./write_out_folder.ts";

const FILES = { "policies/p.json": "p", "manifest.json": "m" };

function write(root: string, files: Readonly<Record<string, string>> = FILES, options: Partial<OutOptions> = {}): void {
  const list = Object.entries(files).map(([path, text]) => ({ path, text }));
  writeOutFolder(join(root, "out"), list, { force: false, clean: "nothing", ...options });
}

const names = (root: string) =>
  readdirSync(join(root, "out"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
const text = (root: string, path: string) => readFileSync(join(root, "out", path), "utf8");

/** The paths that keep a write from happening. */
function refused(act: () => void): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof OutputExists) return error.paths;
    throw error;
  }
  return [];
}

test("what plumb wrote it may write again", () => {
  const root = tempFiles({});
  write(root);
  write(root, { ...FILES, "manifest.json": "m2" });
  expect(names(root)).toEqual([".plumb-out.json", "manifest.json", "p.json"]);
  expect(text(root, "manifest.json")).toBe("m2");
});

test("what is there already is left alone", () => {
  const root = tempFiles({});
  write(root);
  const identity = () => {
    const { ino, mtimeMs } = lstatSync(join(root, "out/policies/p.json"));
    return { ino, mtimeMs };
  };
  const before = identity();
  write(root, { ...FILES, "manifest.json": "m2" });
  expect(identity()).toEqual(before);
  expect(text(root, "manifest.json")).toBe("m2");
});

describe("files that are not as plumb left them", () => {
  test("are refused, all of them named, and nothing is written", () => {
    const root = tempFiles({ "out/manifest.json": "mine", "out/policies/p.json/x": "a folder" });
    expect(refused(() => write(root))).toEqual(["policies/p.json", "manifest.json"]);
    expect(names(root)).toEqual(["manifest.json", "x"]);
  });
  test("are overwritten if that is asked for, and then known", () => {
    const root = tempFiles({});
    write(root);
    writeFileSync(join(root, "out/policies/p.json"), "edited");
    expect(refused(() => write(root))).toEqual(["policies/p.json"]);
    write(root, FILES, { force: true });
    expect(text(root, "policies/p.json")).toBe("p");
    write(root);
  });
  test("are no such files if they are gone", () => {
    const root = tempFiles({});
    write(root);
    rmSync(join(root, "out/policies/p.json"));
    write(root);
  });
  test.each(["", "[]", '{"manifest.json": 1}', "{"])("nothing is known by the record %j", (record) => {
    const root = tempFiles({});
    write(root);
    writeFileSync(join(root, "out/.plumb-out.json"), record);
    expect(refused(() => write(root))).toEqual(["policies/p.json", "manifest.json"]);
  });
});

describe("cleaning", () => {
  test("removes what plumb wrote, changed or not, and nothing else", () => {
    const root = tempFiles({ "out/mine.txt": "mine" });
    write(root, { "flows/old.yaml": "o", ...FILES });
    writeFileSync(join(root, "out/policies/p.json"), "edited");
    write(root, { "policies/q.json": "q" }, { clean: "written" });
    expect(names(root)).toEqual([".plumb-out.json", "mine.txt", "q.json"]);
    expect(refused(() => write(root, { "mine.txt": "x" }, { clean: "written" }))).toEqual(["mine.txt"]);
  });
  test("of everything leaves only what is written", () => {
    const root = tempFiles({ "out/manifest.json": "mine", "out/x/y": "" });
    write(root, FILES, { clean: "everything" });
    expect(names(root)).toEqual([".plumb-out.json", "manifest.json", "p.json"]);
  });
  test("removes nothing outside of the folder, whatever the record says", () => {
    const root = tempFiles({
      "kept.txt": "x",
      "out/.plumb-out.json": JSON.stringify({ "../kept.txt": "0".repeat(64), "/etc/passwd": "0".repeat(64) }),
    });
    write(root, FILES, { clean: "written" });
    expect(existsSync(join(root, "kept.txt"))).toBe(true);
  });
  test("and writing are one: if it fails nothing was removed", () => {
    const root = tempFiles({ "out/blocked/x": "" });
    write(root);
    for (const clean of ["written", "everything"] as const) {
      expect(() => write(root, { "policies/n.json": "n", ["n".repeat(300)]: "too long a name" }, { clean })).toThrow();
      expect(names(root)).toEqual([".plumb-out.json", "manifest.json", "p.json", "x"]);
    }
  });
});
