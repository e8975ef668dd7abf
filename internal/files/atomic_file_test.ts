import { describe, expect, test } from "bun:test";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { tempDir } from "../testkit/mod.ts";
import { AtomicFile, writeAtomically } from "./atomic_file.ts";

describe("a file that is written atomically", () => {
  test("appears when it is whole, with the folders above it", () => {
    const folder = tempDir();
    const path = join(folder, "a/b/c.txt");
    const file = new AtomicFile(path);
    file.write("one\n".repeat(50_000));
    expect(readdirSync(join(folder, "a/b")).map((name) => name.endsWith(".tmp"))).toEqual([true]);
    file.close();
    expect(readFileSync(path, "utf8")).toBe("one\n".repeat(50_000));
    expect(readdirSync(join(folder, "a/b"))).toEqual(["c.txt"]);
  });

  test("leaves what was there if it is thrown away", () => {
    const path = join(tempDir(), "f");
    writeFileSync(path, "old");
    const file = new AtomicFile(path);
    file.write("new");
    file.discard();
    expect(readFileSync(path, "utf8")).toBe("old");
  });

  test("leaves nothing if it cannot get its name", () => {
    const folder = tempDir();
    const file = new AtomicFile(join(folder, "f"));
    mkdirSync(join(folder, "f"));
    expect(() => file.close()).toThrow();
    file.discard();
    expect(readdirSync(folder)).toEqual(["f"]);
  });

  test("keeps the mode of the file that was there", () => {
    const path = join(tempDir(), "f");
    writeFileSync(path, "old");
    chmodSync(path, 0o640);
    writeAtomically(path, "new");
    expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual(["new", 0o640]);
  });

  test("follows a link, also a dangling one", () => {
    const folder = tempDir();
    mkdirSync(join(folder, "real"));
    symlinkSync(join(folder, "real/f"), join(folder, "link"));
    writeAtomically(join(folder, "link"), "one");
    writeAtomically(join(folder, "link"), "two");
    expect(readFileSync(join(folder, "real/f"), "utf8")).toBe("two");
    expect(lstatSync(join(folder, "link")).isSymbolicLink()).toBe(true);
  });

  test("writes into a pipe that somebody reads, and leaves it a pipe", async () => {
    const pipe = join(tempDir(), "pipe");
    Bun.spawnSync(["mkfifo", pipe]);
    const reader = Bun.spawn(["cat", pipe], { stdout: "pipe" });
    writeAtomically(pipe, "text\n");
    expect(await new Response(reader.stdout).text()).toBe("text\n");
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  test("writes into a pipe that has no name but a number", () => {
    const folder = tempDir();
    const write = `import { writeAtomically } from ${JSON.stringify(join(import.meta.dir, "mod.ts"))};
      writeAtomically("/dev/stdout", "text\\n");`;
    const { stdout } = Bun.spawnSync(["sh", "-c", '"$@" | cat', "sh", process.execPath, "-e", write], { cwd: folder });
    expect([stdout.toString(), readdirSync(folder)]).toEqual(["text\n", []]);
  });

  test("says why it cannot be written, and leaves nothing", () => {
    const folder = tempDir();
    writeFileSync(join(folder, "f"), "");
    expect(() => writeAtomically(join(folder, "f/g"), "x")).toThrow();
    expect(readdirSync(folder)).toEqual(["f"]);
  });
});
