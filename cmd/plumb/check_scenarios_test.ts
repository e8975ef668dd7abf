import { describe, expect, test } from "bun:test";
import { cartExample, jsonLines, oneTarget, runPlumb, tempFiles, writeFiles } from "../../internal/testkit/mod.ts";

const SPEC = "concept: A\npurpose: p\nactions: {f: {args: {x: int}, outputs: [{case: Success, effects: []}]}}\n";

for (const target of oneTarget()) {
  const check = (cwd: string, ...args: string[]) => runPlumb(target, ["check", ...args], { cwd });
  /** `file:line:col: level CODE` of every finding. */
  const said = (cwd: string, ...args: string[]) =>
    check(cwd, ...args)
      .stdout.split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split(" ").slice(0, 3).join(" "));

  describe(`plumb check of scenarios, ${target.name}`, () => {
    test("scenarios row 2: the cart example has no findings", () => {
      const cwd = cartExample();
      expect(check(cwd, "--strict", "cart")).toEqual({ stdout: "", stderr: "", exit: 0 });
      expect(check(`${cwd}/cart`, "checkout_success.scenario.yaml", "stocked.fragment.yaml")).toEqual({
        stdout: "",
        stderr: "",
        exit: 0,
      });
    });

    test("scenarios row 12: a misspelt case of a sync is told once, by a scenario that lists the sync too", () => {
      const cwd = cartExample({ "cart.sync.yaml": (text) => text.replace("InsufficientStock", "InsufficentStock") });
      const line = "cart/cart.sync.yaml:21:9: error E_SYNC_CASE_UNKNOWN";
      expect(said(cwd, "cart")).toEqual([line]);
      expect(said(cwd, "cart/checkout_success.scenario.yaml")).toEqual([line]);
      expect(check(cwd, "cart").exit).toBe(1);
    });

    test("scenarios row 27: an assertion has exactly the keys of its type", () => {
      const edit = (text: string) =>
        text
          .replace("type: trace_contains, action", "type: trace_contain, action")
          .replace(
            "{type: trace_count, action: Inventory.reserve, count: 1}",
            "{type: trace_count, action: Inventory.reserve}",
          )
          .replace("{type: trace_never, action", "{type: trace_contains, count: 1, action");
      const cwd = cartExample({ "checkout_success.scenario.yaml": edit });
      const file = "cart/checkout_success.scenario.yaml";
      expect(said(cwd, "cart")).toEqual([
        `${file}:23:12: error E_ASSERTION_TYPE`,
        `${file}:24:5: error E_KEY_MISSING`,
        `${file}:25:28: error E_KEY_UNKNOWN`,
      ]);
      expect(check(cwd, "cart").stdout.split("\n")[0]).toEndWith("(help: trace_contains)");
      expect(jsonLines(check(cwd, "--json", "cart").stdout)).toMatchObject([
        {
          schema: "diag.v1",
          code: "E_ASSERTION_TYPE",
          file,
          pos: { line: 23, column: 12 },
          data: { help: "trace_contains" },
        },
        { code: "E_KEY_MISSING" },
        { code: "E_KEY_UNKNOWN" },
      ]);
    });

    test("scenarios row 29: an extra golden file is a warning", () => {
      const cwd = cartExample();
      writeFiles(cwd, { "cart/golden/old.golden.jsonl": "" });
      expect(said(cwd, "cart")).toEqual(["cart/golden/old.golden.jsonl:1:1: warning W_GOLDEN_ORPHAN"]);
      expect(check(cwd, "cart").exit).toBe(0);
      expect(check(cwd, "--strict", "cart").exit).toBe(1);
    });

    test("golden files without any scenario are found in folders, and are nothing to check by name", () => {
      const cwd = tempFiles({ "a/golden/x.golden.jsonl": "", "a/y.golden.jsonl": "" });
      expect(said(cwd, ".")).toEqual(["a/golden/x.golden.jsonl:1:1: warning W_GOLDEN_ORPHAN"]);
      expect(check(cwd, "a/golden/x.golden.jsonl")).toMatchObject({ stdout: "", exit: 2 });
    });

    test("a spec is checked in the sets that scenarios list, one that none lists with those beside it", () => {
      const sync = (name: string, action: string) =>
        `sync: ${name}\nwhen: {action: A.f}\nthen: {action: ${action}, args: {x: args.x}}\n`;
      const cwd = tempFiles({
        "specs/a.concept.yaml": SPEC,
        "specs/b.sync.yaml": sync("b", "B.g"),
        "other/b.concept.yaml": SPEC.replace("concept: A", "concept: B").replace("f:", "g:"),
        "a.scenario.yaml":
          "name: a\nspecs: [specs, other]\nflow: [{invoke: A.f, args: {x: 1}, expect: {case: Success}}]\n",
      });
      // Without the scenario nobody knows that both folders belong together.
      expect(said(cwd, "specs")).toContain("specs/b.sync.yaml:3:16: error E_SYNC_ACTION_UNKNOWN");
      expect(said(cwd, ".")).not.toContain("specs/b.sync.yaml:3:16: error E_SYNC_ACTION_UNKNOWN");
      expect(said(cwd, "specs", "a.scenario.yaml")).toEqual(said(cwd, "."));
    });

    test("a fragment is checked by itself where no scenario among the files uses it", () => {
      const fragment =
        "vars: {x: ~, n: one}\nspecs: [a.concept.yaml]\nsetup: [{action: A.f, args: {x: \x24{x}}}, {action: A.g}]\nassertions: [{type: trace_count, action: A.f, count: \x24{n}}]\n"
          .replaceAll("\x24{x}", '"\x24{x}"')
          .replaceAll("\x24{n}", '"\x24{n}"');
      const cwd = tempFiles({
        "a.concept.yaml": SPEC,
        "a.fragment.yaml": fragment,
        "a.scenario.yaml":
          'name: a\nuse: [{file: a.fragment.yaml, with: {x: "1", n: 1}}]\nflow: [{invoke: A.f, args: {x: 1}}]\n',
      });
      expect(said(cwd, "a.fragment.yaml")).toEqual([
        "a.fragment.yaml:3:52: error E_SCN_ACTION_UNKNOWN",
        "a.fragment.yaml:4:54: error E_KEY_TYPE",
      ]);
      expect(said(cwd, ".")).toEqual([
        "a.fragment.yaml:3:33: error E_ARG_TYPE",
        "a.fragment.yaml:3:52: error E_SCN_ACTION_UNKNOWN",
      ]);
    });
  });
}
