import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { MergePlan } from "../../internal/ami/mod.ts";
import { jsonLines, oneTarget, runPlumb, tempFiles } from "../../internal/testkit/mod.ts";

// vectors/merge.jsonl through the command line (pipelines §17): every plan is written as the attributes of a Collect. NaN is
// possible only from the API, so its row is left out.

interface Row {
  readonly id: string;
  readonly note: string;
  readonly plan: MergePlan;
  readonly inputs: number;
  readonly script: readonly { readonly at: number; readonly in: number; readonly payload: unknown }[];
  readonly out: readonly { readonly at: number; readonly payload: unknown }[];
  readonly stats: object;
  readonly shunted?: readonly { readonly at: number; readonly reason: string; readonly payload: unknown }[];
}

const LINES = readFileSync(resolve(import.meta.dir, "../../testdata/vectors/merge.jsonl"), "utf8")
  .trimEnd()
  .split("\n");
const ROWS = LINES.filter((line) => !line.includes('"$NaN"')).map((line): Row => JSON.parse(line));

const [target] = oneTarget();

/** The attributes that give a plan. */
function attributes(plan: MergePlan): string {
  const { sort = [], stable, key, partitionBy, window, timeoutMs, watermark, latePolicy, idleMs, dedup, buffer } = plan;
  const text = JSON.stringify;
  return [
    ...sort.map(({ field, order }) => `merge.Sort(${text(field)}, ${order})`),
    stable === true ? "merge.Stable()" : "",
    key === undefined ? "" : `merge.Key(${text(key)})`,
    partitionBy === undefined ? "" : `merge.PartitionBy(${text(partitionBy)})`,
    window === undefined ? "" : `merge.Window(${window})`,
    timeoutMs === undefined ? "" : `merge.Timeout(${timeoutMs}ms)`,
    watermark === undefined ? "" : `merge.Watermark(${text(watermark.field)}, ${watermark.latenessMs})`,
    latePolicy === undefined ? "" : `merge.LatePolicy(${latePolicy})`,
    idleMs === undefined ? "" : `merge.Idle(${idleMs}ms)`,
    dedup === undefined ? "" : `merge.Dedup(${dedup.field === undefined ? "" : text(dedup.field)})`,
    buffer === undefined ? "" : `merge.Buffer(${buffer.capacity}, ${buffer.policy})`,
  ]
    .filter((attribute) => attribute !== "")
    .join(", ");
}

function pipelineOf({ id, plan, inputs }: Row): string {
  const names = Array.from({ length: inputs }, (_, index) => `in${index}`);
  const lines = [...names.map((name) => `${name} = ingress()`), ...names.map((name) => `${name} -> C`), "C -> egress"];
  return `pipeline ${id} {\n${lines.join("\n")}\nC = Collect() ${attributes(plan)}\n}\n`;
}

describe(`vectors/merge.jsonl, ${target.name}`, () => {
  const cwd = tempFiles({ "t.ami": `package t\n${ROWS.map(pipelineOf).join("")}` });

  test.each(ROWS.map((row) => [row.id, row.note, row] as const))("%s: %s", (id, _note, row) => {
    const events = row.script.map(({ at, in: input, payload }) => {
      return `${JSON.stringify({ schema: "events.v1", at_ms: at, ingress: `in${input}`, payload })}\n`;
    });
    const args = ["pipeline", "run", "t.ami", "--pipeline", id, "--clock", "virtual", "--stats", "--trace=hops"];
    const { stdout, stderr } = runPlumb(target, args, { cwd, stdin: events.join("") });
    const told = jsonLines(stderr);
    const hops = jsonLines(readFileSync(join(cwd, "hops"), "utf8"));

    const times = hops.filter(({ op }) => op === "output").map(({ at }) => at);
    expect<object[]>(jsonLines(stdout).map((payload, index) => ({ at: times[index], payload }))).toEqual([...row.out]);
    const collect = told.find(({ stage }) => Object(stage).name === "C");
    const {
      schema: _s,
      pipeline: _p,
      stage: _t,
      silenced: _i,
      errored: _e,
      expired: _x,
      held,
      ...counts
    } = collect ?? {};
    expect<object>({ ...counts, held }).toEqual({ ...row.stats, held: 0 });
    const shunted = told
      .filter(({ schema }) => schema === "errors.v1")
      .map(({ timestamp, data }) => ({
        at: Date.parse(String(timestamp)),
        reason: Object(data).policy,
        payload: Object(Object(data).event).payload,
      }));
    expect<object[]>(shunted).toEqual([...(row.shunted ?? [])]);
  });
});
