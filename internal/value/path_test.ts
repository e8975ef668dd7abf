import { describe, expect, test } from "bun:test";
import { pathIndex, pathKey, Trail } from "./path.ts";

describe("paths", () => {
  test.each([
    ["name", ".name"],
    ["_A9", "._A9"],
    ["__proto__", ".__proto__"],
    ["", '[""]'],
    ["any key", '["any key"]'],
    ["9a", '["9a"]'],
    ["a-b", '["a-b"]'],
    ['q"\n', '["q\\"\\n"]'],
    ["\u00e9", '["\u00e9"]'],
    ["a\n", '["a\\n"]'],
  ])("the key %j is written %s", (key, step) => {
    expect(pathKey(key)).toBe(step);
  });

  test("an index stands in brackets", () => {
    expect(pathIndex(0)).toBe("[0]");
    expect(pathIndex(12)).toBe("[12]");
  });

  test("a trail forgets the deeper steps of an earlier branch", () => {
    const trail = new Trail();
    trail.enter(0, "a");
    trail.enter(1, 3);
    trail.enter(2, "b c");
    expect(trail.path(3)).toBe('$.a[3]["b c"]');
    trail.enter(0, 0);
    expect(trail.path(1)).toBe("$[0]");
    expect(trail.path(0)).toBe("$");
  });
});
