import { expect, test } from "bun:test";
import {
  attachCollect,
  CheckError,
  type Module,
  makeCollectOnlyModule,
  makeModuleWithEdges,
  makeTransformAndCollectModule,
  makeTransformOnlyModule,
  newMergePlan,
  runPipelineWithStats,
  tempDir,
  testWorld,
} from "./mod.ts";

const dir = tempDir();
const PLAN = newMergePlan().sortAsc("k").build();
const ways = ({ pipelines: [pipeline] }: Module) => pipeline?.edges.map(({ from, to }) => `${from}->${to}`);
const payloads = (module: Module, input: number[]) =>
  runPipelineWithStats(testWorld(), module, "P", input).outputs.map(({ payload }) => payload);

test("the makers make chains from ingress to egress", () => {
  expect(ways(makeCollectOnlyModule(dir, "app", "P", "C", PLAN))).toEqual(["ingress->C", "C->egress"]);
  expect(ways(makeTransformOnlyModule(dir, "app", "P", ["A", "B"]))).toEqual(["ingress->A", "A->B", "B->egress"]);
  expect(ways(makeTransformAndCollectModule(dir, "app", "P", ["A"], "C", PLAN))).toEqual([
    "ingress->A",
    "A->C",
    "C->egress",
  ]);
});

test("a step that gets a plan is a Collect, in a new module", () => {
  const plain = makeTransformOnlyModule(dir, "app", "P", ["C"]);
  const sorting = attachCollect(plain, "P", "C", newMergePlan().sortDesc("").build());
  expect(plain.pipelines[0]?.collects).toEqual([]);
  expect(payloads(plain, [1, 3, 2])).toEqual([1, 3, 2]);
  expect(payloads(sorting, [1, 3, 2])).toEqual([3, 2, 1]);
});

test("a second plan replaces the first, and neither is shared", () => {
  const plan = { sort: [{ field: "", order: "asc" as const }] };
  const first = makeCollectOnlyModule(dir, "app", "P", "C", newMergePlan().sortDesc("").build());
  const second = attachCollect(first, "P", "C", plan);
  plan.sort.pop();
  expect(second.pipelines[0]?.collects).toEqual([{ step: "C", plan: { sort: [{ field: "", order: "asc" }] } }]);
});

test("a plan for a step that no edge names, or of an unknown pipeline, is refused", () => {
  const module = makeModuleWithEdges(dir, "app", "P", [{ from: "ingress", to: "egress" }]);
  expect(() => attachCollect(module, "P", "C", PLAN)).toThrow(/^E_STEP_UNKNOWN/);
  expect(() => attachCollect(module, "Q", "egress", PLAN)).toThrow(/^E_PIPELINE_UNKNOWN/);
  expect(() => attachCollect(module, "P", "C", PLAN)).toThrow(CheckError);
});
