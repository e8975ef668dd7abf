import { expect, test } from "bun:test";
import fc from "fast-check";
import { sortedRecord } from "../diag/mod.ts";
import { canonical } from "../value/mod.ts";
import { jsonText } from "./json_text.ts";

test("keys keep their order", () => {
  expect(jsonText({ b: 1, a: [null] })).toBe('{"b":1,"a":[null]}');
});

test("keys that are whole numbers stand where their code units put them, at any depth", () => {
  expect(jsonText({ z: 1, data: { "9": [{ b: 1, "2": 2, "11": 3 }], "10": undefined, "1x": 4, "01": 5 } })).toBe(
    '{"z":1,"data":{"01":5,"1x":4,"9":[{"11":3,"2":2,"b":1}]}}',
  );
  expect(jsonText({ b: '{"9":1}', a: '"9":' })).toBe('{"b":"{\\"9\\":1}","a":"\\"9\\":"}');
  expect(jsonText({ data: { "4294967295": 1, "9": 2n ** 64n, "10": null } })).toBe(
    '{"data":{"10":null,"4294967295":1,"9":18446744073709551616}}',
  );
});

test("sorted data is canonical JSON, whatever its keys are called", () => {
  const key = fc.oneof(fc.nat({ max: 120 }).map(String), fc.string({ maxLength: 3 }));
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.oneof(fc.boolean(), fc.dictionary(key, fc.nat()), fc.array(fc.nat()))),
      (data) => {
        expect(jsonText({ data: sortedRecord(data) })).toBe(canonical({ data }));
      },
    ),
    { numRuns: 300 },
  );
});

test("a bigint keeps all its digits, at any depth", () => {
  expect(jsonText({ a: [9223372036854775807n] })).toBe('{"a":[9223372036854775807]}');
});

test("a value that is no JSON for another reason is a bug and throws", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  expect(() => jsonText(circle)).toThrow(TypeError);
});

test("JSON values come back as they were", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
