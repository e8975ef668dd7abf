import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskFiles } from "./disk_files.ts";
import { loadPackage, PackageLoader } from "./package_loader.ts";
import { sampleModules, shortFindings } from "./sample_package.ts";

const root = mkdtempSync(join(tmpdir(), "plumb-ami-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): string {
  const full = join(root, path);
  mkdirSync(join(full, ".."), { recursive: true });
  writeFileSync(full, content);
  return full;
}

const loader = () => new PackageLoader({ nameOf: (path) => path.slice(root.length + 1), modules: sampleModules() });

describe("diskFiles", () => {
  test("knows files, folders, neither and nothing, through links too", () => {
    write("kinds/a.ami", "package a");
    symlinkSync("a.ami", join(root, "kinds/link.ami"));
    symlinkSync("gone.ami", join(root, "kinds/dangling.ami"));
    const kind = (path: string) => diskFiles.kind(join(root, "kinds", path));
    expect(["a.ami", ".", "link.ami", "dangling.ami", "gone"].map(kind)).toEqual([
      "file",
      "folder",
      "file",
      undefined,
      undefined,
    ]);
    expect(diskFiles.kind("/dev/null")).toBe("other");
    expect([...diskFiles.list(join(root, "kinds"))].sort()).toEqual(["a.ami", "dangling.ami", "link.ami"]);
    expect(diskFiles.list(join(root, "nothing"))).toEqual([]);
  });

  test("reads a text with its byte-order mark, which offsets count", () => {
    expect(diskFiles.read(write("bom.ami", "\ufeffpackage a"))).toBe("\ufeffpackage a");
  });

  test("refuses what is not regular, not UTF-8, too long or not there", () => {
    const code = (path: string) => {
      const text = diskFiles.read(path);
      return typeof text === "string" ? text : text.code;
    };
    expect(code("/dev/zero")).toBe("E_FILE_READ");
    expect(code(root)).toBe("E_FILE_READ");
    expect(code(join(root, "gone.ami"))).toBe("E_FILE_READ");
    expect(code(write("latin.ami", new Uint8Array([0x70, 0xe9])))).toBe("E_FILE_UTF8");
    const long = write("long.ami", "");
    truncateSync(long, 64 * 1024 * 1024 + 1);
    expect(code(long)).toBe("E_FILE_SIZE");
  });
});

describe("packages on disk", () => {
  test("a neighbour that cannot be read is a finding: what it declares is unknown", () => {
    const path = write("near/t.ami", "package app\npipeline P { ingress.f.egress }");
    write("near/u.ami", new Uint8Array([0xff]));
    mkdirSync(join(root, "near/folder.ami"));
    const { findings, broken } = loader().load(path);
    expect(findings.map(({ code, message, file }) => [code, message, file])).toEqual([
      ["E_FILE_UTF8", "near/u.ami cannot be read: it is not UTF-8 text", "near/u.ami"],
    ]);
    expect(broken.get("P")?.code).toBe("E_FILE_UTF8");
  });

  test("the files of this machine are what packages are read from, if nothing else is said", () => {
    const path = write("one/t.ami", "package app\npipeline P { ingress; egress }");
    const { pipelines } = loadPackage(path, { nameOf: (found) => found, modules: sampleModules() });
    expect(pipelines.get("P")?.folder).toBe(join(root, "one"));
  });

  test("two names of one file are one file", () => {
    const path = write("links/t.ami", "package app\nfunc f(e) any { return e }");
    symlinkSync("t.ami", join(root, "links/a.ami"));
    expect(loader().load(path).findings).toEqual([]);
    expect(loader().load(join(root, "links/a.ami")).findings).toEqual([]);
  });

  test("a file that imports itself through a link to its own folder is a circle", () => {
    const path = write("loop/t.ami", 'package app\nimport "./self/t.ami"');
    symlinkSync(".", join(root, "loop/self"));
    expect(shortFindings(loader().load(path))).toEqual(["E_IMPORT_CYCLE loop/t.ami:2:8"]);
  });
});
