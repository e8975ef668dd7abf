// A whole compile: files are read, the policies that they name found, all linted and compiled (flows §3, §8); and the same
// in memory for the library (flows §19).
export {
  buildDsl,
  type DslInput,
  type FindPolicy,
  type ReadInput,
} from "./build_dsl.ts";
export {
  type CompileDslOptions,
  type CompiledDsl,
  compileDsl,
  DslError,
  type DslText,
  planDsl,
} from "./compile_dsl.ts";
export { testgenDsl } from "./testgen_dsl.ts";
