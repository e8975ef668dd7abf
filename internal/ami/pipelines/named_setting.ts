import type { NodeKind } from "./graph.ts";
import { hasWorker, isSource, KIND_NAMES, NODE_KINDS } from "./step_kind.ts";

/** What a step can be told as `name=value` (pipelines §3). */
export type SettingName = "name" | "worker" | "delay" | "workers" | "interval" | "count" | "path" | "in";

/** Which kinds of nodes each is for. */
const APPLIES: Readonly<Record<SettingName, (kind: NodeKind) => boolean>> = {
  name: () => true,
  worker: hasWorker,
  delay: (kind) => !isSource(kind),
  workers: hasWorker,
  interval: (kind) => kind === "timer",
  count: (kind) => kind === "timer",
  path: (kind) => kind === "io.read" || kind === "io.write",
  in: () => true,
};

/** What the arguments without a name are, in order. */
const POSITIONAL: Partial<Readonly<Record<NodeKind, readonly SettingName[]>>> = {
  transform: ["worker"],
  mutable: ["worker"],
  timer: ["interval", "count"],
  "io.read": ["path"],
  "io.write": ["path"],
};

export const SETTING_NAMES: readonly string[] = Object.keys(APPLIES);

export function isSettingName(word: string): word is SettingName {
  return Object.hasOwn(APPLIES, word);
}

export function appliesTo(name: SettingName, kind: NodeKind): boolean {
  return APPLIES[name](kind);
}

/** The setting that the argument without a name at `index` is; undefined if there is none so far. */
export function positionalSetting(kind: NodeKind, index: number): SettingName | undefined {
  return POSITIONAL[kind]?.[index];
}

/** The kinds that a setting is for, for messages: `Transform, Mutable`. */
export function kindsOf(name: SettingName): string {
  return NODE_KINDS.filter(APPLIES[name])
    .map((kind) => KIND_NAMES[kind])
    .join(", ");
}
