import { expect, test } from "bun:test";
import { scopeOf } from "./worker_fixture.ts";
import { workerSignatureFlaw } from "./worker_signature.ts";

test.each([
  ["(ev Event<any>) (any, error)", undefined],
  ["(ev Event<map[string]int>) Event<any>", undefined],
  ["(ev) any", undefined],
  ["(ev any)", undefined],
  ["(ev Event)", undefined],
  ["(a, b) any", "worker f takes one parameter, the event, and here are 2"],
  ["() any", "worker f takes one parameter, the event, and here are 0"],
  ["(ev int) any", "worker f takes an Event<T> or any, and here is int"],
  ["(ev Events<any>) any", "worker f takes an Event<T> or any, and here is Events<any>"],
  ["(ev) (any, any)", "the second result of worker f is an error, and here is any"],
  ["(ev) (any, error, any)", "worker f returns nothing, a value, or a value and an error, and here are 3"],
])("func f%s", (signature, flaw) => {
  const decl = scopeOf(`package app\nfunc f${signature} { for { } }`).functions.get("f")?.decl;
  expect(decl === undefined ? "not declared" : workerSignatureFlaw(decl)).toBe(flaw);
});
