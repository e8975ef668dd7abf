import { expect, test } from "bun:test";
import type { Reading, ValueKind } from "./pragma_value_kind.ts";
import { codes, flag, oneOf, text, whole, word } from "./pragma_values.ts";

function read(kind: ValueKind<unknown>, found: string): unknown {
  return shown(kind.read({ form: "text", text: found, quoted: false }, "key"));
}

function shown(reading: Reading<unknown>): unknown {
  return reading.ok ? reading.value : `${reading.problem.code}: ${reading.problem.message}`;
}

test("text is taken as it is", () => {
  expect(read(text, "")).toBe("");
  expect(read(text, " a\tb ")).toBe(" a\tb ");
  expect(read(text, "\ud800x")).toBe("E_PRAGMA_VALUE: key holds one half of a surrogate pair");
});

test("JSON is no text", () => {
  for (const kind of [text, word("NAME"), whole(0), flag, codes, oneOf(["a"])]) {
    expect(shown(kind.read({ form: "json", value: ["a"] }, "key"))).toStartWith("E_PRAGMA_VALUE: key takes text");
  }
});

test("a word is not empty", () => {
  expect(read(word("NAME"), "P")).toBe("P");
  expect(read(word("NAME"), "")).toBe("E_PRAGMA_VALUE: key is empty");
});

test("a choice is one of its words, exactly", () => {
  const share = oneOf(["case", "file"]);
  expect(read(share, "file")).toBe("file");
  expect(read(share, "File")).toBe("E_PRAGMA_VALUE: key is case or file, found File");
  expect(share.read({ form: "text", text: "fiel", quoted: false }, "key")).toMatchObject({ problem: { help: "file" } });
  expect(read(oneOf(["ro", "rw"], "E_FIXTURE_MODE"), "bad")).toBe("E_FIXTURE_MODE: key is ro or rw, found bad");
});

test("a whole number is written in decimal digits, from its least to 2^53-1", () => {
  expect([read(whole(0), "0"), read(whole(1), "1"), read(whole(1), "9007199254740991")]).toEqual([0, 1, 2 ** 53 - 1]);
  expect(read(whole(1), "0")).toBe("E_PRAGMA_VALUE: key is a whole number from 1, found 0");
  for (const found of [
    "",
    "-5",
    "+5",
    "5.0",
    "1e3",
    "0x10",
    "05",
    " 5",
    "5ms",
    "٥",
    "9007199254740992",
    "9".repeat(99),
  ]) {
    expect(read(whole(0), found)).toStartWith("E_PRAGMA_VALUE: key is a whole number from 0, found");
  }
});

test("a boolean is true, false, 1 or 0", () => {
  expect([read(flag, "true"), read(flag, "1"), read(flag, "false"), read(flag, "0")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  for (const found of ["", "True", "yes", "01", "null"]) expect(read(flag, found)).toStartWith("E_PRAGMA_VALUE: ");
});

test("codes are separated by commas, each kept once", () => {
  expect(read(codes, "E_X")).toEqual(["E_X"]);
  expect(read(codes, "E_X, e.y ,E_X")).toEqual(["E_X", "e.y"]);
  for (const found of ["", ",", "E_X,", "E_X,,E_Y", " "]) expect(read(codes, found)).toStartWith("E_PRAGMA_VALUE: ");
});
