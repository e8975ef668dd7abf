import { describe, expect, test } from "bun:test";
import type { WorkerModules } from "../functions/mod.ts";
import { sampleLoader, sampleModules, shortFindings } from "./sample_package.ts";

const F = "func f(e) any { return e }";

/** Loads `/p/NAME`. */
function load(texts: Readonly<Record<string, string>>, name = "t.ami", modules = sampleModules()) {
  const absolute = Object.fromEntries(Object.entries(texts).map(([path, text]) => [`/p/${path}`, text]));
  return sampleLoader(absolute, modules).load(`/p/${name}`);
}

/** The names of the pipelines that run. */
function running(texts: Readonly<Record<string, string>>, name?: string): string {
  const { pipelines, findings } = load(texts, name);
  const errors = findings.filter(({ level }) => level === "error");
  return errors.length === 0 ? [...pipelines.keys()].join(" ") : JSON.stringify(errors);
}

describe("packages", () => {
  test("files of one folder with one package name see each other's functions, pipelines and enums", () => {
    const texts = {
      "t.ami": "package app\npipeline P { ingress.f.egress }",
      "b.ami": `package app\nenum E { A }\n${F}\npipeline Q { ingress; egress }`,
      "c.ami": "package app\nfunc g(e) any { return [E.A, f(e)] }\npipeline R { ingress.g.egress }",
    };
    expect(running(texts)).toBe("Q R P");
    expect(load(texts).units.map(({ name, pipelines }) => [name, ...pipelines])).toEqual([
      ["b", "Q"],
      ["c", "R"],
      ["t", "P"],
    ]);
  });

  test("a file's own enum goes before one of the same name elsewhere", () => {
    const texts = {
      "a.ami": "package app\nenum E { A }",
      "t.ami": "package app\nenum E { B }\nfunc f(e) any { return E.B }\npipeline P { ingress.f.egress }",
    };
    expect(running(texts)).toBe("P");
  });

  test("files of another package, in another folder, and test files are not seen", () => {
    const texts = {
      "t.ami": "package app\npipeline P { ingress.f.egress }",
      "b.ami": `package other\n${F}`,
      "sub/c.ami": `package app\n${F}`,
      "d_test.ami": `package app\n${F}`,
      "e.txt": `package app\n${F}`,
    };
    expect(shortFindings(load(texts))).toEqual(["E_UNKNOWN_NODE 2:22"]);
  });

  test("what is declared twice is reported at the later one, by path and place", () => {
    const texts = {
      "t.ami": `package app\n${F}\n${F}\npipeline P { ingress; egress }`,
      "u.ami": `package app\n  ${F}\npipeline P { ingress; egress }\npipeline P { ingress; egress }`,
    };
    expect(shortFindings(load(texts))).toEqual([
      "E_DUP_FUNC 3:1",
      "E_DUP_FUNC u.ami:2:3",
      "E_DUP_PIPELINE u.ami:3:1",
      "E_DUP_PIPELINE u.ami:4:1",
    ]);
  });

  test("findings of all files are sorted by file, then place", () => {
    const texts = {
      "t.ami": "package app\npipeline P { b; a }",
      "a.ami": "package app\npipeline Q { }\n#pragma nope",
    };
    expect(shortFindings(load(texts))).toEqual([
      "W_PIPELINE_EMPTY a.ami:2:1",
      "E_PRAGMA_UNKNOWN a.ami:3:9",
      "E_UNKNOWN_NODE 2:14",
      "E_UNKNOWN_NODE 2:17",
    ]);
  });

  test("of a package with an error outside of pipelines none runs, else those without errors do", () => {
    const texts = { "t.ami": "package app\npipeline P { nope }\npipeline Q { ingress; egress }" };
    expect([...load(texts).pipelines.keys()]).toEqual(["Q"]);
    expect([...load(texts).broken].map(([name, { code }]) => `${name} ${code}`)).toEqual(["P E_UNKNOWN_NODE"]);
    const worse = load({ ...texts, "u.ami": "package app\nfunc h(e) any { return x }" });
    expect(worse.pipelines.size).toBe(0);
    expect([...worse.broken].map(([name, { code }]) => `${name} ${code}`)).toEqual([
      "P E_UNKNOWN_NODE",
      "Q E_NAME_UNDEFINED",
    ]);
  });

  test("where a declaration could not be read, names that are missing are not reported", () => {
    const texts = {
      "t.ami":
        "package app\npipeline P { ingress.f.Transform(f).Transform(filter(f(ev))).egress }\nfunc g(e) any { return f(e) }",
      "u.ami": "package app\nfunc f(e) any { return }}\n",
    };
    const { findings, broken } = load(texts);
    expect(findings.map(({ code, file }) => `${code} ${file}`)).toEqual(["E_PARSE u.ami"]);
    expect(broken.get("P")?.code).toBe("E_PARSE");
  });

  test("a misplaced test pragma is a warning, in a test file it is none", () => {
    const text = "package app\n#pragma test:case a";
    expect(shortFindings(load({ "t.ami": text }))).toEqual(["W_PRAGMA_MISPLACED 2:9"]);
    expect(shortFindings(load({ "t_test.ami": text }, "t_test.ami"))).toEqual([]);
  });

  test("loadFolder gives the packages of a folder by name", () => {
    const loader = sampleLoader({
      "/p/t.ami": "package b\npipeline P { ingress; egress }",
      "/p/a.ami": "package b\npipeline Q { ingress; egress }",
      "/p/c.ami": "package a",
      "/p/t_test.ami": "package c",
      "/p/x/d.ami": "package d",
    });
    expect(loader.loadFolder("/p").map(({ name, pipelines }) => [name, ...pipelines.keys()])).toEqual([
      ["a"],
      ["b", "Q", "P"],
    ]);
    expect(loader.loadFolder("/p/nothing")).toEqual([]);
  });
});

describe("files that cannot be read", () => {
  test("the file itself gives a finding and no pipelines", () => {
    const found = load({}, "gone.ami");
    expect(found.findings.map(({ code, message, file }) => [code, message, file])).toEqual([
      ["E_FILE_READ", "gone.ami cannot be read: there is no such file", "gone.ami"],
    ]);
    expect(found.units).toEqual([]);
  });
});

describe("packages of test files", () => {
  const texts = {
    "a.ami": `package app\n${F}\npipeline P { ingress.f.egress }`,
    "b.ami": "package other\npipeline Q { ingress.f.egress }",
    "other_test.ami": "package app\npipeline X { ingress; egress }",
  };

  test("with source: its own and those of the same package name", () => {
    const test_ = { ...texts, "t_test.ami": "package app\npipeline T { ingress.f.egress }" };
    expect(running(test_, "t_test.ami")).toBe("P T");
    expect(load(test_, "t_test.ami").units.map(({ name, isTest }) => [name, isTest])).toEqual([
      ["a", false],
      ["t_test", true],
    ]);
  });

  test("without source: all of the folder, checked as one package with the name of the first", () => {
    const test_ = { ...texts, "t_test.ami": "#pragma test:runtime pipeline=P\n// nothing" };
    expect(running(test_, "t_test.ami")).toBe("P Q");
    const { name, pipelines } = load(test_, "t_test.ami");
    expect(name).toBe("app");
    expect(pipelines.get("Q")).toMatchObject({ package: "app", unit: "b" });
  });

  test("without source in a folder without any it is empty", () => {
    expect(load({ "t_test.ami": "" }, "t_test.ami")).toMatchObject({
      name: "main",
      findings: [],
      pipelines: new Map(),
    });
  });

  test("what it declares a second time is its own mistake, though its name sorts first", () => {
    const test_ = { ...texts, "a_test.ami": `package app\n${F}` };
    expect(shortFindings(load(test_, "a_test.ami"))).toEqual(["E_DUP_FUNC a_test.ami:2:1"]);
  });

  test("syntax errors of its package are told apart by file", () => {
    const test_ = { "a.ami": "package app\nfunc", "t_test.ami": "package app\nfunc )" };
    expect(shortFindings(load(test_, "t_test.ami"))).toEqual(["E_PARSE a.ami:2:5", "E_PARSE t_test.ami:2:6"]);
  });
});

describe("imports", () => {
  const lib = {
    "lib/x.ami": `package lib\n${F}\npipeline L { ingress; egress }`,
    "lib/y.ami": "package lib\nfunc g(e) any { return f(e) }",
  };

  test("a file and a folder, with and without alias, in workers, steps and bodies", () => {
    const text = `package app
import "./lib/x.ami"
import ( "./lib"
  z "./lib/../lib/y.ami" )
func h(e) any { return lib.g(x.f(e)) }
pipeline P { ingress.x.f.Transform(lib.g).lib.f(delay=2ms) -> s -> h -> egress
  s = z.g }
pipeline Q { ingress; x.f; egress }`;
    const { pipelines, findings } = load({ ...lib, "t.ami": text });
    expect(findings).toEqual([]);
    const { nodes = [] } = pipelines.get("P") ?? {};
    expect(nodes.map(({ label, worker, delayMs }) => `${label} ${worker?.name} ${delayMs}`)).toEqual([
      "ingress undefined 0",
      "x.f x.f 0",
      "Transform lib.g 0",
      "lib.f lib.f 2",
      "h h 0",
      "egress undefined 0",
      "s z.g 0",
    ]);
    expect(pipelines.get("Q")?.edges).toHaveLength(2);
    expect([...pipelines.keys()]).toEqual(["P", "Q"]);
  });

  test("an imported file gives what it declares itself, a folder what its package does", () => {
    const text =
      'package app\nimport "./lib/x.ami"\nimport "./lib"\npipeline P { ingress.Transform(x.g).Transform(lib.g).egress }';
    expect(shortFindings(load({ ...lib, "t.ami": text }))).toEqual(["E_WORKER_UNDEFINED 4:32 help x.f"]);
  });

  const rows: [statement: string, ...found: string[]][] = [
    ['import ""', "E_BAD_IMPORT 2:8"],
    ['import "/lib"', "E_BAD_IMPORT 2:8"],
    ['import "./li b"', "E_BAD_IMPORT 2:8"],
    ['import ".\\\\lib"', "E_BAD_IMPORT 2:8"],
    ['import a ".\\u0000"', "E_BAD_IMPORT 2:10"],
    ['import "x/y"', "W_IMPORT_UNRESOLVED 2:8"],
    ["import github.com/x/y >= v1.2", "W_IMPORT_UNRESOLVED 2:8"],
    ['import ".lib"', "W_IMPORT_UNRESOLVED 2:8"],
    ['import "./lib" >= 1.0'],
    ['import "./nope"', "E_IMPORT_NOT_FOUND 2:8"],
    ['import "./lib/x"', "E_IMPORT_NOT_FOUND 2:8 help ./lib/x.ami"],
    ['import "./libb"', "E_IMPORT_NOT_FOUND 2:8 help ./lib"],
    ['import "./w.ts"', "E_IMPORT_NOT_FOUND 2:8"],
    ['import "./t_test.ami"', "E_IMPORT_NOT_FOUND 2:8"],
    ['import "./empty"', "E_IMPORT_NOT_FOUND 2:8"],
    ['import "./two"', "E_IMPORT_NOT_FOUND 2:8"],
    ['import "./both"'],
    ['import ("./lib"; lib "./lib/x.ami")', "E_BAD_IMPORT 2:22"],
    ['import "./t.ami"', "E_IMPORT_CYCLE 2:8"],
    ['import "./lib/x.ami"; import "./lib/../lib/"'],
  ];
  for (const [statement, ...found] of rows) {
    test(`${statement} gives ${found.join(", ") || "nothing"}`, () => {
      const texts = {
        ...lib,
        "t.ami": `package app\n${statement}`,
        "w.ts": "",
        "t_test.ami": "package app",
        "empty/a.txt": "",
        "two/a.ami": "package a",
        "two/b.ami": "package b",
        "both/a.ami": "package a",
        "both/b.ami": "package both",
      };
      expect(shortFindings(load(texts))).toEqual(found);
    });
  }

  test("the message of a bad path is the page's", () => {
    const { findings } = load({ "t.ami": 'package app\nimport "bad path"' });
    expect(findings[0]?.message).toBe('invalid import path "bad path"');
  });

  test("findings of imported files are findings of the package; their pipelines are not its own", () => {
    const texts = {
      "t.ami": 'package app\nimport "./lib"\npipeline P { ingress; egress }',
      "lib/a.ami": "package lib\npipeline L { nope }",
    };
    const found = load(texts);
    expect(shortFindings(found)).toEqual(["E_UNKNOWN_NODE lib/a.ami:2:14"]);
    expect([...found.pipelines.keys()]).toEqual(["P"]);
  });

  test("an import whose functions are broken leaves nothing to run", () => {
    const texts = {
      "t.ami": 'package app\nimport "./lib"\npipeline P { ingress; egress }',
      "lib/a.ami": "package lib\nfunc f(e) any { return x }",
    };
    expect(load(texts).broken.get("P")).toMatchObject({ code: "E_NAME_UNDEFINED", file: "lib/a.ami" });
  });

  test("every import of a circle is reported, wherever one begins to read", () => {
    const texts = {
      "t.ami": 'package t\nimport "./a"\nimport "./d"',
      "a/a.ami": 'package a\nimport "../b"\nimport "../d"',
      "b/b.ami": 'package b\n\nimport "../c/c.ami"',
      "c/c.ami": 'package c\n\n\nimport "../a"',
      "d/d.ami": "package d",
    };
    const circle = ["E_IMPORT_CYCLE a/a.ami:2:8", "E_IMPORT_CYCLE b/b.ami:3:8", "E_IMPORT_CYCLE c/c.ami:4:8"];
    expect(shortFindings(load(texts))).toEqual(circle);
    expect(shortFindings(load(texts, "b/b.ami"))).toEqual(circle);
    const loader = sampleLoader(Object.fromEntries(Object.entries(texts).map(([path, text]) => [`/p/${path}`, text])));
    for (const name of ["c/c.ami", "a/a.ami", "t.ami", "c/c.ami"])
      expect(shortFindings(loader.load(`/p/${name}`))).toEqual(circle);
  });

  test("files of one package may import each other for the name, but not in a circle", () => {
    const one = {
      "t.ami": 'package app\nimport "./u.ami"\npipeline P { ingress.u.f.egress }',
      "u.ami": `package app\n${F}`,
    };
    expect(running(one)).toBe("P");
    const two = { ...one, "u.ami": `package app\nimport "./t.ami"\n${F}` };
    expect(shortFindings(load(two))).toEqual(["E_IMPORT_CYCLE 2:8", "E_IMPORT_CYCLE u.ami:2:8"]);
  });

  test("a chain of a thousand imports is read", () => {
    const texts = Object.fromEntries(
      Array.from({ length: 1000 }, (_, n) => [
        `d${n}/a.ami`,
        `package d${n}\nimport "../d${n + 1}"\nfunc f(e) any { return d${n + 1}.f(e) }`,
      ]),
    );
    const found = load({ ...texts, "d1000/a.ami": "package d1000\nfunc f(e) any { return e }" }, "d0/a.ami");
    expect(found.findings).toEqual([]);
  });
});

describe("worker modules", () => {
  const text = `package app
#pragma workers "./w.ts"
#pragma workers "lib/v.ts"
pipeline P { ingress.score.Transform(rank).egress }
pipeline Q { ingress; egress }
`;
  const both = { "/p/w.ts": ["score"], "/p/lib/v.ts": ["rank"] };

  test("their exports are workers and steps, by the path from the file", () => {
    const { pipelines, findings } = load({ "t.ami": text }, "t.ami", sampleModules(both));
    expect(findings).toEqual([]);
    const answers = pipelines.get("P")?.nodes.map(({ worker }) => {
      const event = { id: "x", payload: 1, time: 0, attempt: 1, trace: null };
      // The double needs no context.
      return worker === undefined ? undefined : Reflect.apply(worker.run, undefined, [event]);
    });
    expect(answers).toEqual([undefined, ["/p/w.ts", "score", 1], ["/p/lib/v.ts", "rank", 1], undefined]);
  });

  test("a name that a function and a module, or two modules define is ambiguous where it is used", () => {
    const twice = sampleModules({ "/p/w.ts": ["score", "rank"], "/p/lib/v.ts": ["rank"] });
    expect(shortFindings(load({ "t.ami": text }, "t.ami", twice))).toEqual(["E_WORKER_AMBIGUOUS 4:38"]);
    const withFunction = { "t.ami": `${text}func score(e) any { return e }\nfunc rank(e) any { return score(e) }` };
    const { findings } = load(withFunction, "t.ami", sampleModules(both));
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "E_WORKER_AMBIGUOUS score is defined by a function and ./w.ts",
      "E_WORKER_AMBIGUOUS rank is defined by a function and lib/v.ts",
    ]);
  });

  test("one module bound twice is one", () => {
    const found = load(
      { "t.ami": text.replace("lib/v.ts", "./w.ts").replace("rank", "score") },
      "t.ami",
      sampleModules(both),
    );
    expect(found.findings).toEqual([]);
  });

  test("one that cannot be loaded is a finding, and only pipelines that may need it do not run", () => {
    const modules = sampleModules({ "/p/w.ts": ["score"], "/p/lib/v.ts": "lib/v.ts imports node:fs" });
    const { findings, pipelines, broken } = load({ "t.ami": text }, "t.ami", modules);
    expect(findings.map(({ code, message, pos }) => `${code} ${pos?.line}:${pos?.column} ${message}`)).toEqual([
      "E_WORKER_IO 3:17 lib/v.ts imports node:fs",
    ]);
    expect([...pipelines.keys()]).toEqual(["Q"]);
    expect(broken.get("P")?.code).toBe("E_WORKER_IO");
  });

  test("the capabilities of the file are told to what loads them", () => {
    const told: string[] = [];
    const modules: WorkerModules = {
      exports: (path, granted) => {
        told.push(`${path} ${[...granted]}`);
        return ["score"];
      },
      worker: (path, name, granted) => {
        told.push(`${path} ${name} ${[...granted]}`);
        return () => null;
      },
    };
    const found = load(
      {
        "t.ami":
          '#pragma capabilities list=net,fs\npackage app\n#pragma workers "./w.ts"\npipeline P { ingress.score.egress }',
      },
      "t.ami",
      modules,
    );
    expect(found.findings).toEqual([]);
    expect(told).toEqual(["/p/w.ts net,fs", "/p/w.ts score net,fs"]);
  });

  test("the file's modules are not those of other files", () => {
    const texts = { "t.ami": text, "u.ami": "package app\npipeline R { ingress.score.egress }" };
    expect(shortFindings(load(texts, "t.ami", sampleModules(both)))).toEqual(["E_UNKNOWN_NODE u.ami:2:22"]);
  });
});
