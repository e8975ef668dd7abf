import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../internal/cli/mod.ts";
import { tempDir } from "../../internal/testkit/mod.ts";
import { makeArtifactFolder } from "./artifact_folder.ts";

const NONE = { verbose: false, kvMetrics: false, kvDump: false, kvEvents: false };

describe("the folder of the artifacts", () => {
  test("is made where a flag asks for artifacts, and only there", () => {
    const dir = join(tempDir(), "build/test");
    makeArtifactFolder({ ...NONE, kvEvents: true, dir }, "build/test");
    expect(existsSync(dir)).toBe(false);
    makeArtifactFolder({ ...NONE, kvDump: true, dir }, "build/test");
    expect(existsSync(join(dir, "kv"))).toBe(true);
  });

  test.each([
    ["verbose", "--verbose"],
    ["kvMetrics", "--kv-metrics"],
    ["kvDump", "--kv-dump"],
  ] as const)("that cannot be made is told with the flag that wants it: %s", (option, flag) => {
    const folder = tempDir();
    writeFileSync(join(folder, "build"), "");
    const make = () => makeArtifactFolder({ ...NONE, [option]: true, dir: join(folder, "build/test") }, "build/test");
    expect(make).toThrow(UsageError);
    expect(make).toThrow(new RegExp(`^${flag} cannot write below --artifacts build/test: .*ENOTDIR`));
  });

  test("may not hide behind a file where its KV files go", () => {
    const dir = join(tempDir(), "art");
    mkdirSync(dir);
    writeFileSync(join(dir, "kv"), "");
    expect(() => makeArtifactFolder({ ...NONE, kvMetrics: true, dir }, "art")).toThrow("--artifacts art: ");
  });
});
