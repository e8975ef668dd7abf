import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { jsonLines, oneTarget, runPlumb, tempFiles } from "../../internal/testkit/mod.ts";

// vectors/pipelines.jsonl through the command line (pipelines §17): the findings by `plumb check`, the runs by `plumb pipeline
// run`. Not compared are rows whose options no flag can say, and the records that an error block took, which stderr does not show.

type Json = Readonly<Record<string, unknown>>;

interface Row {
  readonly id: string;
  readonly note: string;
  readonly source: string;
  readonly check?: readonly Json[];
  readonly pipeline: string;
  readonly events: readonly { readonly at: number; readonly payload: unknown; readonly ingress?: string }[];
  readonly options?: {
    readonly allow?: readonly string[];
    readonly timeout_ms?: number;
    readonly [other: string]: unknown;
  };
  readonly outputs: readonly { readonly at: number; readonly payload: unknown }[];
  readonly error_outputs?: readonly { readonly at: number; readonly payload: unknown }[];
  readonly errors: readonly Json[];
  readonly end: number;
  readonly stats: readonly Json[];
}

const ROWS = readFileSync(resolve(import.meta.dir, "../../testdata/vectors/pipelines.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Row => JSON.parse(line));

/** The executable where there is one: 90 starts are enough. */
const [target] = oneTarget();

const FLAGLESS = new Set(["filter", "transform", "timerInterval", "timerCount"]);
const canRun = ({ check, options = {} }: Row) =>
  check === undefined && !Object.keys(options).some((key) => FLAGLESS.has(key));

describe(`vectors/pipelines.jsonl, ${target.name}`, () => {
  test("plumb check finds what the rows say, in order", () => {
    const checked = ROWS.filter(({ check }) => check !== undefined);
    const cwd = tempFiles(Object.fromEntries(checked.map(({ id, source }) => [`${id}/t.ami`, source])));
    const found = jsonLines(runPlumb(target, ["check", "--json", "."], { cwd }).stdout);
    for (const { id, check = [] } of checked) {
      const own = found.filter(({ file }) => file === `${id}/t.ami`);
      const seen = own.map(({ code, level, pos }) => ({
        code,
        level,
        line: Object(pos).line,
        column: Object(pos).column,
      }));
      expect<unknown>({ id, seen }).toEqual({ id, seen: [...check] });
    }
  });

  test.each(ROWS.filter(canRun).map((row) => [row.id, row.note, row] as const))("%s: %s", (_id, _note, row) => {
    const envelopes = row.events.map(({ at, payload, ingress }) => ({
      schema: "events.v1",
      at_ms: at,
      payload,
      ingress,
    }));
    const cwd = tempFiles({
      "t.ami": row.source,
      "in.jsonl": envelopes.map((event) => `${JSON.stringify(event)}\n`).join(""),
    });
    const { allow = [], timeout_ms: limit } = row.options ?? {};
    const args = [
      "pipeline",
      "run",
      "t.ami",
      "--pipeline",
      row.pipeline,
      "--clock",
      "virtual",
      "--stats",
      "--trace=hops",
    ];
    if (row.events.length > 0) args.push("--events", "in.jsonl");
    if (allow.length > 0) args.push("--allow", allow.join(","));
    if (limit !== undefined) args.push("--limit", String(limit));
    const { stdout, stderr, exit } = runPlumb(target, args, { cwd });
    const told = jsonLines(stderr);
    const stats = told.filter(({ schema }) => schema === "stage.stats.v1");
    const left = jsonLines(readFileSync(join(cwd, "hops"), "utf8")).filter(({ op }) => op === "output");

    expect(jsonLines(stdout) as unknown[]).toEqual(row.outputs.map(({ payload }) => payload));
    expect(left.filter(({ node }) => !String(node).startsWith("error/")).map(({ at }) => at)).toEqual(
      row.outputs.map(({ at }) => at),
    );
    expect(stats.map(({ schema: _schema, pipeline: _pipeline, ...counts }) => counts)).toEqual([...row.stats]);
    if (row.stats.length > 0) expect(told.at(-1)).toMatchObject({ schema: "run.stats.v1", duration_ms: row.end });
    expect(exit).toBe(row.errors.some(({ level }) => level === "error") ? 1 : 0);

    const records = told.filter(({ schema }) => !/\.stats\.v1$/.test(String(schema)));
    if (row.stats.some(({ stage }) => Object(stage).kind === "error")) {
      const expected = (row.error_outputs ?? []).map(({ payload }) => payload);
      expect(records as unknown[]).toEqual(expect.arrayContaining(expected));
    } else expect(records.map(recordOfRow)).toEqual([...row.errors]);
  });

  test("two rows have options that no flag can say", () => {
    expect(ROWS.filter((row) => row.check === undefined && !canRun(row))).toHaveLength(2);
  });
});

/** A record on stderr as a row tells it. */
function recordOfRow({ timestamp, level, code, data }: Json): Json {
  const { node, event } = Object(data);
  return {
    at: Date.parse(String(timestamp)),
    level,
    code,
    ...(node === undefined ? {} : { node }),
    ...(event === undefined ? {} : { event: event.payload }),
  };
}
