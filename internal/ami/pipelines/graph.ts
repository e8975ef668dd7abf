import type { Position } from "../../diag/mod.ts";
import type { WorkerFn } from "../functions/mod.ts";
import type { EdgePolicy, MergePlan } from "../syntax/mod.ts";
import type { EdgeSettings } from "./edge_settings.ts";

export type NodeKind =
  | "ingress"
  | "timer"
  | "transform"
  | "mutable"
  | "fanout"
  | "collect"
  | "egress"
  | "io.read"
  | "io.write";

/** A step of a pipeline, as the executor runs it and the artifacts show it. */
export interface GraphNode {
  /** The step's name, and its number among the steps of that name (from 1, in source order). */
  readonly name: string;
  readonly id: number;
  /** What statistics, records and hops call it: the name, with `#2`, `#3` from the second on. */
  readonly label: string;
  readonly kind: NodeKind;
  /** Service time of one event, in milliseconds. */
  readonly delayMs: number;
  /** Servers, 1…1024. */
  readonly workers: number;
  /** Of a Transform or Mutable that has one: its name for artifacts, and what runs. */
  readonly worker?: { readonly name: string; readonly run: WorkerFn };
  readonly plan?: MergePlan;
  /** Of a Timer; an absent interval must come from the options (contributors' modules only). */
  readonly timer?: { readonly intervalMs: number | undefined; readonly count: number };
  /** Of io.Read and io.Write: as written, relative to the .ami file. */
  readonly path?: string;
  /** For the artifacts: arguments and attributes as written, without their names' places. */
  readonly args?: readonly string[];
  readonly attrs?: readonly string[];
  /** What holds for each of its in-edges; for the artifacts, which show it of steps without in-edges too. */
  readonly edge?: EdgeSettings;
  /** Where the step is declared. */
  readonly pos?: Position;
}

/** A queue between two nodes, by their indexes in `nodes`. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly queue: "FIFO" | "LIFO";
  readonly minCapacity?: number;
  readonly maxCapacity: number;
  readonly policy: EdgePolicy;
  readonly type?: string;
}

/** A checked pipeline. Nodes stand in source order (declaration order), edges in source order. */
export interface PipelineGraph {
  readonly package: string;
  /** The file name without `.ami`. */
  readonly unit: string;
  /** The folder of the .ami file, absolute: io paths are relative to it. */
  readonly folder: string;
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Which in-edge a node serves next (`worksteal` is fifo). */
  readonly schedule: "fifo" | "lifo" | "fair";
  /** Of `#pragma capabilities`. */
  readonly granted: ReadonlySet<"io" | "fs" | "net" | "device">;
  /** The pipeline that error records with an event enter; its first steps are those without in-edges. */
  readonly error?: PipelineGraph;
}
