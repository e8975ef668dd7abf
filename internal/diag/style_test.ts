import { expect, test } from "bun:test";
import { ANSI, PLAIN, type Style } from "./mod.ts";

const NAMES: (keyof Style)[] = ["bold", "dim", "red", "green", "yellow", "cyan"];

test("the plain style changes nothing", () => {
  for (const name of NAMES) expect(PLAIN[name]("text")).toBe("text");
});

test("every ANSI style is another one, and takes no room on the terminal", () => {
  const styled = NAMES.map((name) => ANSI[name]("text"));
  expect(new Set(styled).size).toBe(NAMES.length);
  for (const text of styled) expect(Bun.stripANSI(text)).toBe("text");
});

test("a colour inside bold ends without ending the bold", () => {
  expect(ANSI.bold(`${ANSI.red("a")}b`)).toBe("\u001b[1m\u001b[31ma\u001b[39mb\u001b[22m");
});

test("an empty text gets no escape sequence", () => {
  for (const name of NAMES) expect(ANSI[name]("")).toBe("");
});
