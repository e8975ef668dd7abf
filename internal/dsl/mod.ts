// The languages of flows and their policies, .wdl and .pdl (spec/flows.md): reading them.
export * from "./syntax/mod.ts";
