import { expect, test } from "bun:test";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { oneTarget, runPlumb, tempDir } from "../../internal/testkit/mod.ts";

const COLDSTORE = resolve(import.meta.dir, "../../testdata/examples/coldstore");
const IR = "expected/flows/coldstore.monitor.ir.json";

for (const target of oneTarget()) {
  const example = () => {
    const cwd = join(tempDir(), "coldstore");
    cpSync(COLDSTORE, cwd, { recursive: true });
    const edit = (file: string, from: string, to: string) => {
      const text = readFileSync(join(cwd, file), "utf8");
      writeFileSync(join(cwd, file), text.replace(from, to));
    };
    return { cwd, edit, check: (...args: string[]) => runPlumb(target, ["check", ...args], { cwd }) };
  };

  test(`flows row 41, ${target.name}: a compiled flow, its manifest and its mocks have no findings`, () => {
    const { check } = example();
    expect(check(IR, "expected/manifest.json", "mocks.yaml", "mocks_dead_bus.yaml")).toEqual({
      stdout: "",
      stderr: "",
      exit: 0,
    });
    expect(check(".")).toEqual({ stdout: "", stderr: "", exit: 0 });
  });

  test(`findings of an IR, a manifest and mocks name their places, ${target.name}`, () => {
    const { cwd, edit, check } = example();
    edit(IR, '"to": "page"', '"to": "pgae"');
    edit("mocks.yaml", "message: probe bus busy", "mesage: probe bus busy");
    writeFileSync(join(cwd, "x.mocks.json"), '{"$draws": [1]}');
    const { stdout, exit } = check(".");
    expect([stdout.split("\n"), exit]).toEqual([
      [
        "expected/flows/coldstore.monitor.ir.json:248:15: error E_IR_DANGLING_EDGE /graph/edges/0/to: there is no node pgae (help: page)",
        "mocks.yaml:4:12: error E_MOCKS_SCHEMA /read/0/error: an error must have a message",
        "mocks.yaml:4:34: error E_MOCKS_SCHEMA /read/0/error/mesage: an error has code, message, retriable, details only (help: message)",
        "x.mocks.json:1:13: error E_MOCKS_SCHEMA /$draws/0: expected a number from 0 to below 1, found 1",
        "",
      ],
      1,
    ]);
  });

  test(`a manifest that says something else than its IR, or leads nowhere, ${target.name}`, () => {
    const { edit, check } = example();
    edit(IR, '"type": "string?"', '"type": "string"');
    expect(check("expected/manifest.json").stdout).toMatch(
      /^expected\/manifest\.json:15:27: error E_MANIFEST_MISMATCH inputs_schema_hash of flow coldstore\.monitor is sha256:.*\n$/,
    );
    edit("expected/manifest.json", "coldstore.monitor.ir.json", "gone.ir.json");
    expect(check("expected/manifest.json")).toMatchObject({
      stdout:
        "expected/flows/gone.ir.json:1:1: error E_IR_READ expected/flows/gone.ir.json cannot be read: it does not exist\n",
      exit: 1,
    });
    edit(IR, '"version": "1.0.0"', '"version": "2.0.0"');
    expect(check(IR).stdout).toStartWith(`${IR}:2:14: error E_IR_VERSION the flow is of IR version 2.0.0`);
  });
}
