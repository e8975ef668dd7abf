import { describe, expect, test } from "bun:test";
import { collectRun, pragmaRows, seenCases, seenFindings, tempFiles, visibleCase } from "../testkit/mod.ts";

const rows = pragmaRows();
describe("vectors/pragmas.jsonl, in process", () => {
  for (const row of rows) {
    test(`${row.id} ${row.note}`, async () => {
      const cwd = tempFiles(row.files);
      const run = await collectRun(cwd, {
        timeoutMs: row.options?.timeout ?? 0,
        strict: row.options?.strict ?? false,
        kvEvents: true,
      });
      expect(seenCases(run.records, run.errors, row.cases)).toEqual(row.cases.map(visibleCase));
      expect(seenFindings(run.records)).toEqual([...(row.diagnostics ?? [])]);
      for (const expected of row.cases) {
        if (expected.virtual_ms === undefined) continue;
        const ran = run.outcomes.get(expected.id)?.run;
        expect({ output: ran?.output, errors: ran?.errors }).toEqual({
          output: expected.output,
          errors: expected.errors ?? [],
        } as never);
      }
    });
  }

  test("there are as many rows as were given", () => expect(rows.length).toBe(90));
});
