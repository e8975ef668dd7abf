// The languages of flows and their policies, .wdl and .pdl (spec/flows.md): reading them, and compiling them to policy
// documents, flow documents, triggers, Flow IR and a manifest.
export * from "./compile/mod.ts";
export * from "./syntax/mod.ts";
