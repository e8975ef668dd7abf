import { expect, test } from "bun:test";
import fc from "fast-check";
import { parseSource, printSource } from "../mod.ts";
import { anySource, withoutPositions } from "./ami_arbitraries.ts";

test("what is printed is parsed to the same tree, positions aside (property)", () => {
  fc.assert(
    fc.property(anySource, (tree) => {
      const text = printSource(tree);
      const { tree: again, findings } = parseSource(text);
      expect(findings).toEqual([]);
      expect(withoutPositions(again)).toEqual(withoutPositions(tree));
    }),
    { numRuns: 200 },
  );
});
