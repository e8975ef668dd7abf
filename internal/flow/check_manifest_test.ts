import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { sampleIr } from "../testkit/mod.ts";
import { checkManifest, mismatches } from "./check_manifest.ts";
import { inputsSchemaHash } from "./ir_digests.ts";

const EXPECTED = join(import.meta.dir, "../../testdata/examples/coldstore/expected");
const manifest = await Bun.file(join(EXPECTED, "manifest.json")).json();
const ir = await Bun.file(join(EXPECTED, "flows/coldstore.monitor.ir.json")).json();

describe("a manifest is held to flows §9", () => {
  test("the manifest of the cold store is one, and says of its IR what is so", () => {
    expect(checkManifest(manifest)).toEqual({ manifest, problems: [] });
    expect(mismatches(manifest[0], ir)).toEqual([]);
    expect(checkManifest([])).toEqual({ manifest: [], problems: [] });
  });

  test("what is no list of entries, and a name twice, are told with their places", () => {
    const messages = (value: unknown) => checkManifest(value).problems.map(({ code, message }) => `${code} ${message}`);
    expect(messages({})).toEqual(["E_MANIFEST_SCHEMA /: expected a list, found an object"]);
    expect(messages([{ ...manifest[0], name: 3, inputs_schema_hash: "md5:1" }])).toEqual([
      "E_MANIFEST_SCHEMA /0/name: expected a name of letters, digits and _ . -, found 3",
      'E_MANIFEST_SCHEMA /0/inputs_schema_hash: expected sha256: and 64 lower-case hex digits, found "md5:1"',
    ]);
    expect(messages([...manifest, ...manifest])).toEqual([
      "E_MANIFEST_SCHEMA /1/name: flow coldstore.monitor is there already, as number 0",
    ]);
  });

  test("name, policyRef, step_kinds and inputs_schema_hash must be those of the IR", () => {
    const other = sampleIr([{ id: "a" }], [], { inputs_schema: { a: { type: "int" } } });
    expect(mismatches(manifest[0], other).map(({ path, message }) => [...path, message])).toEqual([
      ["name", "name of flow coldstore.monitor is coldstore.monitor here, but sample by its IR"],
      ["policyRef", "policyRef of flow coldstore.monitor is limits here, but none by its IR"],
      [
        "step_kinds",
        "step_kinds of flow coldstore.monitor is coldstore.read, coldstore.set, dsl.emit, finish, notify.send, policy.apply, switch here, but op.x by its IR",
      ],
      ["inputs_schema_hash", expect.stringContaining("but sha256:")],
    ]);
  });

  test("the hash of no inputs is that of {}", () => {
    expect(inputsSchemaHash({})).toBe("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    expect(inputsSchemaHash(ir.inputs_schema)).toBe(manifest[0].inputs_schema_hash);
  });
});
