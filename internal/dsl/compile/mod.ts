// From files that were read to artifacts (flows §3, §9): policy documents, flow documents, triggers, Flow IR and the
// manifest, all in memory.
export { type Artifact, artifactText } from "./artifact.ts";
export { type Compiled, type CompileOptions, compileFiles } from "./compile_files.ts";
export { type CompiledTriggers, compileTriggers } from "./compile_triggers.ts";
export { draftFlow } from "./draft_flow.ts";
export { type Exits, eachExit } from "./exits.ts";
export { DEFAULT_CASE } from "./flow_draft.ts";
export { inputsSchema } from "./ir_document.ts";
export { jsonText } from "./json_text.ts";
export { policyDocument } from "./policy_document.ts";
export { slug } from "./slug.ts";
