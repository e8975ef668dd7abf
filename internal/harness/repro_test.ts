import { expect, test } from "bun:test";
import fc from "fast-check";
import { reproCommand, shellWord } from "./repro.ts";

const options = { cwd: "/p", seed: 7, timeoutMs: 0, strict: false };

test("the command names the file, the one case and the seed", () => {
  expect(reproCommand("/p/a_test.ami", "a_test.ami::x", options)).toBe(
    "plumb test a_test.ami --run '^a_test\\.ami::x$' --seed 7",
  );
});

test("the command repeats what changes the verdict", () => {
  expect(reproCommand("/p/a_test.ami", "a_test.ami::x", { ...options, timeoutMs: 20, strict: true })).toEndWith(
    "--seed 7 --timeout 20 --strict",
  );
});

test("its pattern matches its own id and no other", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (id, other) => {
      const pattern = new RegExp(`^${id.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`);
      expect(reproCommand("/p/f", id, options)).toContain(
        shellWord(pattern.source === "(?:)" ? "^$" : pattern.source.replaceAll("\\/", "/")),
      );
      expect(pattern.test(id)).toBe(true);
      expect(pattern.test(other)).toBe(id === other);
    }),
    { examples: [["a.b", "axb"]] },
  );
});

test("a shell reads a quoted word back as it was", () => {
  for (const word of ["a b", "it's", "$HOME", "`x`", "a\nb", "*", ""]) {
    expect(Bun.spawnSync(["sh", "-c", `printf %s ${shellWord(word)}`]).stdout.toString()).toBe(word);
  }
});
