import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { handlerModules } from "./mod.ts";
import { closeHandlers, handlerModule, handlersOf } from "./sample_handlers.ts";

test("a handler module is held to imports under tests, in words of its own", () => {
  const folder = tempFiles({
    "io.ts": 'import "node:fs"; export const f = 1;',
    "bad.ts": "export const = 1;",
    "good.ts": 'import type { Handler } from "plumb"; throw new Error("it ran"); export const f = 1;',
  });
  const found = (name: string, open: boolean) => handlerModules({ open }).exports(join(folder, name), ["f"]);
  const rule = 'a handler module may import relative files and "plumb" only without --allow fs or --allow net';
  expect(found("io.ts", false)).toEqual({
    code: "E_SPEC_HANDLER_IO",
    message: `io.ts:1:8: ${rule}, found "node:fs"`,
  });
  expect(found("io.ts", true)).toEqual(["f"]);
  expect(found("bad.ts", true)).toMatchObject({
    code: "E_SPEC_HANDLER",
    message: expect.stringMatching(/^bad\.ts:1:/),
  });
  expect(found("no.ts", true)).toEqual({ code: "E_SPEC_HANDLER", message: "no.ts: the file does not exist" });
  expect(found("good.ts", false)).toEqual(["f"]);
});

describe("a handler module that will be run", () => {
  const loaded = (text: string, watchdogMs = 10_000) =>
    handlerModules({ open: false, threads: handlersOf({ watchdogMs }) }).exports(handlerModule(text), ["f", "h"]);
  afterAll(closeHandlers);

  test("is evaluated, and its exports that are no actions may be what they like", () => {
    expect(loaded("export const f = () => 1; export const g = 5;")).toEqual(["f", "g"]);
  });

  test.each([
    ["throws", 'throw new Error("top"); export const f = () => 1;', "h.ts cannot be loaded: top"],
    ["has no function", "export const f = 5;", "the export f of h.ts is no function but number"],
    [
      "has no function behind one",
      "export const f = () => 1, h = 5;",
      "the export h of h.ts is no function but number",
    ],
    ["waits for ever", "export const f = () => 1; await new Promise(() => {});", "h.ts has not loaded after 200 ms"],
    ["holds its thread", "export const f = () => 1; while (true);", "h.ts has not loaded after 200 ms"],
  ])("and %s is E_SPEC_HANDLER (scenarios §3)", (_, text, message) => {
    expect(loaded(text, 200)).toEqual({ code: "E_SPEC_HANDLER", message });
  });

  test("and touches the host while it is loaded is E_SPEC_HANDLER_IO under plumb test", () => {
    expect(loaded("export const f = () => home; const home = process.env.HOME;")).toMatchObject({
      code: "E_SPEC_HANDLER_IO",
      message: expect.stringContaining("may not use process"),
    });
  });
});
