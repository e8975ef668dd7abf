import type { CallStep, WhenStep } from "../syntax/mod.ts";

/** The graph of a flow before it becomes a document: nodes and edges in their order (flows §3). */
export interface FlowDraft {
  readonly entry: string;
  readonly nodes: readonly DraftNode[];
  readonly edges: readonly DraftEdge[];
}

export type DraftNode = DraftCall | DraftSwitch | DraftEnd;

export interface DraftCall {
  readonly kind: "call";
  readonly id: string;
  readonly at: number;
  readonly step: CallStep;
}

export interface DraftSwitch {
  readonly kind: "switch";
  readonly id: string;
  readonly at: number;
  readonly when: WhenStep;
  /** Literal -> id of a node, in the order in which they were found. */
  readonly cases: ReadonlyMap<string, string>;
}

/** The node of the outputs, or the one behind it. */
export interface DraftEnd {
  readonly kind: "emit" | "finish";
  readonly id: string;
  readonly at: number;
}

export interface DraftEdge {
  readonly from: string;
  readonly to: string;
  readonly on: "success" | "failure";
  readonly case: string | undefined;
}

/** The case of a switch that no literal is. */
export const DEFAULT_CASE = "_DEFAULT";
