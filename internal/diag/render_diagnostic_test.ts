import { describe, expect, test } from "bun:test";
import { ANSI, type Diagnostic, diagnostic, LineIndex, PLAIN, renderDiagnostic } from "./mod.ts";

const TEXT = `package app
#pragma test:case adds one
#pragma test:runtime pipeline=P input={"k": 1} expect_outptu={"k": 2}
`;
const source = new LineIndex(TEXT);
const from = TEXT.indexOf("expect_outptu");

function finding(over: Partial<Parameters<typeof diagnostic>[0]> = {}): Diagnostic {
  return diagnostic({
    code: "E_PRAGMA_KEY",
    message: "unknown key expect_outptu",
    file: "a_test.ami",
    pos: source.position(from),
    endPos: source.position(from + 13),
    data: { help: "expect_output" },
    ...over,
  });
}

describe("renderDiagnostic", () => {
  test("shows code, message, place, excerpt and help", () => {
    expect(renderDiagnostic(finding(), source, PLAIN)).toBe(
      `error[E_PRAGMA_KEY]: unknown key expect_outptu
  --> a_test.ami:3:48
  3 | #pragma test:runtime pipeline=P input={"k": 1} expect_outptu={"k": 2}
    |                                                ^^^^^^^^^^^^^
  help: expect_output`,
    );
  });

  test("a warning and an info say what they are", () => {
    expect(renderDiagnostic(finding({ level: "warn", code: "W_X" }), source, PLAIN)).toStartWith("warning[W_X]: ");
    expect(renderDiagnostic(finding({ level: "info", code: "GOLDEN" }), source, PLAIN)).toStartWith("info[GOLDEN]: ");
  });

  test("without the file's text there is no excerpt", () => {
    expect(renderDiagnostic(finding(), undefined, PLAIN)).toBe(
      "error[E_PRAGMA_KEY]: unknown key expect_outptu\n  --> a_test.ami:3:48\n  help: expect_output",
    );
  });

  test("without position or file, only what there is is named", () => {
    const none = { pos: undefined, endPos: undefined, data: undefined };
    expect(renderDiagnostic(finding(none), source, PLAIN)).toBe(
      "error[E_PRAGMA_KEY]: unknown key expect_outptu\n  --> a_test.ami",
    );
    expect(renderDiagnostic(finding({ ...none, file: undefined }), source, PLAIN)).toBe(
      "error[E_PRAGMA_KEY]: unknown key expect_outptu",
    );
    expect(renderDiagnostic(finding({ file: undefined }), undefined, PLAIN)).toContain("\n  --> 3:48\n");
  });

  test("a file that changed since has no excerpt of another line", () => {
    expect(renderDiagnostic(finding(), new LineIndex("package app\n"), PLAIN)).toBe(
      "error[E_PRAGMA_KEY]: unknown key expect_outptu\n  --> a_test.ami:3:48\n  help: expect_output",
    );
  });

  test("help that is no text, or an empty one, makes no help line", () => {
    for (const help of [undefined, null, 3, ["x"], ""]) {
      expect(renderDiagnostic(finding({ data: { help } }), source, PLAIN)).not.toContain("help:");
    }
  });

  test("the arrow's head stands over the bar, however wide the line number is", () => {
    const far = new LineIndex(`${"\n".repeat(99)}bad`);
    expect(renderDiagnostic(finding({ pos: far.position(99), endPos: undefined, data: undefined }), far, PLAIN)).toBe(
      `error[E_PRAGMA_KEY]: unknown key expect_outptu
    --> a_test.ami:100:1
  100 | bad
      | ^`,
    );
  });

  test("further lines of message and help are indented under the first", () => {
    const text = renderDiagnostic(finding({ message: "one\ntwo", data: { help: "a\r\nb" } }), undefined, PLAIN);
    expect(text).toBe("error[E_PRAGMA_KEY]: one\n  two\n  --> a_test.ami:3:48\n  help: a\n        b");
  });

  test("nothing in code, message, file or help can act on the terminal", () => {
    const evil = "\u001b[2J\0";
    const text = renderDiagnostic(
      finding({ code: evil, message: evil, file: `${evil}\nx`, data: { help: evil } }),
      undefined,
      PLAIN,
    );
    expect(text).toBe("error[␛[2J␀]: ␛[2J␀\n  --> ␛[2J␀␊x:3:48\n  help: ␛[2J␀");
  });

  test("a message of 1 MB does not bury the rest", () => {
    const text = renderDiagnostic(finding({ message: "😀".repeat(500_000) }), source, PLAIN);
    expect(text.length).toBeLessThan(2500);
    expect(text).toContain("😀… (cut, 1000000 characters)\n  --> ");
  });

  test("colours say the level, and without them the text is the same", () => {
    const text = renderDiagnostic(finding(), source, ANSI);
    expect(text).toBe(
      "\u001b[1m\u001b[31merror[E_PRAGMA_KEY]\u001b[39m\u001b[22m\u001b[1m: unknown key expect_outptu\u001b[22m\n" +
        "  \u001b[36m-->\u001b[39m a_test.ami:3:48\n" +
        '\u001b[36m  3 |\u001b[39m #pragma test:runtime pipeline=P input={"k": 1} expect_outptu={"k": 2}\n' +
        `\u001b[36m    |\u001b[39m ${" ".repeat(47)}\u001b[1m\u001b[31m^^^^^^^^^^^^^\u001b[39m\u001b[22m\n` +
        "  \u001b[1m\u001b[36mhelp:\u001b[39m\u001b[22m expect_output",
    );
    for (const level of ["error", "warn", "info"] as const) {
      const plain = renderDiagnostic(finding({ level }), source, PLAIN);
      expect(Bun.stripANSI(renderDiagnostic(finding({ level }), source, ANSI))).toBe(plain);
    }
    expect(renderDiagnostic(finding({ level: "warn" }), source, ANSI)).toContain("\u001b[33m^");
  });
});
