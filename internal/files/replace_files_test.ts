import { describe, expect, test } from "bun:test";
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { tempDir, tempFiles } from "../testkit/mod.ts";
import { replaceFiles } from "./replace_files.ts";

/** Every file below a folder with its text, empty folders as `name/`. */
function tree(folder: string, prefix = ""): Record<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const name = prefix + entry.name;
    if (!entry.isDirectory()) return [[name, readFileSync(join(folder, entry.name), "utf8")]];
    const inner = Object.entries(tree(join(folder, entry.name), `${name}/`));
    return inner.length === 0 ? [[`${name}/`, ""]] : inner;
  });
  return Object.fromEntries(entries.sort());
}

const changes = (root: string, files: Readonly<Record<string, string | undefined>>) =>
  Object.entries(files).map(([name, text]) => ({ path: join(root, name), text }));

test("files are written and removed, folders made, and nothing else is left", () => {
  const root = tempFiles({ "a.txt": "old", "b.txt": "old", "c.txt": "kept" });
  replaceFiles(changes(root, { "a.txt": "new", "b.txt": undefined, "gone.txt": undefined, "d/e/f.txt": "é" }));
  expect(tree(root)).toEqual({ "a.txt": "new", "c.txt": "kept", "d/e/f.txt": "é" });
});

test("a link is followed and the mode of a file kept", () => {
  const root = tempFiles({ "real.txt": "old" });
  symlinkSync("real.txt", join(root, "link.txt"));
  chmodSync(join(root, "real.txt"), 0o640);
  replaceFiles(changes(root, { "link.txt": "new" }));
  expect(lstatSync(join(root, "link.txt")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(root, "real.txt"), "utf8")).toBe("new");
  expect(statSync(join(root, "real.txt")).mode & 0o777).toBe(0o640);
});

test("a folder makes way with all that is in it", () => {
  const root = tempFiles({ "out/x.txt": "x", "out/y/z.txt": "z" });
  replaceFiles(changes(root, { "out/n.txt": "n" }), join(root, "out"));
  expect(tree(root)).toEqual({ "out/n.txt": "n" });
  replaceFiles(changes(root, { "new/n.txt": "n" }), join(root, "new"));
  expect(tree(root)).toEqual({ "new/n.txt": "n", "out/n.txt": "n" });
});

describe("if anything fails all is as it was", () => {
  const before = { "a.txt": "old", "gone.txt": "old", "out/x.txt": "x" };
  test.each([
    ["a target that is a folder", "blocked"],
    ["a folder that is a file", "a.txt/below.txt"],
  ])("%s", (_, bad) => {
    const root = tempFiles(before);
    mkdirSync(join(root, "blocked"));
    const all = {
      "a.txt": "new",
      "gone.txt": undefined,
      "out/x.txt": "new",
      "made/deep/b.txt": "new",
      [bad]: "new",
      "z.txt": "new",
    };
    expect(() => replaceFiles(changes(root, all))).toThrow();
    expect(tree(root)).toEqual({ ...before, "blocked/": "" });
    expect(() => replaceFiles(changes(root, all), join(root, "out"))).toThrow();
    expect(tree(root)).toEqual({ ...before, "blocked/": "" });
  });
});

test("a signal that comes meanwhile does not leave half of it", () => {
  const folder = tempDir();
  // The text of the first file is asked for while files are written.
  const script = `
    import { replaceFiles } from ${JSON.stringify(join(import.meta.dir, "mod.ts"))};
    const first = { path: process.cwd() + "/a.txt", get text() { process.kill(process.pid, "SIGTERM"); return "a"; } };
    replaceFiles([first, { path: process.cwd() + "/b.txt", text: "b" }]);`;
  const { exitCode } = Bun.spawnSync([process.execPath, "-e", script], { cwd: folder });
  expect({ exitCode, files: readdirSync(folder).sort() }).toEqual({ exitCode: 0, files: ["a.txt", "b.txt"] });
});
