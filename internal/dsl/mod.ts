// The languages of flows and their policies, .wdl and .pdl (spec/flows.md): reading them, looking through them, compiling them to
// policy documents, flow documents, triggers, Flow IR and a manifest, drawing their
// plan and making test cases of them.

export {
  type Artifact,
  artifactText,
  type Compiled,
  type CompileOptions,
  compileFiles,
  compileTriggers,
  jsonText,
  slug,
} from "./compile/mod.ts";
export * from "./lint/mod.ts";
export * from "./out_folder/mod.ts";
export * from "./plan/mod.ts";
export * from "./syntax/mod.ts";
export * from "./testgen/mod.ts";
export * from "./toolchain/mod.ts";
