import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { artifactText, EDGE_POLICIES, planOfDocuments, stepLabel } from "../ami/mod.ts";
import { writeAtomically } from "../files/mod.ts";
import { refuse } from "./check_error.ts";
import type { Edge, Module, ModuleCollect, ModulePipeline } from "./module.ts";

const Id = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1);
const Name = v.pipe(v.string(), v.nonEmpty());

/** edges.v1 as a reader takes it (pipelines §15): what is missing has its default, what is unknown is ignored. */
const EdgesFile = v.object({
  schema: v.literal("edges.v1"),
  package: Name,
  edges: v.array(
    v.object({
      unit: v.exactOptional(v.string()),
      pipeline: Name,
      from: Name,
      to: Name,
      fromId: Id,
      toId: Id,
      bounded: v.exactOptional(v.boolean()),
      delivery: v.exactOptional(v.string()),
      type: v.exactOptional(v.string()),
      minCapacity: v.exactOptional(v.number()),
      maxCapacity: v.exactOptional(v.number()),
      backpressure: v.exactOptional(v.picklist(EDGE_POLICIES)),
      queue: v.exactOptional(v.picklist(["FIFO", "LIFO"])),
    }),
  ),
  collect: v.optional(
    v.array(
      v.object({
        pipeline: Name,
        step: Name,
        id: Id,
        merge: v.optional(
          v.array(v.object({ name: v.string(), args: v.array(v.union([v.string(), v.number()])) })),
          [],
        ),
      }),
    ),
    [],
  ),
});
type EdgesFile = v.InferOutput<typeof EdgesFile>;

/** Where the edges of a package stand, below the folder in which `plumb pipeline graph --emit-debug` ran. */
function edgesPath(dir: string, pkg: string): string {
  return join(dir, "build", "debug", "asm", pkg, "edges.json");
}

/**
 * Writes the edges of one pipeline as a minimal edges.v1 file, in their order, and returns its path (pipelines §14).
 *
 * @example
 * writeEdges(tempDir(), "app", "P", [{ from: "ingress", to: "egress" }]); // …/build/debug/asm/app/edges.json
 */
export function writeEdges(dir: string, pkg: string, pipeline: string, edges: readonly Edge[]): string {
  const path = edgesPath(dir, pkg);
  const document = { schema: "edges.v1", package: pkg, edges: edges.map((edge) => edgeDocument(pkg, pipeline, edge)) };
  writeAtomically(path, artifactText(document));
  return path;
}

/** Reads a module back from the file of `writeEdges` or of `plumb pipeline graph --emit-debug`, Collects included. */
export function readModule(dir: string, pkg: string): Module {
  const path = edgesPath(dir, pkg);
  const { package: name, edges, collect } = parseFile(path, readFileSync(path, "utf8"));
  const names = [...new Set(edges.map(({ pipeline }) => pipeline))];
  return { package: name, pipelines: names.map((pipeline) => modulePipeline(pipeline, edges, collect)) };
}

/** Writes the edges of one pipeline and returns the module that has it. */
export function makeModuleWithEdges(dir: string, pkg: string, pipeline: string, edges: readonly Edge[]): Module {
  writeEdges(dir, pkg, pipeline, edges);
  return readModule(dir, pkg);
}

/** Keys stand in the order of pipelines §15. */
function edgeDocument(pkg: string, pipeline: string, edge: Edge): object {
  const { unit = pkg, from, to, fromId = 1, toId = 1, bounded, delivery, type } = edge;
  const { minCapacity, maxCapacity, backpressure, queue } = edge;
  return {
    ...{ unit, pipeline, from, to, fromId, toId, bounded, delivery, type },
    ...{ minCapacity, maxCapacity, backpressure, queue },
  };
}

function parseFile(path: string, text: string): EdgesFile {
  const parsed = v.safeParse(EdgesFile, JSON.parse(text));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return refuse("E_EDGES_SHAPE", `${path} is no edges.v1 document: ${v.getDotPath(issue) ?? "$"}: ${issue.message}`);
}

function modulePipeline(name: string, edges: EdgesFile["edges"], collect: EdgesFile["collect"]): ModulePipeline {
  return {
    name,
    edges: edges.filter(({ pipeline }) => pipeline === name).map(({ pipeline: _, ...edge }): Edge => edge),
    collects: collect
      .filter(({ pipeline }) => pipeline === name)
      .map(
        ({ step, id, merge }): ModuleCollect => ({ step: stepLabel({ name: step, id }), plan: planOfDocuments(merge) }),
      ),
  };
}
