import { expect, test } from "bun:test";
import { diagnostic } from "../diag/mod.ts";
import { factLine, findingLine, findingText } from "./finding_text.ts";
import { CHANGED, options } from "./sample_stream.ts";

test("a finding in full has its excerpt", () => {
  expect(findingText(CHANGED, options())).toMatchInlineSnapshot(`
    "error[E_OUTPUT_MISMATCH]: the output is not the expected one
      --> a_test.ami:3:62
      3 | #pragma test:runtime pipeline=P input={"x": 1} expect_output={"x": true}
        |                                                              ^"
  `);
});

test("without the file's text there is no excerpt", () => {
  expect(findingText({ ...CHANGED, file: "gone.ami" }, options())).not.toContain("^");
});

test("a finding on one line says level, code, place and message", () => {
  const warning = diagnostic({
    code: "W_X",
    level: "warn",
    message: "a\nb",
    file: "a.ami",
    pos: { line: 2, column: 9, offset: 20 },
  });
  expect(findingLine(warning)).toBe("warning[W_X] a.ami:2:9: a\\nb");
  expect(findingLine(diagnostic({ code: "E_X", message: "m" }))).toBe("error[E_X]: m");
});

test("a fact on one line says its data too, but for the case above it", () => {
  const fact = diagnostic({ code: "KV_DUMP", level: "info", message: "kv dump", file: "a.ami" });
  expect(factLine(fact)).toBe("info[KV_DUMP] a.ami: kv dump");
  expect(factLine({ ...fact, data: { case: "c" } })).toBe("info[KV_DUMP] a.ami: kv dump");
  expect(factLine({ ...fact, data: { case: "c", keys: ["x", "\u001b[2J"], ns: "", size: 2 } })).toBe(
    'info[KV_DUMP] a.ami: kv dump (keys=["x","\\u001b[2J"] ns="" size=2)',
  );
  expect(factLine({ ...fact, data: { keys: ["x".repeat(5000)] } }).length).toBeLessThan(600);
});

const hostile = diagnostic({
  code: "E_X",
  message: "first\n::error::forged\nplumb test: 9 passed\x1b[32m",
  file: "a\n::error::b.ami",
  data: { help: "\n##[command]x" },
});

test("no line of a finding begins with what its texts hold", () => {
  const lines = findingText(hostile, options()).split("\n");
  expect(lines.filter((line) => /^\s*(::|##|plumb)/.test(line))).toEqual([]);
  expect(lines.join("")).not.toContain("\x1b");
  expect(findingLine(hostile)).not.toMatch(/\p{Cc}/u);
});

test("a message of many kilobytes is cut and says so", () => {
  const finding = diagnostic({ code: "E_X", message: "x".repeat(300_000) });
  expect(findingText(finding, options())).toMatch(/ 298100 characters left out … x+\n?/);
  expect(findingText(finding, options())).toEndWith("x");
  expect(findingText(finding, options()).length).toBeLessThan(2_200);
  expect(findingLine(finding).length).toBeLessThan(500);
});
