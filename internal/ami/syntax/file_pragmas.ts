import type { Name } from "./ast.ts";
import type { EdgePolicy } from "./merge_plan.ts";

/** Kinds of steps whose servers a file can bound. */
export const LIMIT_KINDS = ["ingress", "transform", "fanout", "collect", "mutable", "egress"] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

export const CAPABILITIES = ["io", "fs", "net", "device"] as const;
export type Capability = (typeof CAPABILITIES)[number];

export const SCHEDULES = ["fifo", "lifo", "fair", "worksteal"] as const;

export const EDGE_POLICIES: readonly EdgePolicy[] = ["block", "dropOldest", "dropNewest", "shuntOldest", "shuntNewest"];

export const TRUST_LEVELS = ["trusted", "untrusted"] as const;

/** What the pragmas of a file say (pipelines §1); undefined where they do not. */
export interface FilePragmas {
  /** Servers of every Transform and Mutable without `workers=`, 1…1024. */
  readonly workers: number | undefined;
  /** Upper bounds of servers, from 1. */
  readonly limits: ReadonlyMap<LimitKind, number>;
  /** Which in-edge a node serves next; `worksteal` is given as what it means. */
  readonly schedule: "fifo" | "lifo" | "fair" | undefined;
  /** Of edges that name none. */
  readonly policy: EdgePolicy | undefined;
  readonly capabilities: ReadonlySet<Capability>;
  readonly trust: (typeof TRUST_LEVELS)[number] | undefined;
  /** Paths of worker modules, as written, in order. */
  readonly modules: readonly Name[];
  /** Codes of warnings that are dropped in this file. */
  readonly disabled: ReadonlySet<string>;
}

/** The same while it is collected. */
export interface PragmaValues {
  workers: number | undefined;
  limits: Map<LimitKind, number>;
  schedule: FilePragmas["schedule"];
  policy: EdgePolicy | undefined;
  capabilities: Set<Capability>;
  trust: FilePragmas["trust"];
  modules: Name[];
  disabled: Set<string>;
}
