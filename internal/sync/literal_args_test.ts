import { expect, test } from "bun:test";
import fc from "fast-check";
import { parseStrict, ValueError } from "../value/mod.ts";
import { programOf, SampleEngine } from "./sample_engine.ts";

// What a sync has literally in `then.args` is checked at load, and no run looks at it again.

const spec = (value: string): string => `
concept: A
purpose: p
actions:
  go: {outputs: [{case: Success, effects: []}]}
  take: {args: {o: object}, outputs: [{case: Success, effects: []}]}
---
sync: s
when: {action: A.go}
then: {action: A.take, args: {o: ${value}}}
`;

/** Texts that are one value or none: half surrogates, keys with one NFC form, and around the 256 containers of which args are one. */
const keyArbitrary = fc.constantFrom("a", "b", "e\u0301", "\u00e9", "\ud800", "a\udc00", "__proto__", "literal");
const valueArbitrary = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(0, 9007199254740991, "x", "e\u0301", "\udfff", "bound", true),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(keyArbitrary, tie("value")), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;
const textArbitrary = fc
  .tuple(fc.constantFrom(0, 1, 250, 253, 254, 255, 256, 300), valueArbitrary)
  .map(([depth, value]) => `{"v": ${"[".repeat(depth)}${JSON.stringify(value)}${"]".repeat(depth)}}`);

test("what load lets pass is written as it is meant, and can be read back", async () => {
  await fc.assert(
    fc.asyncProperty(textArbitrary, async (text) => {
      let program: Awaited<ReturnType<typeof programOf>>;
      try {
        program = await programOf(spec(`{literal: ${text}}`));
      } catch (error) {
        expect(String(error)).toContain("E_VALUE_");
        expect(() => parseStrict(`[${text}]`)).toThrow(ValueError);
        return;
      }
      const sample = new SampleEngine(program);
      expect(sample.say("A.go")).toBe("Success {}");
      const [flow] = sample.store.reader.flows();
      const events = flow === undefined ? [] : sample.store.reader.trace(flow).events;
      expect(events.at(-2)).toMatchObject({ args: { o: parseStrict(text) } });
    }),
    { numRuns: 50 },
  );
});
