import { isSpecFile } from "../../internal/concept/mod.ts";
import { dslKind } from "../../internal/dsl/mod.ts";
import { isFragmentFile, isScenarioFile } from "../../internal/harness/mod.ts";
import { AmiChecker } from "./check_ami.ts";
import { checkConfig } from "./check_config.ts";
import { dslCheck } from "./check_dsl.ts";
import { checkIrFile, checkManifestFile, checkMocksFile, isMocksFile } from "./check_flow.ts";
import { goldenCheck } from "./check_goldens.ts";
import type { Kind } from "./check_kind.ts";
import { SpecChecker } from "./check_specs.ts";

/** Every kind that `plumb check` knows; the first that matches a name is the one (cli.md, `plumb check`). */
export const KINDS: readonly Kind[] = [
  {
    pattern: "*.ami",
    matches: (name) => name.endsWith(".ami"),
    open: (cwd) => {
      const checker = new AmiChecker(cwd);
      return ({ path }) => checker.check(path);
    },
  },
  {
    pattern: "*.concept.yaml, *.sync.yaml, *.scenario.yaml, *.fragment.yaml",
    matches: (name) => isSpecFile(name) || isScenarioFile(name) || isFragmentFile(name),
    open: (cwd, files) => {
      const checker = new SpecChecker(cwd, files);
      return (file) => checker.check(file);
    },
  },
  {
    pattern: "golden/*.golden.jsonl",
    matches: (name) => name.endsWith(".golden.jsonl"),
    isOnlyFound: true,
    open: goldenCheck,
  },
  {
    pattern: "*.wdl, *.pdl",
    matches: (name) => dslKind(name) !== undefined,
    open: dslCheck,
  },
  { pattern: "*.ir.json", matches: (name) => name.endsWith(".ir.json"), open: () => checkIrFile },
  {
    pattern: "manifest.json",
    matches: (name) => name === "manifest.json",
    open: (cwd) => (file) => checkManifestFile(file, cwd),
  },
  { pattern: "mocks*.yaml|json, *.mocks.yaml|json", matches: isMocksFile, open: () => checkMocksFile },
  { pattern: "plumb.yaml", matches: (name) => name === "plumb.yaml", open: () => (file) => checkConfig(file, []) },
  {
    pattern: "runtime.yaml",
    matches: (name) => name === "runtime.yaml",
    open: () => (file) => checkConfig(file, ["runtime"]),
  },
];

/** The kind of a file by its name; undefined: none is known. */
export function kindOf(name: string): Kind | undefined {
  return KINDS.find(({ matches }) => matches(name));
}
