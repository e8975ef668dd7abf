import { describe, expect, test } from "bun:test";
import { scanSource } from "../ami/mod.ts";
import { collectRun, pragmaRows, seenCases, seenFindings, tempFiles, visibleCase } from "../testkit/mod.ts";

const rows = pragmaRows();
const isDue = ({ files }: (typeof rows)[number]): boolean =>
  Object.entries(files).some(([name, text]) => name.endsWith(".ami") && scanSource(text).hasSource);

describe("vectors/pragmas.jsonl, in process", () => {
  for (const row of rows.filter((row) => !isDue(row))) {
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

  test("the rows that need .ami source are counted by name", () => {
    const due = rows.filter(isDue).map(({ id }) => id);
    expect(due.join(" ")).toMatchInlineSnapshot(
      `"T022 T024 T088 T090 T092 T094 T096 T098 T100 T102 T104 T120 T122 T134 T154 T156 T158 T160 T162 T164 T166 T168 T170 T172 T174 T176 T178"`,
    );
    expect(rows.length).toBe(90);
  });
});
