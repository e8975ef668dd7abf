import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { importProblems, importsOf, type Source } from "./import_rules.ts";

const PROJECT = join(import.meta.dir, "..");

const SOURCES: readonly Source[] = [...new Bun.Glob("{cmd,internal}/**/*.ts").scanSync(PROJECT)]
  .sort()
  .map((path) => ({ path, text: readFileSync(join(PROJECT, path), "utf8") }));

const CODE = SOURCES.filter(({ path }) => !path.startsWith("internal/import"));

describe("the project", () => {
  test("imports one way, by mod.ts, without a circle", () => {
    expect(CODE.length).toBeGreaterThan(100);
    expect(importProblems(CODE)).toEqual([]);
  });

  test("has no import that the walk overlooks", () => {
    const transpiler = new Bun.Transpiler({ loader: "ts" });
    for (const { path, text } of CODE) {
      const seen = new Set(importsOf(path, text));
      const bun = transpiler.scanImports(text).filter((found) => found.path.startsWith("."));
      for (const { path: specifier } of bun) expect(seen).toContain(join(path, "..", specifier));
    }
  });
});

test("yaml and consola are loaded only when they are needed: they cost 10 to 20 ms (BUN.md)", () => {
  const eager = /^import\s+(?!type\b)[^;]*?["'](?:yaml|consola)["']/m;
  expect('import { parse } from "yaml";').toMatch(eager);
  expect('import type { Node } from "yaml";').not.toMatch(eager);
  for (const { path, text } of CODE.filter(({ path }) => !path.endsWith("_test.ts"))) {
    expect([path, eager.test(text)]).toEqual([path, false]);
  }
});

describe("the walk complains of", () => {
  const mod = (room: string, text = ""): Source => ({ path: `internal/${room}/mod.ts`, text });
  const problems = (...sources: Source[]): readonly string[] => importProblems(sources);

  test("a room that imports one above it", () => {
    expect(problems(mod("diag", 'import { x } from "../harness/mod.ts";'), mod("harness"))).toEqual([
      "internal/diag/mod.ts imports internal/harness/mod.ts: harness stands above diag",
    ]);
  });

  test("neighbours of the lowest layer, diag apart", () => {
    expect(problems(mod("value", 'export * from "../world/mod.ts";'), mod("world"))).toEqual([
      "internal/value/mod.ts imports internal/world/mod.ts: value and world stand side by side",
    ]);
    expect(problems(mod("value", 'import "../diag/mod.ts";'), mod("diag"))).toEqual([]);
  });

  test("a folder with a mod.ts of its own that the rest of its room enters by a side door", () => {
    const folder = [mod("harness/pragma"), { path: "internal/harness/pragma/cases.ts", text: "" }];
    const from = (path: string) => ({ path, text: 'import type { C } from "./pragma/cases.ts";' });
    expect(problems(from("internal/harness/run.ts"), ...folder)).toEqual([
      "internal/harness/run.ts imports internal/harness/pragma/cases.ts: internal/harness/pragma is entered by its mod.ts",
    ]);
    expect(problems({ path: "internal/harness/run.ts", text: 'import "./pragma/mod.ts";' }, ...folder)).toEqual([]);
  });

  test("another room that is entered by a side door, also for a type and by a test", () => {
    const inside = { path: "internal/diag/position.ts", text: "" };
    const line = 'import type { Position } from "../diag/position.ts";';
    for (const path of ["internal/value/a.ts", "internal/value/a_test.ts"]) {
      expect(problems({ path, text: line }, inside)).toEqual([
        `${path} imports internal/diag/position.ts: another room is entered by its mod.ts`,
      ]);
    }
  });

  test("anything but cmd that uses the command line", () => {
    expect(problems(mod("harness", 'import { Output } from "../cli/mod.ts";'), mod("cli"))).toHaveLength(1);
    expect(problems({ path: "cmd/plumb/a.ts", text: 'import "../../internal/cli/mod.ts";' }, mod("cli"))).toEqual([]);
  });

  test("code that uses testutil, which is for tests", () => {
    const [problem] = problems(mod("harness", 'import "../testutil/mod.ts";'), mod("testutil"));
    expect(problem).toEndWith("testutil stands above harness");
    const byTest = { path: "internal/harness/a_test.ts", text: 'import "../testutil/mod.ts";' };
    expect(problems(byTest, mod("testutil"))).toEqual([]);
  });

  test("a circle of files, also by way of a lazy import", () => {
    const a = { path: "internal/ami/a.ts", text: 'import { b } from "./b.ts";' };
    const b = { path: "internal/ami/b.ts", text: 'export const b = () => import("./a.ts");' };
    expect(problems(a, b)).toEqual([
      "import circle of files: internal/ami/a.ts -> internal/ami/b.ts -> internal/ami/a.ts",
    ]);
  });

  test("a circle of rooms of one layer, where no file is in a circle", () => {
    const report = { path: "internal/report/a.ts", text: 'import "../harness/mod.ts";' };
    const harness = { path: "internal/harness/b.ts", text: 'import "../report/mod.ts";' };
    expect(problems(report, mod("report"), harness, mod("harness"))).toEqual([
      "import circle of rooms: report -> harness -> report",
    ]);
  });

  test("a file that is not there, a room that nobody placed", () => {
    expect(problems(mod("ami", 'import "./gone.ts";'))).toEqual([
      "internal/ami/mod.ts imports internal/ami/gone.ts: there is no such file",
    ]);
    expect(problems(mod("shed", 'import "../diag/mod.ts";'), mod("diag"))[0]).toEndWith("add it to LAYERS");
  });
});

test("imports are found in every form, and not in comments or strings", () => {
  const text = [
    'import "./a.ts";',
    'import type { B } from "./b.ts";',
    'import {\n  c,\n} from "../x/c.ts";',
    'export * from "./d.ts";',
    'const e = await import("./e.ts");',
    'const f = new Worker(new URL("./f.ts", import.meta.url));',
    '// import "./g.ts";',
    "const h = 'import \"./h.ts\"';",
    'import fs from "node:fs";',
  ].join("\n");
  expect(importsOf("internal/y/z.ts", text).toSorted()).toEqual([
    "internal/x/c.ts",
    "internal/y/a.ts",
    "internal/y/b.ts",
    "internal/y/d.ts",
    "internal/y/e.ts",
    "internal/y/f.ts",
  ]);
});
