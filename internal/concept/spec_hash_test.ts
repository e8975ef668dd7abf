import { expect, test } from "bun:test";
import { contentId } from "../value/mod.ts";
import { specHash } from "./spec_hash.ts";

const list = (text: string) => contentId("plumb/specs/v1", text);

test("the list is sorted, and relative to the deepest common folder", () => {
  const files = [
    { path: "/p/cart/b.sync.yaml", sha256: "22" },
    { path: "/p/cart/lib/a.concept.yaml", sha256: "11" },
  ];
  expect(specHash(files)).toBe(list('[["b.sync.yaml","22"],["lib/a.concept.yaml","11"]]'));
  expect(specHash(files.toReversed())).toBe(specHash(files));
});

test("a folder elsewhere does not change it, other bytes do", () => {
  const at = (folder: string, sha256: string) => specHash([{ path: `${folder}/a.concept.yaml`, sha256 }]);
  expect(at("/p", "1")).toBe(at("/q/r", "1"));
  expect(at("/p", "1")).not.toBe(at("/p", "2"));
  expect(at("/p", "1")).toBe(list('[["a.concept.yaml","1"]]'));
});

test("folders that only begin alike are not common", () => {
  const files = [
    { path: "/cart/a.concept.yaml", sha256: "1" },
    { path: "/cart2/b.concept.yaml", sha256: "2" },
  ];
  expect(specHash(files)).toBe(list('[["cart/a.concept.yaml","1"],["cart2/b.concept.yaml","2"]]'));
});
