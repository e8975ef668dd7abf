import { expect, test } from "bun:test";
import { parseReporter } from "./reporter_choice.ts";

test.each([
  ["junit", { name: "junit", file: undefined }],
  ["junit=-", { name: "junit", file: undefined }],
  ["junit=out.xml", { name: "junit", file: "out.xml" }],
  ["json=a=b", { name: "json", file: "a=b" }],
  ["junit=", undefined],
  ["junti", undefined],
  ["", undefined],
  ["JUnit", undefined],
] as const)("%s", (text, expected) => {
  expect(parseReporter(text)).toEqual(expected);
});
