import { expect, test } from "bun:test";
import { programSpec } from "./commands.ts";
import { manualPage, roff } from "./man.ts";

const page = manualPage(programSpec("1.2.3"));

test("the manual page has a title without a date, every command, flag and exit code", () => {
  expect(page).toStartWith('.TH PLUMB 1 "" "plumb 1.2.3" "User Commands"\n.SH NAME\n');
  for (const { name, flags } of programSpec("1.2.3").commands) {
    expect(page).toContain(`.SS "plumb ${name}`);
    for (const flag of flags) expect(page).toContain(`\\-\\-${roff(flag.name)}`);
  }
  expect(page).toContain(".B 141 closed\n");
});

test("no text is read as a request, and no hyphen as a dash", () => {
  expect(roff(".so evil")).toBe("\\&.so evil");
  expect(roff("'x")).toBe("\\&'x");
  expect(roff("a-b\\c")).toBe("a\\-b\\ec");
  const requests = new Set(
    page
      .split("\n")
      .filter((line) => /^[.']/.test(line))
      .map((line) => line.split(" ")[0]),
  );
  expect([...requests].sort()).toEqual([".B", ".PP", ".RE", ".RS", ".SH", ".SS", ".TH", ".TP", ".fi", ".nf"]);
});
