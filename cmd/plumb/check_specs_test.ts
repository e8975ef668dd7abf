import { describe, expect, test } from "bun:test";
import { cartExample, jsonLines, oneTarget, runPlumb, tempFiles } from "../../internal/testkit/mod.ts";

for (const target of oneTarget()) {
  const check = (cwd: string, ...args: string[]) => runPlumb(target, ["check", ...args], { cwd });

  describe(`plumb check of specs, ${target.name}`, () => {
    test("scenarios row 2: the cart example has no findings", () => {
      expect(check(cartExample(), "--strict", "cart")).toEqual({ stdout: "", stderr: "", exit: 0 });
    });

    test("one file is checked with those beside it, and only its own findings are told", () => {
      const cwd = cartExample({ "cart.concept.yaml": (text) => text.replace("purpose:", "porpose:") });
      expect(check(cwd, "cart/cart.sync.yaml")).toEqual({ stdout: "", stderr: "", exit: 0 });
      expect(check(cwd, "cart/cart.concept.yaml").exit).toBe(1);
    });

    test("scenarios row 12: a misspelt case is found at its place, with its help", () => {
      const cwd = cartExample({ "cart.sync.yaml": (text) => text.replace("InsufficientStock", "InsufficentStock") });
      const { stdout, exit } = check(cwd, "cart");
      expect(stdout).toMatch(
        /^cart\/cart\.sync\.yaml:21:9: error E_SYNC_CASE_UNKNOWN .* \(help: InsufficientStock\)\n$/,
      );
      expect(exit).toBe(1);
      expect(jsonLines(check(cwd, "--json", "cart").stdout)).toMatchObject([
        {
          schema: "diag.v1",
          code: "E_SYNC_CASE_UNKNOWN",
          pos: { line: 21, column: 9 },
          data: { help: "InsufficientStock" },
        },
      ]);
    });

    test("scenarios row 13: a case that no sync handles is a warning", () => {
      const cwd = cartExample({ "cart.sync.yaml": (text) => text.slice(0, text.indexOf("---")) });
      const paths = ["inventory.concept.yaml", "cart.concept.yaml", "cart.sync.yaml"].map((name) => `cart/${name}`);
      const { stdout, exit } = check(cwd, ...paths);
      expect(stdout).toMatch(
        /^cart\/cart\.sync\.yaml:13:11: warning W_SYNC_UNHANDLED_CASE .*Inventory\.reserve.*InsufficientStock\n$/,
      );
      expect(exit).toBe(0);
      expect(check(cwd, "--strict", ...paths)).toEqual({ stdout, stderr: "", exit: 1 });
    });

    test.each([
      ["ATTACH ':memory:' AS x", "E_SPEC_SQL_FORBIDDEN", 15],
      ["DELETE FROM CartItem; DELETE FROM CartItem", "E_SPEC_SQL_FORBIDDEN", 37],
      ["SELECT * FROM Stock", "E_SPEC_SQL_TABLE", 29],
      ["SELECT :nosuch", "E_SPEC_SQL_PARAM", 22],
      ["SELECT random()", "E_SPEC_SQL_NONDETERMINISTIC", 22],
      ['SELECT "nosuch"', "E_SPEC_SQL_COLUMN", 22],
    ])("scenarios row 14: an effect %s is %s", (sql, code, column) => {
      const effect = `"DELETE FROM CartItem WHERE flow_token = :flow_token AND item_id = :item_id"`;
      const cwd = cartExample({ "cart.concept.yaml": (text) => text.replace(effect, () => `| \n            ${sql}`) });
      const { stdout, exit } = check(cwd, "cart");
      const [first, ...others] = stdout.split("\n");
      expect(others).toEqual([""]);
      expect(first?.replace(/ [^ ]*? ?error (\S+) .*/, " $1")).toBe(`cart/cart.concept.yaml:46:${column - 2}: ${code}`);
      expect(exit).toBe(1);
    });

    test("handler modules are looked into and not run", () => {
      const text = "concept: A\npurpose: p\nhandlers: h.ts\nactions: {f: {outputs: [{case: Success}]}}\n";
      const cwd = tempFiles({
        "a/a.concept.yaml": text,
        "a/h.ts": 'import "node:fs"; throw new Error("it ran"); export function f() {} export const g = 1;',
        "b/b.concept.yaml": text,
        "b/h.ts": 'export const é = "😀" +;',
      });
      expect(
        check(cwd, ".")
          .stdout.split("\n")
          .map((line) => line.split(" ").slice(0, 3).join(" ")),
      ).toEqual([
        "a/a.concept.yaml:3:11: warning W_SPEC_HANDLER_UNUSED",
        "b/b.concept.yaml:3:11: error E_SPEC_HANDLER",
        "",
      ]);
    });
  });
}
