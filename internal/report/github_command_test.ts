import { expect, test } from "bun:test";
import fc from "fast-check";
import { workflowCommand } from "./github_command.ts";
import { visibleText } from "./visible.ts";

const pos = { line: 2, column: 9, offset: 20 };

test("a command names place and title", () => {
  const endPos = { line: 2, column: 12, offset: 23 };
  expect(workflowCommand("error", { file: "a/b.ami", pos, endPos }, "E_X", "no")).toBe(
    "::error file=a/b.ami,line=2,col=9,endColumn=12,title=E_X::no\n",
  );
});

test("without a file there is no line, and no end column on another line", () => {
  expect(workflowCommand("warning", { pos }, "W_X", "m")).toBe("::warning title=W_X::m\n");
  const endPos = { line: 3, column: 1, offset: 40 };
  expect(workflowCommand("notice", { file: "a", pos, endPos }, "N", "m")).toBe(
    "::notice file=a,line=2,col=9,title=N::m\n",
  );
});

test("what could end a property or the command is encoded", () => {
  expect(workflowCommand("error", { file: "a,b:c%0A\n" }, "t::u", "50%\r\n::stop-commands::x\x1b")).toBe(
    "::error file=a%2Cb%3Ac%250A\\n,title=t%3A%3Au::50%25%0A::stop-commands::x\\x1b\n",
  );
});

test("the runner reads back one command with the message, whatever the texts hold", () => {
  const text = fc.oneof(fc.string(), fc.constantFrom("::error::x", "%", "a=b,c=d", "\n::x::"));
  fc.assert(
    fc.property(text, text, text, (file, title, message) => {
      const lines = workflowCommand("error", { file, pos }, title, message).split("\n");
      expect(lines).toHaveLength(2);
      // As actions/runner parses it: up to the second "::" the properties, behind it the message.
      const [, properties = "", data = ""] = /^::error (.*?)::(.*)$/.exec(lines[0] ?? "") ?? [];
      expect(properties.split(",").map((pair) => pair.split("=", 1)[0])).toEqual(["file", "line", "col", "title"]);
      expect(decoded(data)).toBe(visibleText(message));
    }),
    { numRuns: 200 },
  );
});

function decoded(data: string): string {
  return data.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
