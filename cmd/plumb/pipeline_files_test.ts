import { describe, expect, test } from "bun:test";
import { closeSync, existsSync, openSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { WorkerFault } from "../../internal/ami/mod.ts";
import { tempFiles } from "../../internal/testkit/mod.ts";
import { FolderFiles } from "./pipeline_files.ts";

const code = (result: unknown) => (result instanceof WorkerFault ? result.code : result);

/** A folder beside what it must not reach. */
function folder(): string {
  const root = tempFiles({ "secret.txt": "secret", "p/in.jsonl": "1\n", "p/sub/x.jsonl": "2\n" });
  symlinkSync(join(root, "secret.txt"), join(root, "p/link"));
  symlinkSync(root, join(root, "p/up"));
  symlinkSync(join(root, "made.txt"), join(root, "p/dangling"));
  symlinkSync(join(root, "p/in.jsonl"), join(root, "p/inner"));
  return root;
}

describe("io steps outside of tests", () => {
  test("read files inside the folder, also by a link that stays there", () => {
    const files = new FolderFiles(join(folder(), "p"));
    expect([files.read("in.jsonl"), files.read("./sub/x.jsonl"), files.read("inner")]).toEqual(["1\n", "2\n", "1\n"]);
  });

  test.each(["../secret.txt", "link", "up/secret.txt", "/etc/hostname", ".", "sub/../.."])("are denied %s", (path) => {
    const files = new FolderFiles(join(folder(), "p"));
    expect([code(files.read(path)), code(files.prepare(path))]).toEqual(["E_SANDBOX_DENIED", "E_SANDBOX_DENIED"]);
  });

  test("make no file outside by way of a link that leads nowhere yet", () => {
    const root = folder();
    expect(code(new FolderFiles(join(root, "p")).prepare("dangling"))).toBe("E_IO_WRITE");
    expect(existsSync(join(root, "made.txt"))).toBe(false);
  });

  test("append lines, in order also where two steps name one file differently", () => {
    const root = folder();
    const files = new FolderFiles(join(root, "p"));
    expect([files.prepare("in.jsonl"), files.prepare("./sub/../in.jsonl"), files.prepare("new.jsonl")]).toEqual(
      Array(3).fill(undefined),
    );
    files.append("in.jsonl", "2");
    files.append("./sub/../in.jsonl", "3");
    files.append("new.jsonl", "4");
    files.flush();
    expect(readFileSync(join(root, "p/in.jsonl"), "utf8")).toBe("1\n2\n3\n");
    expect(readFileSync(join(root, "p/new.jsonl"), "utf8")).toBe("4\n");
  });

  test("refuse to append to what is no regular file, and wait for nobody", () => {
    const root = folder();
    Bun.spawnSync(["mkfifo", join(root, "p/pipe"), join(root, "p/heard")]);
    // Open for both, so that the pipe has a reader and opening it would succeed.
    const reader = openSync(join(root, "p/heard"), "r+");
    const files = new FolderFiles(join(root, "p"));
    const results = ["pipe", "heard"].map((path) => files.prepare(path));
    closeSync(reader);
    expect(results).toMatchObject([
      { code: "E_IO_WRITE", message: "pipe: it is not a regular file" },
      { code: "E_IO_WRITE", message: "heard: it is not a regular file" },
    ]);
    expect(code(files.append("heard", "1"))).toBe("E_SANDBOX_DENIED");
    expect(code(files.prepare("sub"))).toBe("E_IO_WRITE");
  });

  test("read nothing but regular files in UTF-8", () => {
    const root = folder();
    Bun.spawnSync(["mkfifo", join(root, "p/pipe")]);
    writeFileSync(join(root, "p/latin1.jsonl"), Uint8Array.of(0x22, 0xe9, 0x22, 0x0a));
    const files = new FolderFiles(join(root, "p"));
    expect(["pipe", "sub", "latin1.jsonl"].map((path) => files.read(path))).toMatchObject([
      { code: "E_IO_READ", message: "pipe: it is not a regular file" },
      { code: "E_IO_READ", message: "sub: it is not a regular file" },
      { code: "E_IO_READ", message: "latin1.jsonl: it is not UTF-8 text" },
    ]);
  });

  test("begin a line of their own behind one that was left open", () => {
    const root = folder();
    writeFileSync(join(root, "p/open.jsonl"), "8");
    const files = new FolderFiles(join(root, "p"));
    expect(files.prepare("open.jsonl")).toBeUndefined();
    files.append("open.jsonl", "7");
    files.flush();
    expect(readFileSync(join(root, "p/open.jsonl"), "utf8")).toBe("8\n7\n");
  });

  test("say what is wrong with a file that cannot be read", () => {
    const files = new FolderFiles(join(folder(), "p"));
    expect(files.read("nope.jsonl")).toMatchObject({
      code: "E_IO_READ",
      message: expect.stringContaining("it does not exist"),
    });
    expect(files.read("no/such/folder")).toMatchObject({ code: "E_IO_READ" });
    expect(code(files.append("in.jsonl", "1"))).toBe("E_SANDBOX_DENIED");
  });
});
