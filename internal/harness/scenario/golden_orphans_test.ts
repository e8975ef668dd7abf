import { expect, test } from "bun:test";
import { goldenOrphans, rememberedOrphans } from "./golden_orphans.ts";
import { withSample } from "./sample_scenarios.ts";

function orphansOf(files: Readonly<Record<string, string>>, folders: readonly string[] = [""]) {
  return withSample(files, async (folder, { nameOf }) => {
    const found = await goldenOrphans(
      folders.map((name) => (name === "" ? folder : `${folder}/${name}`)),
      nameOf,
    );
    expect(found.every(({ code, level }) => code === "W_GOLDEN_ORPHAN" && level === "warn")).toBe(true);
    return found.map(({ file }) => file);
  });
}

test("scenarios row 29: a golden file that no case uses is an orphan", async () => {
  const files = {
    "a.scenario.yaml": "name: a\n",
    "golden/a.golden.jsonl": "",
    "golden/old.golden.jsonl": "",
    "golden/notes.txt": "",
  };
  expect(await orphansOf(files)).toEqual(["golden/old.golden.jsonl"]);
});

test("cases have files of their own, and one of the whole scenario is an orphan", async () => {
  const files = {
    "a.scenario.yaml": "cases: [{name: one, vars: {}}, {name: two, vars: {}}]",
    "golden/a.golden.jsonl": "",
    "golden/a.one.golden.jsonl": "",
    "golden/a.three.golden.jsonl": "",
  };
  expect(await orphansOf(files)).toEqual(["golden/a.golden.jsonl", "golden/a.three.golden.jsonl"]);
});

test("a path is used, golden: false uses nothing", async () => {
  const files = {
    "a.scenario.yaml": "golden: golden/x.golden.jsonl",
    "b.scenario.yaml": "golden: false",
    "c.scenario.yaml": "golden: golden/c_\x24{case}.golden.jsonl\ncases: [{name: one, vars: {}}]",
    "golden/a.golden.jsonl": "",
    "golden/b.golden.jsonl": "",
    "golden/c_one.golden.jsonl": "",
    "golden/x.golden.jsonl": "",
  };
  expect(await orphansOf(files)).toEqual(["golden/a.golden.jsonl", "golden/b.golden.jsonl"]);
});

test("files named after a scenario that cannot be read may be its own", async () => {
  const files = {
    "a.scenario.yaml": "a: [",
    "golden/a.one.golden.jsonl": "",
    "golden/ab.golden.jsonl": "",
  };
  expect(await orphansOf(files)).toEqual(["golden/ab.golden.jsonl"]);
});

test("scenarios of another folder use nothing here; folders come once and in order", async () => {
  const files = {
    "x/a.scenario.yaml": "name: a",
    "x/golden/b.golden.jsonl": "",
    "y/b.scenario.yaml": "name: b",
    "y/golden/a.golden.jsonl": "",
  };
  const expected = ["x/golden/b.golden.jsonl", "y/golden/a.golden.jsonl"];
  expect(await orphansOf(files, ["y", "x", "y", "none"])).toEqual(expected);
});

test("a folder is read once, however many of its files ask for its orphans", async () => {
  const files = { "a.scenario.yaml": "name: a", "golden/old.golden.jsonl": "", "b/golden/b.golden.jsonl": "" };
  await withSample(files, async (folder, { nameOf }) => {
    const named: string[] = [];
    const orphansIn = rememberedOrphans((path) => {
      named.push(nameOf(path));
      return nameOf(path);
    });
    const all = await Promise.all([folder, folder, `${folder}/b`, folder].map(orphansIn));
    expect(all.map((orphans) => orphans.map(({ file }) => file))).toEqual([
      ["golden/old.golden.jsonl"],
      ["golden/old.golden.jsonl"],
      ["b/golden/b.golden.jsonl"],
      ["golden/old.golden.jsonl"],
    ]);
    expect(named.sort()).toEqual(["b/golden/b.golden.jsonl", "golden/old.golden.jsonl"]);
  });
});
