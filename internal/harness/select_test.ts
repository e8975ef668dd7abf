import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { matching, type Selectable, shardOf } from "./select.ts";

function selectable(id: string, sharesStore = false): Selectable {
  return { identity: { id, file: id.split("::")[0] ?? "" }, source: { shared: new Set(sharesStore ? ["s"] : []) } };
}

const ids = (cases: readonly Selectable[]): string[] => cases.map(({ identity }) => identity.id);

describe("--run", () => {
  const cases = ["a_test.ami::one", "a_test.ami::two", "b_test.ami::one"].map((id) => selectable(id));

  test("keeps the cases whose stable id matches anywhere", () => {
    expect(ids(matching(cases, /one/))).toEqual(["a_test.ami::one", "b_test.ami::one"]);
    expect(ids(matching(cases, /^b_/))).toEqual(["b_test.ami::one"]);
  });

  test("keeps everything without a pattern", () => {
    expect(matching(cases, undefined)).toEqual(cases);
  });
});

describe("--shard", () => {
  test("takes the cases whose index mod N is I−1", () => {
    const cases = ["a::0", "a::1", "a::2", "b::3", "b::4"].map((id) => selectable(id));
    expect(ids(shardOf(cases, { index: 2, count: 2 }))).toEqual(["a::1", "b::3"]);
  });

  test("keeps the cases of a file with share=file together, with the first of them", () => {
    const cases = [
      selectable("a::0"),
      ...["b::1", "b::2", "b::3"].map((id) => selectable(id, true)),
      selectable("c::4"),
    ];
    expect(ids(shardOf(cases, { index: 2, count: 2 }))).toEqual(["b::1", "b::2", "b::3"]);
    expect(ids(shardOf(cases, { index: 1, count: 2 }))).toEqual(["a::0", "c::4"]);
  });

  test("all shards together hold every case once, in order", () => {
    const file = fc.record({ name: fc.constantFrom("a", "b", "c", "d"), shares: fc.boolean(), cases: fc.nat(9) });
    fc.assert(
      fc.property(
        fc.uniqueArray(file, { selector: ({ name }) => name }),
        fc.integer({ min: 1, max: 5 }),
        (files, count) => {
          const cases = files.flatMap(({ name, shares, cases }) =>
            Array.from({ length: cases }, (_, i) => selectable(`${name}::${i}`, shares)),
          );
          const shards = Array.from({ length: count }, (_, i) => shardOf(cases, { index: i + 1, count }));
          expect(ids(shards.flat()).sort()).toEqual(ids(cases).sort());
          for (const shard of shards) expect(shard).toEqual(cases.filter((entry) => shard.includes(entry)));
        },
      ),
    );
  });
});
