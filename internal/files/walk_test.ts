import { expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { isFolder, Walk } from "./walk.ts";

function walked(root: string, ...folders: string[]): Walk {
  const walk = new Walk({ root, wanted: (name) => name.endsWith(".x") });
  for (const folder of folders) walk.addFolder(join(root, folder));
  return walk;
}
const names = (found: readonly { readonly file: string }[]) => found.map(({ file }) => file);

test("files are found by their names, each once, in the order of UTF-16 code units", () => {
  const root = tempFiles({
    "b.x": "",
    "a/z.x": "",
    "B.x": "",
    "a.x": "",
    "a.y": "",
    "\u{1f600}.x": "",
    "\uff5e.x": "",
  });
  expect(names(walked(root, ".", "a").files())).toEqual(["B.x", "a.x", "a/z.x", "b.x", "\u{1f600}.x", "\uff5e.x"]);
});

test("hidden and built folders are not walked, unless they are where the walk begins", () => {
  const root = tempFiles({ ".h/a.x": "", "build/a.x": "", "node_modules/a.x": "", "out/a.x": "", "dist/a.x": "" });
  expect(names(walked(root, ".").files())).toEqual([]);
  expect(names(walked(root, "build").files())).toEqual(["build/a.x"]);
});

test("links to files are followed, links to folders are not; what cannot be looked at is found", () => {
  const root = tempFiles({ "real/a.x": "" });
  symlinkSync(root, join(root, "real/up.x"));
  symlinkSync("real/a.x", join(root, "link.x"));
  symlinkSync("nowhere", join(root, "dangling.x"));
  symlinkSync("loop.x", join(root, "loop.x"));
  expect(names(walked(root, ".").files())).toEqual(["dangling.x", "link.x", "loop.x", "real/a.x"]);
});

test("a file that is given by name is found whatever it is called", () => {
  const root = tempFiles({ "in/a.y": "" });
  const walk = walked(join(root, "in"));
  walk.addFile(join(root, "in/a.y"));
  walk.addFile(join(root, "b.y"));
  expect(names(walk.files())).toEqual(["../b.y", "a.y"]);
});

test("a folder that cannot be looked into is told with the reason, and the walk goes on", () => {
  const root = tempFiles({ "a.x": "" });
  const walk = walked(root, "gone", ".");
  expect(names(walk.files())).toEqual(["a.x"]);
  expect(walk.unreadable()).toEqual([
    { path: join(root, "gone"), file: "gone", reason: expect.stringContaining("ENOENT") },
  ]);
});

test("a path that leads nowhere or in circles is no folder", () => {
  const root = tempFiles({ "a.x": "", "d/a.x": "" });
  symlinkSync("loop", join(root, "loop"));
  symlinkSync("d", join(root, "link"));
  const paths = ["d", "link", "a.x", "a.x/b", "loop", "gone", "n".repeat(300)];
  expect(paths.map((path) => isFolder(join(root, path)))).toEqual([true, true, false, false, false, false, false]);
});
