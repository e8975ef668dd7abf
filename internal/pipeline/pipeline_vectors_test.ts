import { describe, expect, test } from "bun:test";
import { loadPackage, memoryFiles, type PipelineGraph } from "../ami/mod.ts";
import { expectRow, runRow, type VectorRow, vectorRows } from "./vector_row.ts";

const PATH = "/rows/row.ami";

/** No row binds a module. */
const modules = {
  exports: (path: string) => ({ code: "E_WORKER_IO", message: `${path} is no part of a vector` }),
  worker: (): never => expect.unreachable(),
};

function graphOf({ source, pipeline }: VectorRow): PipelineGraph {
  const files = memoryFiles({ [PATH]: source });
  const { pipelines, broken } = loadPackage(PATH, { nameOf: () => "row.ami", modules, files });
  const graph = pipelines.get(pipeline);
  if (graph === undefined) throw new Error(`${pipeline} cannot run: ${broken.get(pipeline)?.message}`);
  return graph;
}

const ROWS = vectorRows();

describe("the rows of vectors/pipelines.jsonl that run", () => {
  test.each(ROWS.map((row) => [`${row.id}: ${row.note}`, row] as const))("%s", (_, row) => {
    const graph = graphOf(row);
    const whole = runRow(row, graph, Number.MAX_SAFE_INTEGER);
    expectRow(row, whole);
    // Acceptance 3 and 33: again, with a budget of one turn a step.
    expect(JSON.stringify(runRow(row, graph, 1))).toBe(JSON.stringify(whole));
  });

  test("are all there", () => {
    expect(ROWS.length).toBe(64);
  });
});
