import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { Json } from "../../value/mod.ts";
import { parseSource, type StepNode } from "../syntax/mod.ts";
import { readBuiltinWorker } from "./builtin_worker_reader.ts";
import { SILENCE, WorkerFault, type WorkerFn } from "./worker.ts";
import { WorkerCompiler } from "./worker_compiler.ts";
import { contextAt, scopeOf } from "./worker_fixture.ts";

// The rows of vectors/pipelines.jsonl whose pipeline is one worker between ingress and egress, at the level of that worker:
// payloads and codes, without times. The executor's tests run all rows.

interface Row {
  readonly id: string;
  readonly note: string;
  readonly source: string;
  readonly events?: readonly { readonly at: number; readonly payload: Json }[];
  readonly outputs?: readonly { readonly at: number; readonly payload: Json }[];
  readonly errors?: readonly { readonly code: string; readonly event: Json }[];
}

const rows = readFileSync(new URL("../../../testdata/vectors/pipelines.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line): Row => JSON.parse(line))
  .flatMap((row) => {
    const worker = row.events === undefined ? undefined : workerOf(row.source);
    return worker === undefined ? [] : [{ row, worker }];
  });

test("there are rows", () => {
  expect(rows.length).toBeGreaterThanOrEqual(25);
});

describe.each(rows.map(({ row, worker }) => [`${row.id} ${row.note}`, row, worker] as const))(
  "%s",
  (_, row, worker) => {
    test("gives its outputs and errors", () => {
      const context = contextAt();
      const outputs: Json[] = [];
      const errors: { code: string; event: Json }[] = [];
      for (const { at, payload } of row.events ?? []) {
        // In the one row with a service time and a clock, P054, it is 5 ms.
        context.clock.advanceTo(at + (row.source.includes("delay=5ms") ? 5 : 0));
        const event = { id: "P/ingress/0", payload, time: at, attempt: 1, trace: null };
        const outcome = worker(event, context);
        if (outcome instanceof WorkerFault) errors.push({ code: outcome.code, event: payload });
        else if (outcome !== SILENCE) outputs.push(outcome);
      }
      expect(outputs).toEqual((row.outputs ?? []).map(({ payload }) => payload));
      expect(errors).toEqual((row.errors ?? []).map(({ code, event }) => ({ code, event })));
    });
  },
);

/** The worker of a pipeline `ingress.X.egress`. */
function workerOf(source: string): WorkerFn | undefined {
  const { tree } = parseSource(source);
  const [chain, other] = tree.pipelines[0]?.body.chains ?? [];
  const [first, step, last, more] = chain?.steps ?? [];
  if (
    tree.pipelines[0]?.body.error !== undefined ||
    other !== undefined ||
    step === undefined ||
    more !== undefined ||
    !isBare(first) ||
    !isBare(last)
  )
    return undefined;
  const scope = scopeOf(source);
  const compiler = new WorkerCompiler();
  const given = step.args.find(({ name }) => name === undefined || name.text === "worker")?.value;
  const name = given?.kind === "expr" && given.expr.kind === "name" ? given.expr.name : step.name.text;
  const target = scope.functions.get(name);
  if (target !== undefined) return compiler.worker(target);
  const builtin = given?.kind === "expr" ? readBuiltinWorker(given.expr, scope)?.worker : undefined;
  return builtin === undefined ? undefined : compiler.builtin(builtin, scope);
}

function isBare(step: StepNode | undefined): boolean {
  return step !== undefined && !step.parens && step.attrs.length === 0;
}
