import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { fixedWall, UuidFlowGenerator, type Wall, wall } from "./mod.ts";

describe("UuidFlowGenerator", () => {
  test("makes the example of RFC 9562 from its time and bits", () => {
    // RFC 9562, appendix A.6; what version and variant overwrite is given as ones here.
    const bits = Uint8Array.fromHex("000000000000fcc3d8c4dc0c0c07398f");
    const example: Wall = { ...fixedWall(0x017f22e279b0), randomBytes: () => bits };
    expect(new UuidFlowGenerator(example).generate()).toBe("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  });

  test("has version 7 and the variant of RFC 9562 whatever the bits, and the time in front (property)", () => {
    const random = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 48 - 1 }), random, (ms, bits) => {
        const token = new UuidFlowGenerator({ ...fixedWall(ms), randomBytes: () => new Uint8Array(bits) }).generate();
        expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(token.slice(0, 13).replace("-", ""), 16)).toBe(ms);
      }),
    );
  });

  test("gives every flow a token of its own", () => {
    const tokens = new UuidFlowGenerator(wall);
    expect(new Set(Array.from({ length: 1_000 }, () => tokens.generate())).size).toBe(1_000);
  });
});
