import { expect, test } from "bun:test";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { tempFiles } from "../../internal/testkit/mod.ts";

/** What `filesToCheck` makes of PATHs for a user who may not look into the folder `shut`. */
function found(...paths: string[]) {
  const cwd = tempFiles({ "a.ami": "", "shut/b.ami": "", "z/c.ami": "" });
  chmodSync(cwd, 0o755);
  chmodSync(join(cwd, "shut"), 0o000);
  const script = `
    import { filesToCheck } from ${JSON.stringify(join(import.meta.dir, "check_files.ts"))};
    if (process.getuid() === 0) process.seteuid(65534); // the superuser may look into everything
    let said;
    try {
      const { files, findings } = filesToCheck(${JSON.stringify(paths)}, ${JSON.stringify(cwd)});
      said = [...files.map(({ file }) => file), ...findings.map(({ code, file, message }) => [code, file, message].join(" "))];
    } catch (error) {
      said = [error.code, error.message];
    }
    require("node:fs").writeSync(1, JSON.stringify(said));`;
  const { stdout, stderr } = Bun.spawnSync([process.execPath, "-e", script], { cwd: import.meta.dir });
  chmodSync(join(cwd, "shut"), 0o755);
  expect(stderr.toString()).toBe("");
  return JSON.parse(stdout.toString());
}

test("a folder that may not be looked into is a finding beside the files that were found", () => {
  expect(found(".")).toEqual([
    "a.ami",
    "z/c.ami",
    expect.stringMatching(/^E_FILE_READ shut folder shut cannot be read: EACCES/),
  ]);
});

test("one that was given by name is a usage error, wherever it stands among the paths", () => {
  const refused = ["E_USAGE_ARGUMENT", expect.stringMatching(/^shut cannot be read: EACCES/)];
  expect(found("shut")).toEqual(refused);
  expect(found("a.ami", "shut", ".")).toEqual(refused);
});
