import { expect, test } from "bun:test";
import { join } from "node:path";
import * as plumb from "./mod.ts";

const FOLDER = join(import.meta.dir, "../../testdata/examples/hello");

test("the package compiles a flow in memory, runs a compiled one, resolves templates and evaluates policies (flows §19)", async () => {
  const text = (path: string) => Bun.file(join(FOLDER, path)).text();
  const files = await Promise.all(
    ["flows/hello.wdl", "policies/hello.pdl"].map(async (path) => ({ path, text: await text(path) })),
  );
  const { ok, files: made } = plumb.compileDsl(files, { emitIr: true });
  expect([ok, Object.keys(made)]).toEqual([
    true,
    expect.arrayContaining(["manifest.json", "flows/flows.hello.ir.json"]),
  ]);
  const policy = made["policies/hello.json"] ?? null;
  expect(plumb.evaluatePolicy(policy, { values: { temperature: 72 } }).emit).toMatchObject({ action: "COOL" });
  expect(plumb.resolveTemplate("at ${input.n}", { inputs: { n: 1 }, steps: {} })).toBe("at 1");
  await expect(plumb.runIrFlow("flows.hello", "missing.json")).rejects.toBeInstanceOf(plumb.FlowInputError);
});
