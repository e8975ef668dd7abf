import { expect, test } from "bun:test";
import type { Json } from "../value/mod.ts";
import {
  makeCollectOnlyModule,
  makeTransformOnlyModule,
  newMergePlan,
  runPipelineLive,
  type StageStats,
  tempDir,
  testWorld,
} from "./mod.ts";

const dir = tempDir();
const sorting = makeCollectOnlyModule(dir, "app", "P", "C", newMergePlan().sortAsc("").build());

/** Gives some events, then says so and never ends. */
function endless(events: readonly Json[]): { input: AsyncIterable<Json>; given: Promise<void> } {
  const { promise: given, resolve } = Promise.withResolvers<void>();
  return {
    given,
    input: {
      async *[Symbol.asyncIterator]() {
        yield* events;
        resolve();
        await new Promise(() => undefined);
      },
    },
  };
}

async function listed<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

const balance = ({ enqueued, emitted, dropped, shunted, silenced, errored, held }: StageStats): number =>
  enqueued - emitted - dropped - shunted - silenced - errored - held;

test("acceptance 32: an abort while a Collect holds events releases them, and the law of conservation holds", async () => {
  const { input, given } = endless([3, 1, 2]);
  const abort = new AbortController();
  const { outputs, errors, stats } = runPipelineLive(testWorld(), sorting, "P", input, { signal: abort.signal });
  await given;
  abort.abort();
  expect((await listed(outputs)).map(({ payload }) => payload)).toEqual([1, 2, 3]);
  expect(await listed(errors)).toEqual([]);
  const stages = await stats;
  expect(stages.map(({ stage, emitted, held }) => [stage.name, emitted, held])).toEqual([
    ["ingress", 3, 0],
    ["C", 3, 0],
    ["egress", 3, 0],
  ]);
  expect(stages.map(balance)).toEqual([0, 0, 0]);
});

test("a signal that was given before ends the run at once", async () => {
  const { input } = endless([1]);
  const { outputs, stats } = runPipelineLive(testWorld(), sorting, "P", input, { signal: AbortSignal.abort() });
  expect(await listed(outputs)).toEqual([]);
  expect((await stats).map(({ enqueued }) => enqueued)).toEqual([0, 0, 0]);
});

test("events leave while the input goes on", async () => {
  const module = makeTransformOnlyModule(dir, "app", "P", ["T"]);
  const { input } = endless([{ i: 1 }, { schema: "events.v1", payload: { i: 2 }, ingress: "nope" }, { i: 3 }]);
  const abort = new AbortController();
  const { outputs, errors, stats } = runPipelineLive(testWorld(), module, "P", input, {
    signal: abort.signal,
    transform: "add_field:f",
  });
  const first: Json[] = [];
  for await (const { payload } of outputs) {
    first.push(payload);
    if (first.length === 2) break;
  }
  expect(first).toEqual([
    { i: 1, f: true },
    { i: 3, f: true },
  ]);
  abort.abort();
  await stats;
  expect((await listed(errors)).map(({ code }) => code)).toEqual(["E_INGRESS_UNKNOWN"]);
});

test("what the input throws reaches whoever waits", async () => {
  const input = (async function* (): AsyncGenerator<Json> {
    yield 1;
    throw new Error("the link is down");
  })();
  const { outputs, errors, stats } = runPipelineLive(testWorld(), sorting, "P", input);
  const [a, b, c] = await Promise.allSettled([listed(outputs), listed(errors), stats]);
  const reasons = [a, b, c].map((result) => (result.status === "rejected" ? String(result.reason) : "none"));
  expect(reasons).toEqual(Array(3).fill("Error: the link is down"));
});
