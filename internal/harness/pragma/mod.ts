// Reads `*_test.ami` files: the pragma lines of a text, their values, and the cases that they make (ami-tests §1–§3).
// Everything here is a function of the text alone; nothing opens a file or runs anything.
export type {
  At,
  CaseSpec,
  DirectiveSpec,
  ExpectedSpec,
  FixtureSpec,
  InputSpec,
  KvSpec,
  RuntimeSpec,
} from "./cases.ts";
export { pragmaHelp } from "./pragma_help.ts";
export { readTestFile, type TestFile } from "./test_file.ts";
