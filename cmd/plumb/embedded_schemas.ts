/** The names of all schemas: as in the `schema` key of their records, and of files that have none (flows, introduction). */
export const SCHEMA_NAMES = [
  "test.v1",
  "diag.v1",
  "errors.v1",
  "kv.metrics.v1",
  "kv.dump.v1",
  "stage.stats.v1",
  "run.stats.v1",
  "hop.v1",
  "edges.v1",
  "pipelines.v1",
  "graph.v1",
  "graph.batch.v1",
  "concept.v1",
  "sync.v1",
  "scenario.v1",
  "fragment.v1",
  "trace.v1",
  "golden.v1",
  "flow_ir",
  "manifest",
  "mocks",
  "mock_script",
  "runtime",
  "rep",
  "executor_check",
] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];

/** Names without their version, of what people write and look for in editors: `plumb schema scenario`. */
export const SHORT_NAMES = ["concept", "sync", "scenario", "fragment", "trace", "golden"] as const;

/** The schema of a name, with or without its version; undefined: there is none. */
export function schemaNamed(word: string): SchemaName | undefined {
  const isShort = SHORT_NAMES.some((short) => short === word);
  return SCHEMA_NAMES.find((known) => known === (isShort ? `${word}.v1` : word));
}

/**
 * The text of a schema, byte for byte that of docs/schemas/NAME.json. scripts/schemas makes those files from the
 * valibot schemas, and a test compares; so the generator, a development dependency, is no part of the executable.
 */
export async function schemaText(name: SchemaName): Promise<string> {
  return formatSchema((await load(name)).default);
}

/** How a schema is written: indented by two, with a final newline. */
export function formatSchema(schema: unknown): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function load(name: SchemaName): Promise<{ readonly default: unknown }> {
  switch (name) {
    case "test.v1":
      return import("../../docs/schemas/test.v1.json", { with: { type: "json" } });
    case "diag.v1":
      return import("../../docs/schemas/diag.v1.json", { with: { type: "json" } });
    case "errors.v1":
      return import("../../docs/schemas/errors.v1.json", { with: { type: "json" } });
    case "kv.metrics.v1":
      return import("../../docs/schemas/kv.metrics.v1.json", { with: { type: "json" } });
    case "kv.dump.v1":
      return import("../../docs/schemas/kv.dump.v1.json", { with: { type: "json" } });
    case "stage.stats.v1":
      return import("../../docs/schemas/stage.stats.v1.json", { with: { type: "json" } });
    case "run.stats.v1":
      return import("../../docs/schemas/run.stats.v1.json", { with: { type: "json" } });
    case "hop.v1":
      return import("../../docs/schemas/hop.v1.json", { with: { type: "json" } });
    case "edges.v1":
      return import("../../docs/schemas/edges.v1.json", { with: { type: "json" } });
    case "pipelines.v1":
      return import("../../docs/schemas/pipelines.v1.json", { with: { type: "json" } });
    case "graph.v1":
      return import("../../docs/schemas/graph.v1.json", { with: { type: "json" } });
    case "graph.batch.v1":
      return import("../../docs/schemas/graph.batch.v1.json", { with: { type: "json" } });
    case "concept.v1":
      return import("../../docs/schemas/concept.v1.json", { with: { type: "json" } });
    case "sync.v1":
      return import("../../docs/schemas/sync.v1.json", { with: { type: "json" } });
    case "scenario.v1":
      return import("../../docs/schemas/scenario.v1.json", { with: { type: "json" } });
    case "fragment.v1":
      return import("../../docs/schemas/fragment.v1.json", { with: { type: "json" } });
    case "trace.v1":
      return import("../../docs/schemas/trace.v1.json", { with: { type: "json" } });
    case "golden.v1":
      return import("../../docs/schemas/golden.v1.json", { with: { type: "json" } });
    case "flow_ir":
      return import("../../docs/schemas/flow_ir.json", { with: { type: "json" } });
    case "manifest":
      return import("../../docs/schemas/manifest.json", { with: { type: "json" } });
    case "mocks":
      return import("../../docs/schemas/mocks.json", { with: { type: "json" } });
    case "mock_script":
      return import("../../docs/schemas/mock_script.json", { with: { type: "json" } });
    case "runtime":
      return import("../../docs/schemas/runtime.json", { with: { type: "json" } });
    case "rep":
      return import("../../docs/schemas/rep.json", { with: { type: "json" } });
    case "executor_check":
      return import("../../docs/schemas/executor_check.json", { with: { type: "json" } });
  }
}
