// Test cases for .wdl and .pdl files, made of what they declare and compare with (flows §8).
export { generateCases } from "./generate_cases.ts";
export type { Expectations, GeneratedCase } from "./test_case.ts";
