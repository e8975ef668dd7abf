import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseArgv } from "./parse_argv.ts";
import type { ParsedArgs } from "./parsed_args.ts";
import { CHECK, COMPILE, PROGRAM, RUN } from "./sample_program.ts";
import { UsageError } from "./usage_error.ts";

function args(...argv: string[]): ParsedArgs {
  const invocation = parseArgv(PROGRAM, argv);
  if (invocation.kind !== "run") throw new Error(`asks for ${invocation.kind}`);
  return invocation.args;
}

/** `CODE: message [help]` of the usage error that a command line is. */
function problem(...argv: string[]): string {
  try {
    parseArgv(PROGRAM, argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return `${error.code}: ${error.message}${error.help === undefined ? "" : ` [${error.help}]`}`;
  }
  return "no error";
}

describe("commands", () => {
  test("are found by one word or two, with global flags before, between and after", () => {
    for (const argv of [["run"], ["-v", "run"], ["--color=never", "run", "-v"], ["--color", "never", "run"]]) {
      expect(parseArgv(PROGRAM, argv)).toMatchObject({ kind: "run", spec: RUN });
    }
    const found = parseArgv(PROGRAM, ["-q", "dsl", "--color", "never", "compile", "x", "-v"]);
    expect(found).toMatchObject({ kind: "run", spec: COMPILE });
    expect(
      found.kind === "run" && [found.args.value("color"), found.args.has("verbose"), found.args.has("quiet")],
    ).toEqual(["never", true, true]);
  });

  test("that nobody knows are refused with the nearest one", () => {
    expect(problem("rnu")).toBe("E_USAGE_COMMAND: unknown command rnu [tool run]");
    expect(problem("zebra")).toBe("E_USAGE_COMMAND: unknown command zebra");
    expect(problem("dsl compile", "x")).toBe('E_USAGE_COMMAND: unknown command "dsl compile"');
    expect(problem("dsl", "complie", "x")).toBe(
      "E_USAGE_COMMAND: unknown subcommand complie of tool dsl, expected one of compile, check [tool dsl compile]",
    );
  });

  test("have to be there, and groups need a subcommand", () => {
    expect(problem("-v")).toBe("E_USAGE_COMMAND: tool needs a command");
    expect(problem("dsl")).toBe("E_USAGE_COMMAND: tool dsl needs a subcommand: compile, check");
  });
});

describe("help and version", () => {
  test("are asked for anywhere before --, also where arguments are missing", () => {
    expect(parseArgv(PROGRAM, ["-h"])).toEqual({ kind: "help", path: "" });
    expect(parseArgv(PROGRAM, ["dsl", "--help"])).toEqual({ kind: "help", path: "dsl" });
    expect(parseArgv(PROGRAM, ["dsl", "compile", "--help"])).toEqual({ kind: "help", path: "dsl compile" });
    expect(parseArgv(PROGRAM, ["run", "x", "-vh"])).toEqual({ kind: "help", path: "run" });
    expect(parseArgv(PROGRAM, ["--color", "never", "--version"])).toEqual({ kind: "version" });
    expect(args("run", "--", "--help").positionals).toEqual(["--help"]);
  });

  test("do not hide what is wrong with the rest of the line", () => {
    expect(problem("--version", "--bogus")).toBe("E_USAGE_FLAG: unknown flag --bogus");
    expect(problem("--version", "--color", "red")).toStartWith("E_USAGE_VALUE: --color expects one of auto, never");
    expect(problem("--version", "run")).toBe('E_USAGE_ARGUMENT: unexpected argument "run": --version takes none');
    expect(problem("--version", "--version")).toBe("E_USAGE_REPEATED: --version is given twice");
    expect(parseArgv(PROGRAM, ["--version", "-v"])).toEqual({ kind: "version" });
  });
});

describe("values", () => {
  test("follow as a word or after an equals sign", () => {
    expect(args("run", "--timeout", "5").integer("timeout")).toBe(5);
    expect(args("run", "--timeout=5").integer("timeout")).toBe(5);
    expect(args("run", "--even==a").value("even")).toBe("=a");
    expect(args("run", "--even=").value("even")).toBe("");
    expect(args("run", "--even=--").value("even")).toBe("--");
  });

  test("may be a dash, which is stdin or stdout and no flag", () => {
    expect(args("run", "--sources", "-", "a").values("sources")).toEqual(["-", "a"]);
    expect(args("run", "-").positionals).toEqual(["-"]);
  });

  test("are never taken from a flag that follows", () => {
    expect(problem("run", "--timeout")).toBe("E_USAGE_VALUE: --timeout needs a value");
    expect(problem("run", "--timeout", "--")).toBe("E_USAGE_VALUE: --timeout needs a value");
    expect(problem("run", "--timeout", "--json")).toBe(
      "E_USAGE_VALUE: --timeout needs a value, but the flag --json follows",
    );
    expect(problem("run", "--timeout", "-v")).toBe("E_USAGE_VALUE: --timeout needs a value, but the flag -v follows");
    expect(problem("run", "--even", "-ab")).toBe(
      "E_USAGE_VALUE: --even needs a value; one that starts with - is written --even=-ab",
    );
    expect(problem("run", "--sources", "--json")).toBe(
      "E_USAGE_VALUE: --sources needs a value, but the flag --json follows",
    );
  });

  test("of an optional flag take an equals sign only", () => {
    const parsed = args("run", "--trace", "x");
    expect([parsed.has("trace"), parsed.value("trace"), parsed.positionals]).toEqual([true, undefined, ["x"]]);
    expect(args("run", "--trace=f").value("trace")).toBe("f");
  });

  test("of a list are the words up to the next flag, and one only after an equals sign", () => {
    const parsed = args("run", "--sources", "a", "b", "--json", "c", "--sources=d", "e");
    expect(parsed.values("sources")).toEqual(["a", "b", "d"]);
    expect(parsed.positionals).toEqual(["c", "e"]);
  });

  test("of a repeatable flag are all kept; any other flag is given once", () => {
    expect(args("run", "--allow", "fs", "--allow=net,fs").values("allow")).toEqual(["fs", "net,fs"]);
    expect(args("run", "-vv").has("verbose")).toBe(true);
    expect(problem("run", "--timeout", "1", "--timeout", "1")).toBe("E_USAGE_REPEATED: --timeout is given twice");
    expect(problem("run", "--json", "--json")).toBe("E_USAGE_REPEATED: --json is given twice");
    expect(problem("--color", "auto", "run", "--color", "auto")).toBe("E_USAGE_REPEATED: --color is given twice");
  });

  test("are held to the row of their flag", () => {
    expect(problem("run", "--timeout", "1001")).toBe(
      'E_USAGE_VALUE: --timeout expects an integer from 0 to 1000, found "1001"',
    );
    for (const text of ["x", "1.5", "1e2", " 1", "0x1", ""])
      expect(problem("run", `--timeout=${text}`)).not.toBe("no error");
    expect(args("run", "--seed", "random").integer("seed")).toBeUndefined();
    expect(problem("run", "--seed", "randmo")).toBe(
      'E_USAGE_VALUE: --seed expects an integer from 0 to 99 or random, found "randmo" [random]',
    );
    expect(problem("run", "--no-tests", "psas")).toBe(
      'E_USAGE_VALUE: --no-tests expects one of fail, pass, found "psas" [pass]',
    );
    expect(problem("run", "--allow", "fs,nett")).toBe(
      'E_USAGE_VALUE: --allow expects one or more (with commas) of fs, net, found "fs,nett" [net]',
    );
    expect(problem("run", "--even", "abc")).toBe('E_USAGE_VALUE: --even expects an even word, found "abc" [abcx]');
    expect(problem("run", "--sources=")).toBe('E_USAGE_VALUE: --sources expects a path, found ""');
    expect(problem("run", "--sources", "a", "")).toBe('E_USAGE_VALUE: --sources expects a path, found ""');
    expect(problem("run", "--json=yes")).toBe("E_USAGE_VALUE: --json takes no value, found --json=yes [--json]");
  });
});

describe("flags", () => {
  test("that nobody knows are refused with the nearest one", () => {
    expect(problem("run", "--jsno")).toBe("E_USAGE_FLAG: unknown flag --jsno [--json]");
    expect(problem("run", "--colour=never")).toBe("E_USAGE_FLAG: unknown flag --colour [--color]");
    expect(problem("run", "-x")).toBe("E_USAGE_FLAG: unknown flag -x");
    expect(problem("run", "-json")).toBe("E_USAGE_FLAG: unknown flag -j in -json [--json]");
    expect(problem("run", "--__proto__")).toBe("E_USAGE_FLAG: unknown flag --__proto__");
  });

  test("of a command do not stand before it", () => {
    expect(problem("--json", "run")).toBe("E_USAGE_FLAG: --json belongs to a command and stands after its name");
  });

  test("end at --", () => {
    expect(args("run", "a", "--", "--json", "--").positionals).toEqual(["a", "--json", "--"]);
    expect(args("--", "run", "--json").positionals).toEqual(["--json"]);
    const found = parseArgv(PROGRAM, ["dsl", "check", "-v", "--", "sh", "-c", "x", "--"]);
    expect(found.kind === "run" && [found.spec === CHECK, found.args.positionals, found.args.rest]).toEqual([
      true,
      [],
      ["sh", "-c", "x", "--"],
    ]);
  });

  test("errors name the command that they belong to", () => {
    try {
      parseArgv(PROGRAM, ["dsl", "compile", "--jsno"]);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ command: "dsl compile" });
    }
  });
});

describe("arguments", () => {
  test("are counted, and held to their choices", () => {
    expect(problem("print")).toBe("E_USAGE_ARGUMENT: tool print needs THING, one of moon, star");
    expect(problem("print", "mon")).toBe('E_USAGE_ARGUMENT: unknown THING "mon", one of moon, star [moon]');
    expect(problem("print", "moon", "x")).toBe('E_USAGE_ARGUMENT: unexpected argument "x": tool print takes at most 1');
    expect(problem("dsl", "check", "x")).toBe('E_USAGE_ARGUMENT: unexpected argument "x": tool dsl check takes none');
    expect(problem("dsl", "compile")).toBe("E_USAGE_ARGUMENT: tool dsl compile needs PATH");
    expect(problem("run", "a", "")).toBe('E_USAGE_ARGUMENT: PATH expects a path, found ""');
  });
});

describe("any command line", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "run",
      "dsl",
      "compile",
      "--json",
      "--timeout",
      "--seed=1",
      "--sources",
      "-v",
      "-",
      "--",
      "7",
      "--trace=x",
      "",
    ),
    fc.string({ maxLength: 6 }),
  );

  test("is understood or refused, never crashes, and loses no word", () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (argv) => {
        try {
          const invocation = parseArgv(PROGRAM, argv);
          if (invocation.kind !== "run") return;
          const kept = [...invocation.args.positionals, ...invocation.args.rest];
          for (const text of kept) expect(argv).toContain(text);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("means the same with a value behind = or behind a blank", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => text.length % 2 === 0 && (!text.startsWith("-") || text === "-")),
        (text) => {
          expect(args("run", "--even", text, "x")).toEqual(args("run", `--even=${text}`, "x"));
        },
      ),
      { numRuns: 200 },
    );
  });
});
