import { toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { formatSchema, SCHEMA_NAMES, type SchemaName } from "../cmd/plumb/embedded_schemas.ts";
import { EdgesSchema, GraphBatchSchema, GraphSchema, PipelinesSchema } from "../internal/ami/mod.ts";
import { ConceptSchema, SyncSchema } from "../internal/concept/mod.ts";
import { RuntimeDocumentSchema } from "../internal/config/mod.ts";
import { CheckRecordSchema, CheckSummarySchema } from "../internal/conformance/mod.ts";
import { DiagnosticSchema, ErrorRecordSchema, PositionSchema } from "../internal/diag/mod.ts";
import { MocksSchema } from "../internal/engine/mod.ts";
import { MockScriptSchema } from "../internal/executor/mod.ts";
import {
  DeclaredInputsSchema,
  FlowIrSchema,
  ForeignInputsSchema,
  InputsSchemaSchema,
  ManifestSchema,
} from "../internal/flow/mod.ts";
import { FragmentSchema, ScenarioSchema, TestRecordSchema } from "../internal/harness/mod.ts";
import { KvDumpSchema, KvMetricsSchema } from "../internal/kvstore/mod.ts";
import { HopSchema, RunStatsSchema, StageStatsSchema } from "../internal/pipeline/mod.ts";
import { BootIdSchema, FrameSchema, ObjectSchema } from "../internal/rep/mod.ts";
import { GoldenHeaderSchema, TraceEventSchema, TraceSchema } from "../internal/trace/mod.ts";
import { StrictValueSchema } from "../internal/yaml/mod.ts";

interface Source {
  readonly schema: v.GenericSchema;
  readonly description: string;
}

const SOURCES: Record<SchemaName, Source> = {
  "test.v1": {
    schema: TestRecordSchema,
    description:
      "A record of the stream that `plumb test --json` prints, one a line. diag.v1 records stand among them. A stream without run_end is truncated.",
  },
  "diag.v1": { schema: DiagnosticSchema, description: "A finding about an input, or a fact about a case." },
  "errors.v1": {
    schema: ErrorRecordSchema,
    description: "An error of a run, as the default error pipeline writes it.",
  },
  "kv.metrics.v1": { schema: KvMetricsSchema, description: "The counters of a key/value store, or their sums." },
  "kv.dump.v1": { schema: KvDumpSchema, description: "The sorted keys of a key/value store, or of all of them." },
  "stage.stats.v1": {
    schema: StageStatsSchema,
    description: "What became of the events of one step of a pipeline run.",
  },
  "run.stats.v1": { schema: RunStatsSchema, description: "What became of a pipeline run." },
  "hop.v1": { schema: HopSchema, description: "One thing that happened to an event at a step, as --trace writes it." },
  "edges.v1": { schema: EdgesSchema, description: "The edges of a package and the plans of its Collects: edges.json." },
  "pipelines.v1": {
    schema: PipelinesSchema,
    description: "The pipelines of a .ami file, checked and normalised: UNIT.pipelines.json.",
  },
  "graph.v1": { schema: GraphSchema, description: "A pipeline as `plumb pipeline graph --format json` draws it." },
  "graph.batch.v1": {
    schema: GraphBatchSchema,
    description: "The last line behind the graphs of a file: their number.",
  },
  "concept.v1": {
    schema: ConceptSchema,
    description: "A document of a *.concept.yaml file: a concept with its state and its actions.",
  },
  "sync.v1": {
    schema: SyncSchema,
    description: "A document of a *.sync.yaml file: what is invoked when actions have ended.",
  },
  "scenario.v1": { schema: ScenarioSchema, description: "A *.scenario.yaml file, which `plumb test` runs." },
  "fragment.v1": { schema: FragmentSchema, description: "A *.fragment.yaml file: what several scenarios share." },
  "trace.v1": {
    schema: TraceSchema,
    description: "What `plumb trace --format json` prints: the flows of an event log.",
  },
  "golden.v1": {
    schema: v.union([GoldenHeaderSchema, TraceEventSchema]),
    description: "A line of a golden file: first its header, then one trace event a line.",
  },
  flow_ir: {
    schema: FlowIrSchema,
    description:
      "A flow as engines and executors run it: Flow IR 1.0.0. Ids are unique, edges lead from node to node, the graph has no cycle and one entry; `plumb check` holds a file to that too.",
  },
  manifest: {
    schema: ManifestSchema,
    description: "What a compile has made: an entry a flow, in path order. Names are unique.",
  },
  mocks: {
    schema: MocksSchema,
    description:
      "A mocks file: step id or kind -> an answer, a list of answers used in call order, or a result as it is.",
  },
  mock_script: {
    schema: MockScriptSchema,
    description:
      "What `plumb executor mock --scripted FILE` does instead of what an honest executor does: on a method, `start`, `eof` or `sigterm`, every time or the nth, a list of actions.",
  },
  runtime: { schema: RuntimeDocumentSchema, description: "A runtime.yaml: how flows are run." },
  rep: {
    schema: FrameSchema,
    description:
      "A frame of REP v0.1, the Runtime Execution Protocol: one JSON object a line. The host sends requests, the executor answers each once, with its id.",
  },
  executor_check: {
    schema: v.union([CheckRecordSchema, CheckSummarySchema]),
    description: "What `plumb executor check --json` prints: a record a check, one a line, then a summary.",
  },
};

/** Makes docs/schemas/*.json from the valibot schemas: JSON Schema 2020-12, by name. Run by scripts/schemas. */
export function generateSchemas(): ReadonlyMap<SchemaName, string> {
  return new Map(SCHEMA_NAMES.map((name) => [name, formatSchema(document(name, SOURCES[name]))]));
}

function document(name: SchemaName, { schema, description }: Source): Record<string, unknown> {
  const generated = toJsonSchema(schema, {
    target: "draft-2020-12",
    errorMode: "throw",
    // The first says something to the compiler only, the second that a list is no object.
    ignoreActions: ["readonly", "check"],
    // Of a schema behind another, the latter.
    typeMode: "output",
    overrideSchema: ({ valibotSchema }) => {
      if (valibotSchema === InputsSchemaSchema) return inputsSchema();
      // Schemas of values that may hold bigints, which JSON Schema knows as integers.
      if (valibotSchema === ObjectSchema) return { type: "object" };
      return valibotSchema === BootIdSchema ? { type: ["string", "integer"] } : undefined;
    },
    definitions:
      name === "diag.v1"
        ? { position: PositionSchema }
        : { diagnostic: DiagnosticSchema, position: PositionSchema, value: StrictValueSchema },
  });
  const { $schema, $defs, ...rest } = generated;
  return {
    $schema,
    // A URN, because the schema is found by its name and not at an address.
    $id: `urn:plumb:schema:${name}`,
    title: name,
    description,
    ...rest,
    ...used($defs, rest),
  };
}

/** Which of the two it is depends on the value: what JSON Schema has for that is `anyOf`. */
function inputsSchema(): ReturnType<typeof toJsonSchema> {
  const options: Parameters<typeof toJsonSchema>[1] = { ignoreActions: ["check"], typeMode: "output" };
  const [declared, foreign] = [DeclaredInputsSchema, ForeignInputsSchema].map((schema) => {
    const { $schema, ...rest } = toJsonSchema(schema, options);
    return rest;
  });
  return { anyOf: [declared ?? {}, foreign ?? {}] };
}

/** The definitions that `schema` refers to, directly or by way of one another. */
function used(definitions: Readonly<Record<string, unknown>> | undefined, schema: unknown): object {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, name = ""] of JSON.stringify(value ?? null).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
      if (names.has(name)) continue;
      names.add(name);
      visit(definitions?.[name]);
    }
  };
  visit(schema);
  const entries = [...names].sort().map((name) => [name, definitions?.[name]]);
  return entries.length === 0 ? {} : { $defs: Object.fromEntries(entries) };
}
