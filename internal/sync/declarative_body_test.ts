import { describe, expect, test } from "bun:test";
import { programOf, SampleEngine } from "./sample_engine.ts";

/** An action `A.go` with one arg of each type, and its outputs in YAML. */
async function sampleOf(
  outputs: string,
  state = "{T: {key: n, fields: {n: int}}, U: {n: int, s: string, b: bool, l: list<int>, o: object}}",
): Promise<SampleEngine> {
  return new SampleEngine(
    await programOf(`
concept: A
purpose: p
state: ${state}
actions:
  go:
    args: {n: int, s: string, b: bool, l: list<int>, o: object}
    outputs:
${outputs.replaceAll(/^/gm, "      ")}
`),
  );
}
const args = { n: 3, s: "x", b: true, l: [1, 2], o: { k: { j: "v" } } };

describe("a declarative body", () => {
  test("takes the first output whose when is true by SQL's rules; one without when always is", async () => {
    const sample = await sampleOf(`
- {case: Nothing, when: "NULL"}
- {case: Zero, when: "0.0"}
- {case: Text, when: "'abc'"}
- {case: Many, when: ":n > 10"}
- {case: Number, when: "'7 pieces' AND :n = 3"}
- {case: Rest}
- {case: Never, when: "abs(-9223372036854775807 - 1)"}
`);
    expect(sample.say("A.go", args)).toBe("Number {}");
    expect(sample.say("A.go", { ...args, n: 4 })).toBe("Rest {}");
    expect(sample.say("A.go", { ...args, n: 11 })).toBe("Many {}");
  });

  test("binds what each snippet uses, bools as 0 and 1, containers as canonical JSON, and the engine's own", async () => {
    const sample = await sampleOf(`
- case: Success
  fields: {t: string, j: string, f: string, q: int, same: bool}
  effects: ["INSERT INTO U VALUES (:n, :s, :b, :l, :o)"]
  result:
    t: "typeof(:n) || typeof(:b) || :b || typeof(:l)"
    j: ":o || :l"
    f: ":flow_token || length(:invocation_id)"
    q: ":seq"
    same: ":n = 3"
`);
    const o = { b: 1, a: { "10": true } };
    expect(sample.invoke("A.go", { ...args, o })).toMatchObject({
      completion: {
        result: { t: "integerinteger1text", j: '{"a":{"10":true},"b":1}[1,2]', f: "f64", q: 1, same: true },
      },
    });
    expect(sample.rows("U")).toEqual([{ n: 3n, s: "x", b: 1n, l: "[1,2]", o: '{"a":{"10":true},"b":1}' }]);
  });

  test("reads results by their declared types; they see the effects", async () => {
    const sample = await sampleOf(`
- case: Success
  fields: {n: int, s: string, b: bool, l: list<int>, o: object, big: int}
  effects: ["INSERT INTO U VALUES (:n + 1, :s, 0, '[3, 4]', :o)"]
  result:
    n: "(SELECT n FROM U)"
    s: "'e' || char(769)"
    b: "(SELECT b FROM U)"
    l: "(SELECT l FROM U)"
    o: "json_object('z', 1, 'a', json('[]'))"
    big: "9223372036854775807"
`);
    expect(sample.invoke("A.go", args)).toMatchObject({
      completion: { result: { n: 4, s: "\u00e9", b: false, l: [3, 4], o: { z: 1, a: [] }, big: 2n ** 63n - 1n } },
    });
  });

  test("scenarios row 15: the second effect violates the primary key: nothing of both is kept", async () => {
    const sample = await sampleOf(`
- case: Success
  effects: ["INSERT INTO T VALUES (:n)", "INSERT INTO T VALUES (:n)"]
`);
    expect(sample.say("A.go", args)).toBe(
      "E_ACTION_FAILED: A.go failed at a.concept.yaml:11:48: UNIQUE constraint failed: T.n",
    );
    expect(sample.rows("T")).toEqual([]);
    expect(sample.trace()).toHaveLength(1);
    expect(sample.trace()[0]).toEndWith("(pending)");
    expect(sample.status()).toBe("failed: E_ACTION_FAILED");
    // The tick of the completion was not taken.
    expect(sample.store.queries.maxSeq()).toBe(1);
  });

  test("scenarios row 16: a result of another type names field, type and value, and its effects are undone", async () => {
    const cases: readonly [type: string, sql: string, found: string][] = [
      ["int", "NULL", "NULL"],
      ["int", "'7'", 'the text "7"'],
      ["int", "1.0", "the REAL 1.0"],
      ["int", "9223372036854775807 + 1", "the REAL 9223372036854775808.0"],
      ["string", "7", "7"],
      ["string", "x'00ff'", "a BLOB of 2 bytes"],
      ["bool", "2", "2"],
      ["bool", "'true'", 'the text "true"'],
      ["object", "'{'", 'the text "{"'],
    ];
    for (const [type, sql, found] of cases) {
      const sample = await sampleOf(`
- case: Success
  fields: {r: ${type}}
  effects: ["INSERT INTO T VALUES (:n)"]
  result: {r: "${sql}"}
`);
      expect(sample.say("A.go", args)).toBe(
        `E_RESULT_TYPE: A.go Success: the field r is declared as ${type}, got ${found} (a.concept.yaml:13:21)`,
      );
      expect(sample.rows("T")).toEqual([]);
    }
  });

  test("a container of another kind, or with values outside the strict profile", async () => {
    const say = async (type: string, sql: string): Promise<string> =>
      (await sampleOf(`- {case: Success, fields: {r: ${type}}, result: {r: "${sql}"}}`)).say("A.go", args);
    expect(await say("object", "'[]'")).toStartWith(
      'E_RESULT_TYPE: A.go Success: the field r is declared as object, got the text "[]"',
    );
    expect(await say("list<int>", "json_array(1, 'a')")).toStartWith(
      "E_RESULT_TYPE: A.go Success: the field r is declared as list<int>",
    );
    expect(await say("list<int>", "json_array(1, 1.5)")).toMatch(
      /^E_VALUE_FLOAT: \$\.r\[1\] is 1\.5; .* \(the result of A\.go Success, a\.concept\.yaml:9:\d+\)$/,
    );
    expect(await say("object", "json_object('k', NULL)")).toStartWith("E_VALUE_NULL: $.r.k is null");
    const nested = (depth: number): string => `'${"[".repeat(depth)}${"]".repeat(depth)}'`;
    expect(await say("array", nested(255))).toStartWith("Success");
    expect(await say("array", nested(256))).toStartWith("E_VALUE_DEPTH: $.r has more than 256 nested arrays");
  });

  test("SQL that fails is told with the position of its snippet, of several the first that fails", async () => {
    const say = async (outputs: string): Promise<string> => (await sampleOf(outputs)).say("A.go", args);
    expect(await say(`- {case: A, when: ":n = 4"}\n- {case: B, when: "abs(-9223372036854775807 - 1)"}`)).toBe(
      "E_ACTION_FAILED: A.go failed at a.concept.yaml:10:25: integer overflow",
    );
    const two = `- {case: A, fields: {x: int, a: string}, result: {x: ":n", a: "json('{')"}}`;
    expect(await say(two)).toBe("E_ACTION_FAILED: A.go failed at a.concept.yaml:9:69: malformed JSON");
    // What would fail is not reached.
    expect(await say(`- {case: A, when: ":n = 3"}\n- {case: B, when: "abs(-9223372036854775807 - 1)"}`)).toBe("A {}");
  });

  test("that would end the engine's transaction ends its own unit only", async () => {
    const sample = await sampleOf(`
- {case: One, when: ":n = 3", effects: ["INSERT INTO T VALUES (1)"]}
- {case: Two, effects: ["INSERT INTO T VALUES (2)", "INSERT OR ROLLBACK INTO T VALUES (1)"]}
`);
    expect(sample.say("A.go", args)).toBe("One {}");
    expect(sample.say("A.go", { ...args, n: 4 })).toStartWith("E_ACTION_FAILED: A.go failed at");
    expect(sample.rows("T")).toEqual([{ n: 1n }]);
    expect(sample.trace()).toHaveLength(3);
  });
});
