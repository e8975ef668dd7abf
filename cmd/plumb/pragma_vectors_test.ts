import { describe, expect, test } from "bun:test";
import * as v from "valibot";
import { ErrorRecordSchema } from "../../internal/diag/mod.ts";
import { StreamRecordSchema } from "../../internal/harness/mod.ts";
import {
  jsonLines,
  oneTarget,
  pragmaRows,
  runPlumb,
  seenCases,
  seenFindings,
  tempFiles,
  visibleCase,
} from "../../internal/testkit/mod.ts";

// vectors/pragmas.jsonl through the command line, as a user would run it (ami-tests acceptance, row 1). What the stream
// does not tell, outputs and error records, is compared in process (internal/harness).

/** The built binary where there is one. */
const [target] = oneTarget();

function withoutWallTime(json: string): string {
  return json.replaceAll(/"timestamp":"2\d{3}-[^"]*"|"duration_ms":[\d.]+/g, "");
}

describe(`vectors/pragmas.jsonl, ${target.name}`, () => {
  for (const row of pragmaRows()) {
    test(`${row.id} ${row.note}`, () => {
      const cwd = tempFiles(row.files);
      const flags = ["test", "--json", "--kv-events"];
      if (row.options?.timeout !== undefined) flags.push("--timeout", String(row.options.timeout));
      if (row.options?.strict === true) flags.push("--strict");
      const { stdout, stderr, exit } = runPlumb(target, flags, { cwd });
      const records = jsonLines(stdout);
      const errors = jsonLines(stderr);
      expect(seenCases(records, errors, row.cases)).toEqual(row.cases.map(visibleCase));
      expect(seenFindings(records)).toEqual([...(row.diagnostics ?? [])]);
      expect(exit).toBe(row.cases.some(({ status }) => status === "fail") ? 1 : 0);
      for (const record of records) expect(v.safeParse(StreamRecordSchema, record).issues).toBeUndefined();
      for (const record of errors) expect(v.safeParse(ErrorRecordSchema, record).issues).toBeUndefined();
    });
  }

  test("all rows together say the same whatever --parallel is", () => {
    const files = pragmaRows().flatMap(({ id, files }) =>
      Object.entries(files).map(([name, text]) => [`${id}/${name}`, text] as const),
    );
    const cwd = tempFiles(Object.fromEntries(files));
    const flags = ["test", "--json", "--kv-events"];
    const [one, four] = [1, 4].map((n) => runPlumb(target, [...flags, `--parallel=${n}`], { cwd }));
    expect(jsonLines(one?.stdout ?? "").length).toBeGreaterThan(2 * pragmaRows().length);
    expect(withoutWallTime(four?.stdout ?? "")).toBe(withoutWallTime(one?.stdout ?? ""));
    expect([four?.stderr, four?.exit]).toEqual([one?.stderr, one?.exit]);
  });
});
