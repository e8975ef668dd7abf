import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ArtifactNames, caseArtifactName, safeName } from "./artifact_name.ts";

describe("safeName", () => {
  test("keeps letters, digits, dot, underscore and hyphen, and makes every other character one underscore", () => {
    expect(caseArtifactName("t_test.ami", "a b/c")).toBe("t_test.ami_a_b_c");
    expect(caseArtifactName("dir/t-1_test.ami", "naïve 😀#2")).toBe("dir_t-1_test.ami_na_ve___2");
  });

  test("keeps 120 characters, and cuts 121 down to 111, a tilde and the hash of the whole", () => {
    expect(safeName("x".repeat(120))).toBe("x".repeat(120));
    // printf 'x%.0s' $(seq 121) | sha256sum
    expect(safeName("x".repeat(121))).toBe(`${"x".repeat(111)}~79072a47`);
  });

  test("the result is safe, is at most that long, and stays as it is", () => {
    const unit = fc.constantFrom("a", "Z", "0", ".", "-", "_", " ", "/", "~", "é", "😀", "\ud800", "\n", "\0");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 200, size: "max" }), (text) => {
        const name = safeName(text);
        expect(name).toMatch(/^[A-Za-z0-9._-]{0,120}$|^[A-Za-z0-9._-]{111}~[0-9a-f]{8}$/);
        if (!name.includes("~")) expect(safeName(name)).toBe(name);
      }),
      { numRuns: 100 },
    );
  });

  test("long names that differ at their ends stay different", () => {
    const long = "y".repeat(150);
    expect(safeName(`${long}1`)).not.toBe(safeName(`${long}2`));
  });
});

describe("ArtifactNames", () => {
  test("the second and third of a name get a number", () => {
    const names = new ArtifactNames();
    expect([names.claim("a"), names.claim("b"), names.claim("a"), names.claim("a")]).toEqual(["a", "b", "a_2", "a_3"]);
  });

  test("a number that is a name already is passed over", () => {
    const names = new ArtifactNames();
    expect([names.claim("a_2"), names.claim("a"), names.claim("a"), names.claim("a_2")]).toEqual([
      "a_2",
      "a",
      "a_3",
      "a_2_2",
    ]);
  });

  test("every ending must be free", () => {
    const names = new ArtifactNames();
    expect(names.claim("a.x")).toBe("a.x");
    expect(names.claim("a", [".y", ".x"])).toBe("a_2");
    expect(names.claim("a_2", [".x"])).toBe("a_2_2");
  });

  test("no two claims give the same file", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "a_2", "a_2_2", "a_3", "b"), { maxLength: 30, size: "max" }),
        (wanted) => {
          const names = new ArtifactNames();
          const given = wanted.map((name) => names.claim(name));
          expect(new Set(given).size).toBe(given.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
