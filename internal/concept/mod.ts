// Concept and sync specs (scenarios.md §2–§4): loaded from YAML with places, checked as far as can be without running
// anything, SQL included, and compiled to plain data: tables as DDL, bodies as statements to prepare, syncs as patterns,
// queries and templates.
export type { Action, Concept, Field, Output, Place, Principle, Table } from "./concept.ts";
export { ConceptSchema } from "./concept_schema.ts";
export { type ExaminedSql, examineSql } from "./examine_sql.ts";
export type { HandlerFault, HandlerModules } from "./handler_modules.ts";
export { loadSpecs, type SpecSet } from "./load_specs.ts";
export { mayNotEnd } from "./may_not_end.ts";
export { noBody } from "./no_body.ts";
export type { Snippet } from "./snippet.ts";
export { isSpecFile, specFilesIn } from "./spec_files.ts";
export { specHash } from "./spec_hash.ts";
export { misfits, type SpecType, typeName } from "./spec_type.ts";
export { SqlProbe } from "./sql_probe.ts";
export type { Pattern, Scope, Step, Sync, Template, Then, WhereQuery } from "./sync.ts";
export { SyncSchema } from "./sync_schema.ts";
export { quoted } from "./table_ddl.ts";
export { parseSteps, typeBelow } from "./value_path.ts";
