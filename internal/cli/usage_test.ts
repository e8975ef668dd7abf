import { expect, test } from "bun:test";
import { ANSI, PLAIN } from "../diag/mod.ts";
import { PROGRAM, RUN } from "./sample_program.ts";
import { usage } from "./usage.ts";

test("the usage text of a command shows arguments, every flag with its default, and two examples", () => {
  expect(usage(PROGRAM, "run", PLAIN)).toMatchInlineSnapshot(`
    "tool run: run something

    usage: tool run [PATH…] [flags]

    arguments:
      PATH…  what to run (default: .)

    flags:
          --json                print JSON (default: off)
          --timeout MS          time limit (default: none)
          --seed N|random       seed of the world (default: 42)
          --no-tests fail|pass  what an empty run is (default: fail)
          --allow CAPS          grant (one of: fs, net; repeatable; default: none)
          --trace[=FILE]        write hops (default: none)
          --sources PATH…       what to compile (default: none)
          --even VALUE          a word of even length (default: none)

    global flags:
          --color auto|never  colours (default: auto)
      -v, --verbose           say more (default: off)
      -q, --quiet             say less (default: off)
      -h, --help              show usage, every flag with its default, and two examples (default: off)

    examples:
      tool run
          runs it
      tool run --json a
          runs a
    "
  `);
});

test("every flag of the table, and every global one, is there with a default", () => {
  const text = usage(PROGRAM, "run", PLAIN).replaceAll(/\n {10,}/g, " ");
  for (const { name } of [...RUN.flags, ...PROGRAM.globals]) {
    expect(text).toMatch(new RegExp(`--${name}\\b.*\\bdefault: \\S+`));
  }
});

test("the usage text of the program lists its commands, that of a group its members", () => {
  expect(usage(PROGRAM, "", PLAIN)).toMatchInlineSnapshot(`
    "tool: does things

    usage: tool COMMAND [ARGUMENT…] [flags]

    commands:
      run          run something
      dsl compile  compile sources
      dsl check    check an executor
      print        print a thing

    global flags:
          --color auto|never  colours (default: auto)
      -v, --verbose           say more (default: off)
      -q, --quiet             say less (default: off)
      -h, --help              show usage, every flag with its default, and two examples (default: off)
          --version           print the version (default: off)

    examples:
      tool run
          runs it
      tool dsl compile a
          compiles a

    tool COMMAND --help shows the flags of a command.
    tool help TOPIC explains tides, winds.
    "
  `);
  const group = usage(PROGRAM, "dsl", PLAIN);
  expect(group).toContain("usage: tool dsl COMMAND");
  expect(group).toContain("dsl compile  compile sources");
  expect(group).not.toContain("print a thing");
  expect(group).toEndWith("\ntool dsl COMMAND --help shows the flags of a command.\n");
});

test("a flag of a command that has the name of a global one stands in its place", () => {
  const own = { name: "verbose", short: "v", kind: "boolean", help: "write a log" } as const;
  const text = usage({ ...PROGRAM, commands: [{ ...RUN, flags: [own] }] }, "run", PLAIN);
  expect(text.match(/--verbose/g)).toHaveLength(1);
  expect(text).toContain("write a log");
});

test("emphasis changes no letter", () => {
  const coloured = usage(PROGRAM, "run", ANSI);
  expect(coloured).not.toBe(usage(PROGRAM, "run", PLAIN));
  expect(Bun.stripANSI(coloured)).toBe(usage(PROGRAM, "run", PLAIN));
});
