import { describe, expect, test } from "bun:test";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { SAMPLES } from "./sample_kind.ts";
import { scanModule } from "./scan_module.ts";

/** What the scan says of `w.ts`. */
function scan(files: Readonly<Record<string, string>> | string, open = false): unknown {
  const folder = tempFiles(typeof files === "string" ? { "w.ts": files } : files);
  return scanModule(join(folder, "w.ts"), open, SAMPLES);
}

const RULE = 'a sample module may import relative files and "plumb" only without leave';
const io = (message: string) => ({ code: "E_IO", message: `${message}` });
const unusable = (message: string) => ({ code: "E_UNUSABLE", message });

describe("the names that a module exports are found", () => {
  test("for every form of export that is there at run time", () => {
    const text = `
      export function f() {}  export async function g() {}  export const a = 1, { b, c: [d] } = {} as any;
      export class K {}  export enum E { A }  function hidden() {}  const late = 1; export { late as renamed };
      export type T = 1; export interface I {}  export declare function declared(): void;
      export default function () {}`;
    expect(scan(text)).toEqual(["E", "K", "a", "b", "d", "default", "f", "g", "renamed"]);
  });

  test("through export * of relative files, also where they import each other; their defaults are not taken", () => {
    const files = {
      "w.ts": 'export * from "./a"; export * as all from "./deep/b.js"; export { x as y } from "./deep/b.js";',
      "a.ts": 'export * from "./deep/b.js"; export const a = 1; export default 1;',
      "deep/b.js": 'export * from "../a.ts"; export const x = 1;',
    };
    expect(scan(files)).toEqual(["a", "all", "x", "y"]);
  });

  test("without running anything", () => {
    const mark = join(tempFiles({}), "ran");
    const files = {
      "w.ts": `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(mark)}, ""); export const f = 1;`,
    };
    expect(scan(files, true)).toEqual(["f"]);
    expect(existsSync(mark)).toBe(false);
  });

  test("a macro, which would run while it is read, is refused", () => {
    const mark = join(tempFiles({}), "ran");
    const files = {
      "w.ts": 'import { m } from "./m.ts" with { type: "macro" };\nexport const f = m();',
      "m.ts": `import { writeFileSync } from "node:fs"; export const m = () => writeFileSync(${JSON.stringify(mark)}, "");`,
    };
    expect(scan(files, true)).toEqual(unusable("w.ts:2:18: macros are disabled"));
    expect(existsSync(mark)).toBe(false);
  });
});

describe("a closed module imports relative files and plumb only", () => {
  test.each([
    ['import "node:fs";', '"node:fs"', "1:8"],
    ['\n  import { readFileSync } from "node:fs";\nexport const f = readFileSync;', '"node:fs"', "2:32"],
    ['import unused from "node:fs";', '"node:fs"', "1:20"],
    ["import { serve } from 'bun';", '"bun"', "1:23"],
    ['import { Database } from "bun:sqlite"; new Database();', '"bun:sqlite"', "1:26"],
    ['export * from "valibot";', '"valibot"', "1:15"],
    ['export const f = () => import("node:fs");', '"node:fs"', "1:31"],
    ['export { default as f } from "/etc/x.ts";', '"/etc/x.ts"', "1:30"],
    ['import "plumb/testutil";', '"plumb/testutil"', "1:8"],
    ['export const f = (n: string) => import("./" + n);', "a computed import()", "1:33"],
    ["export const f = (n: string) => import(/* where */ n);", "a computed import()", "1:33"],
    [`export const f = (n: string) => import(\`./\${n}\`);`, "a computed import()", "1:33"],
    ['export const é = "😀", f = (n) => import (n);', "a computed import()", "1:34"],
    ['const fs = require("fs");', "require", "1:12"],
    ["export const f = (n) => require(n);", "require", "1:25"],
    ['import fs = require("fs"); export const f = fs;', "require", "1:13"],
    ['export const f = () => import.meta.require("fs");', "require", "1:36"],
    ['export const f = () => (import.meta as any).require("fs");', "require", "1:45"],
    ['"require"; export const f = () => (<any>import.meta)?.require("fs");', "require", "1:55"],
    ['export const f = () => (import.meta as { require: (name: string) => any }).require("fs");', "require", "1:42"],
    ['export const f = () => require.resolve("./w.ts");', "require", "1:24"],
  ])("%j", (text, found, at) => {
    expect(scan(text)).toEqual(io(`w.ts:${at}: ${RULE}, found ${found}`));
  });

  test("and so do the files that it imports, wherever they lie", () => {
    const files = {
      "w.ts": 'export { f } from "./lib/a.ts";',
      "lib/a.ts": 'import "../b.ts";\nexport const f = 1;',
      "b.ts": 'import "os";',
    };
    expect(scan(files)).toEqual(io(`b.ts:1:8: ${RULE}, found "os"`));
  });

  test.each([
    ['import * as plumb from "plumb"; export const f = () => plumb;'],
    ['import type { Stats } from "node:fs"; export const f = (s: Stats): import("node:os").CpuInfo => s;'],
    ['// import("x" + 1), require("fs")\nexport const f = () => ["import(x)", `require(x)`, /import(x)/];'],
    ['export const f = (x) => x.require("a") + x.import(1) + x["require"]("b");'],
    [
      "export const requirement = (x) => required(x); const required = (x) => x; export const f = importer; function importer() {}",
    ],
    ["export const f = () => import.meta.url;"],
  ])("it may hold %j", (text) => {
    expect(scan(text)).toContain("f");
  });

  test("an open one imports what it likes", () => {
    const text = `import fs from "node:fs"; const a = require("os"); export const f = (n) => [fs, a, import(n)];`;
    expect(scan(text)).toMatchObject({ code: "E_IO" });
    expect(scan(text, true)).toEqual(["f"]);
  });
});

describe("a module that cannot be used says why", () => {
  test.each<[string, Record<string, string>, string]>([
    ["it is missing", {}, "w.ts: the file does not exist"],
    ["it cannot be read as code", { "w.ts": 'export const é = "😀" +;' }, "w.ts:1:23: unexpected ;"],
    ["it ends too early", { "w.ts": "\nexport function f( {" }, "w.ts:2:21: expected identifier but found end of file"],
    ["it imports what is missing", { "w.ts": '\nimport "./nope";' }, 'w.ts:2:8: "./nope" is not found'],
    ["it imports what cannot be read", { "w.ts": 'import "./a/b";', "a/b.ts": "let = ;" }, "a/b.ts:1:7: unexpected ;"],
    ["it is a folder", { "w.ts/x.ts": "" }, "w.ts: the file cannot be read: it is not a regular file"],
  ])("because %s", (_, files, message) => {
    expect(scan(files)).toEqual(unusable(message));
  });

  test.each(["p.ts", "p.cjs", "p.json"])("because it imports a link to the pipe %s", (name) => {
    const folder = tempFiles({ "w.ts": `import "./link-${name}";` });
    Bun.spawnSync(["mkfifo", join(folder, name)]);
    symlinkSync(name, join(folder, `link-${name}`));
    const found = unusable(`${name}: the file cannot be read: it is not a regular file`);
    expect([false, true].map((open) => scanModule(join(folder, "w.ts"), open, SAMPLES))).toEqual([found, found]);
  });

  test("because it is a pipe", () => {
    const path = join(tempFiles({}), "w.ts");
    Bun.spawnSync(["mkfifo", path]);
    expect(scanModule(path, false, SAMPLES)).toEqual(
      unusable("w.ts: the file cannot be read: it is not a regular file"),
    );
  });

  test("because it is not UTF-8 text", () => {
    const folder = tempFiles({ "w.ts": 'import "./b.ts";' });
    writeFileSync(join(folder, "b.ts"), Buffer.from('\n"\xff"', "latin1"));
    expect(scanModule(join(folder, "w.ts"), false, SAMPLES)).toEqual(
      unusable("b.ts:2:2: the file cannot be read: it is not UTF-8 text"),
    );
  });

  test("because it is no code at all", () => {
    const path = join(tempFiles({ "w.json": "{}" }), "w.json");
    expect(scanModule(path, false, SAMPLES)).toEqual(unusable("w.json: a TypeScript or JavaScript file is expected"));
  });

  test("because it has several flaws, of which the first is told", () => {
    expect(scan("export const = ;\nexport const = 3;\n")).toMatchObject({
      code: "E_UNUSABLE",
      message: expect.stringMatching(/^w\.ts:1:14: /),
    });
  });

  test("because it is more files than anybody would write", () => {
    const files = Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`f${n}.ts`, `import "./f${n + 1}.ts";`]));
    expect(scan({ ...files, "w.ts": 'import "./f0.ts";', "f1001.ts": "" })).toMatchObject({
      code: "E_UNUSABLE",
    });
  });
});

test("data and types beside a module are no code", () => {
  const files = {
    "w.ts": 'import { T } from "./types"; import data from "./d.json"; export const f = (x: T) => data;',
    "types.d.ts": "export type T = 1;",
    "d.json": "{}",
  };
  expect(scan(files)).toEqual(["f"]);
});

test("a byte-order mark counts no column", () => {
  expect(scan('\uFEFFimport "os";')).toEqual(io(`w.ts:1:8: ${RULE}, found "os"`));
});
