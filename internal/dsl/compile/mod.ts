// From files that were read to artifacts (flows §3, §9): policy documents, flow documents, triggers, Flow IR and the
// manifest, all in memory.
export { type Artifact, artifactText } from "./artifact.ts";
export { type Compiled, type CompileOptions, compileFiles } from "./compile_files.ts";
export { type CompiledTriggers, compileTriggers } from "./compile_triggers.ts";
export { type Exits, eachExit } from "./exits.ts";
export { jsonText } from "./json_text.ts";
export { slug } from "./slug.ts";
