import { expect, test } from "bun:test";
import { counted } from "./counted.ts";

test("one is one, all else is many", () => {
  expect([0, 1, 2].map((count) => counted(count, "line"))).toEqual(["0 lines", "1 line", "2 lines"]);
});
