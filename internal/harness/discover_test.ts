import { describe, expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { discover, nameFromRoot, PathError, withScenarios } from "./discover.ts";

const names = (paths: string[], cwd: string, root = cwd) => discover(paths, cwd, root).files.map(({ file }) => file);

describe("discovery", () => {
  test("walks folders in the order of their names, by UTF-16 code unit", () => {
    const cwd = tempFiles({ "b_test.ami": "", "a/z_test.ami": "", "B_test.ami": "", "a_test.ami": "", "lib.ami": "" });
    expect(names(["."], cwd)).toEqual(["B_test.ami", "a/z_test.ami", "a_test.ami", "b_test.ami"]);
  });

  test("skips hidden folders, node_modules, build, out and dist", () => {
    const inside = [".git", "node_modules", "build", "out", "dist", "src"].map(
      (dir) => [`${dir}/x_test.ami`, ""] as const,
    );
    expect(names(["."], tempFiles(Object.fromEntries(inside)))).toEqual(["src/x_test.ami"]);
  });

  test("takes a file once, however often its paths name it", () => {
    const cwd = tempFiles({ "a/x_test.ami": "" });
    expect(names([".", "a", "a/x_test.ami", "./a/../a/x_test.ami"], cwd)).toEqual(["a/x_test.ami"]);
  });

  test("names files from the root, with ../ outside it", () => {
    const cwd = tempFiles({ "in/x_test.ami": "", "y_test.ami": "" });
    expect(names(["."], cwd, join(cwd, "in"))).toEqual(["../y_test.ami", "x_test.ami"]);
  });

  test("walks a folder that is named like a test file", () => {
    const cwd = tempFiles({ "x_test.ami/y_test.ami": "" });
    expect(names(["."], cwd)).toEqual(["x_test.ami/y_test.ami"]);
    expect(names(["x_test.ami"], cwd)).toEqual(["x_test.ami/y_test.ami"]);
  });

  test("takes links to files, never walks links to folders", () => {
    const cwd = tempFiles({ "real/x_test.ami": "" });
    symlinkSync(cwd, join(cwd, "real/loop"));
    symlinkSync(join(cwd, "real"), join(cwd, "folder_test.ami"));
    symlinkSync(join(cwd, "real/x_test.ami"), join(cwd, "link_test.ami"));
    symlinkSync(join(cwd, "nowhere"), join(cwd, "dangling_test.ami"));
    symlinkSync("loop_test.ami", join(cwd, "loop_test.ami"));
    expect(names(["."], cwd)).toEqual(["dangling_test.ami", "link_test.ami", "loop_test.ami", "real/x_test.ami"]);
  });

  test("refuses a path that does not exist and a file of another kind", () => {
    const cwd = tempFiles({ "lib.ami": "" });
    expect(() => names(["nope"], cwd)).toThrow(new PathError("nope does not exist"));
    expect(() => names([""], cwd)).toThrow("an empty path names nothing");
    expect(() => names(["lib.ami"], cwd)).toThrow("lib.ami is not a test file; a file given by name ends in _test.ami");
  });
});

describe("discovery of scenarios", () => {
  const cwd = tempFiles({
    "a/b.scenario.yaml": "",
    "a/x_test.ami": "",
    "a/a.concept.yaml": "",
    "a/golden/b.golden.jsonl": "",
    "other/b.golden.jsonl": "",
  });

  test("finds them with test files, in one order", () => {
    expect(names(["."], cwd)).toEqual(["a/b.scenario.yaml", "a/x_test.ami"]);
  });

  test("takes concepts by name only", () => {
    expect(discover(["."], cwd, cwd).concepts).toEqual([]);
    const { files, concepts } = discover(["a/a.concept.yaml", "a/a.concept.yaml"], cwd, cwd);
    expect(files).toEqual([]);
    expect(concepts.map(({ file }) => file)).toEqual(["a/a.concept.yaml"]);
  });

  test("knows the folders that have golden files in a folder of theirs", () => {
    expect(discover(["."], cwd, cwd).goldenBeside).toEqual([join(cwd, "a")]);
  });

  test("adds the scenarios that principles name, each once", () => {
    const path = join(cwd, "a/b.scenario.yaml");
    expect(withScenarios([{ path, file: "a/b.scenario.yaml" }], [path, join(cwd, "a/a.scenario.yaml")], cwd)).toEqual([
      { path: join(cwd, "a/a.scenario.yaml"), file: "a/a.scenario.yaml" },
      { path, file: "a/b.scenario.yaml" },
    ]);
  });
});

test("the root itself is called .", () => expect(nameFromRoot("/a", "/a")).toBe("."));
