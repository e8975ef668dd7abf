import type { EdgePolicy, MergePlan } from "../ami/mod.ts";

/** An edge of a pipeline that is built, not written (pipelines §14). What is left out has the defaults of pipelines §3. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Which of the steps of that name, from 1, the default. */
  readonly fromId?: number;
  readonly toId?: number;
  /** A file name without `.ami`. */
  readonly unit?: string;
  readonly type?: string;
  /** `false`: the queue has no bound. */
  readonly bounded?: boolean;
  readonly delivery?: string;
  readonly minCapacity?: number;
  readonly maxCapacity?: number;
  readonly backpressure?: EdgePolicy;
  readonly queue?: "FIFO" | "LIFO";
}

/** A step that is a Collect, called as in output (`C`, `C#2`), and how it merges. */
export interface ModuleCollect {
  readonly step: string;
  readonly plan: MergePlan;
}

export interface ModulePipeline {
  readonly name: string;
  readonly edges: readonly Edge[];
  readonly collects: readonly ModuleCollect[];
}

/** A package of pipelines, as its debug artifact `edges.json` has it. Modules are never changed: builders make new ones. */
export interface Module {
  readonly package: string;
  readonly pipelines: readonly ModulePipeline[];
}
