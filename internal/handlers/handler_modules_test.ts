import { expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { handlerModules } from "./mod.ts";

test("a handler module is held to imports under tests, in words of its own", () => {
  const folder = tempFiles({
    "io.ts": 'import "node:fs"; export const f = 1;',
    "bad.ts": "export const = 1;",
    "good.ts": 'import type { Handler } from "plumb"; throw new Error("it ran"); export const f = 1;',
  });
  const found = (name: string, open: boolean) => handlerModules({ open }).exports(join(folder, name));
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
