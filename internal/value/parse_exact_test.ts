import { expect, test } from "bun:test";
import { nearestDoubles, parseExact } from "./parse_exact.ts";

test("an integer that a double cannot hold keeps its digits, everything else is as in the general profile", () => {
  expect(parseExact('{"n":9007199254740993,"m":-9007199254740993}')).toEqual({
    n: 9007199254740993n,
    m: -9007199254740993n,
  });
  expect(parseExact("[9007199254740991, 1e300, 0.1234567890123456789, -0, 1234567890123456]")).toEqual([
    9007199254740991, 1e300, 0.12345678901234568, 0, 1234567890123456,
  ]);
  expect(parseExact('"1234567890123456789"')).toBe("1234567890123456789");
  expect(() => parseExact("1234567890123456789 x")).toThrow("expected the end of the text");
});

test("where nothing but doubles will do, a bigint becomes the nearest", () => {
  const value = { a: [9007199254740993n], b: "x" };
  expect(nearestDoubles(value)).toEqual({ a: [9007199254740992], b: "x" });
  const plain = { a: [1, null] };
  expect(nearestDoubles(plain)).toBe(plain);
});
