/** The names of all schemas, as in the `schema` key of their records. */
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
] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];

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
  }
}
