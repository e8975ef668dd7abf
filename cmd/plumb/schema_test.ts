import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runPlumb, targets, tempDir } from "../../internal/testkit/mod.ts";
import { SCHEMA_NAMES, SHORT_NAMES } from "./embedded_schemas.ts";

const FOLDER = join(import.meta.dir, "../../docs/schemas");

describe.each(targets())("$name", (target) => {
  const plumb = (...args: string[]) => runPlumb(target, args, { cwd: tempDir() });

  // The executable has copies; the source reads the files, each like the others.
  const names = target.name === "source" ? ["diag.v1", "flow_ir"] : SCHEMA_NAMES;
  test("prints the bytes of docs/schemas", () => {
    for (const name of names) {
      expect(plumb("schema", name)).toEqual({
        stdout: readFileSync(join(FOLDER, `${name}.json`), "utf8"),
        stderr: "",
        exit: 0,
      });
    }
  });

  test("names of what people write in editors may be short", () => {
    const short = target.name === "source" ? SHORT_NAMES.slice(0, 1) : SHORT_NAMES;
    expect(short.map((name) => plumb("schema", name).stdout)).toEqual(
      short.map((name) => readFileSync(join(FOLDER, `${name}.v1.json`), "utf8")),
    );
    expect(plumb("schema", "test")).toMatchObject({ stdout: "", exit: 2 });
  });

  test("lists the names without one, and corrects a wrong one", () => {
    expect(plumb("schema").stdout).toBe(
      "test.v1\ndiag.v1\nerrors.v1\nkv.metrics.v1\nkv.dump.v1\nstage.stats.v1\nrun.stats.v1\nhop.v1\nedges.v1\npipelines.v1\ngraph.v1\ngraph.batch.v1\nconcept.v1\nsync.v1\nscenario.v1\nfragment.v1\ntrace.v1\ngolden.v1\nflow_ir\nmanifest\nmocks\nmock_script\nruntime\nrep\nexecutor_check\n",
    );
    expect(plumb("schema", "tset.v1")).toMatchObject({ stdout: "", exit: 2 });
    expect(plumb("schema", "tset.v1").stderr).toContain("  help: test.v1\n");
  });
});
