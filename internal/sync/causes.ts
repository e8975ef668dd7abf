import { type EncodedBindings, type LoggedCompletion, type Store, syncName } from "../store/mod.ts";

/** A firing, with those that led to it (scenarios.md §4, Cycle). */
export interface Cause {
  readonly sync: string;
  readonly bindings: EncodedBindings;
  readonly trigger: LoggedCompletion;
  /** The invocation that it made. */
  readonly seq: number;
  readonly action: string;
  /** The firing that led to its trigger. */
  readonly before: Cause | undefined;
  /** What fired below the same root, at least: a firing that is not among them is no cycle, however long the chain. */
  readonly fired: FiredBelow;
}

/** Hashes of bindings by sync. */
export class FiredBelow {
  readonly #hashes = new Map<string, Set<string>>();

  has(sync: string, hash: string): boolean {
    return this.#hashes.get(sync)?.has(hash) ?? false;
  }

  add(sync: string, hash: string): void {
    const hashes = this.#hashes.get(sync);
    if (hashes === undefined) this.#hashes.set(sync, new Set([hash]));
    else hashes.add(hash);
  }
}

/** Who caused what is at work, without asking the log at every step. */
export class Causes {
  readonly #store: Store;
  /** Of invocations that this engine made and has not evaluated. */
  readonly #made = new Map<string, Cause>();
  /** Invocations that were there before it, as long as the log has not been asked. */
  readonly #old: Set<string>;

  constructor(store: Store) {
    this.#store = store;
    this.#old = new Set([
      ...[...store.pending].map(({ id }) => id),
      ...[...store.unevaluated].map(({ invocation }) => invocation.id),
    ]);
  }

  /** The firing that made an invocation; undefined: it is a root. */
  of({ id, invocation }: LoggedCompletion): Cause | undefined {
    const made = this.#made.get(invocation.id);
    if (made !== undefined || !this.#old.has(invocation.id)) return made;
    return this.#read(id);
  }

  add(invocationId: string, cause: Cause): void {
    this.#made.set(invocationId, cause);
  }

  /** The completion of an invocation is evaluated. */
  remove(invocationId: string): void {
    this.#made.delete(invocationId);
  }

  /** Nothing waits any more. */
  clear(): void {
    this.#made.clear();
    this.#old.clear();
  }

  #read(completionId: string): Cause | undefined {
    const { queries } = this.#store;
    const fired = new FiredBelow();
    let cause: Cause | undefined;
    for (const { sync_id, binding_hash, bindings = "{}", trigger, invocation } of [
      ...queries.ancestors(completionId),
    ].reverse()) {
      const [triggered, made] = [queries.completion(trigger), queries.invocation(invocation)];
      if (triggered === undefined || made === undefined) continue;
      const sync = syncName(sync_id);
      fired.add(sync, binding_hash);
      const encoded = { text: bindings, hash: binding_hash };
      cause = {
        sync,
        bindings: encoded,
        trigger: triggered,
        seq: made.seq,
        action: made.action_uri,
        before: cause,
        fired,
      };
    }
    return cause;
  }
}

/** The ancestor that is the same firing; undefined: there is none. */
export function sameAncestor(cause: Cause | undefined, sync: string, { hash }: EncodedBindings): Cause | undefined {
  if (cause === undefined || !cause.fired.has(sync, hash)) return undefined;
  let at: Cause | undefined = cause;
  while (at !== undefined && (at.bindings.hash !== hash || at.sync !== sync)) at = at.before;
  return at;
}

/** The message of E_SYNC_CYCLE, with the chain from the ancestor to the firing that is refused. */
export function cycleMessage(
  sync: string,
  { text }: EncodedBindings,
  trigger: LoggedCompletion,
  nearest: Cause | undefined,
  ancestor: Cause,
): string {
  const lines: string[] = [];
  for (let at = nearest; at !== undefined; at = at === ancestor ? undefined : at.before) {
    lines.push(`  ${fires(at.trigger, at.sync, at.bindings.text)} -> [${at.seq}] ${at.action}`);
  }
  return [
    `sync ${JSON.stringify(sync)} would fire again with ${text}, which is among the causes of [${trigger.seq}]`,
    ...lines.reverse(),
    `  ${fires(trigger, sync, text)}    refused`,
  ].join("\n");
}

function fires({ seq, invocation }: LoggedCompletion, sync: string, bindings: string): string {
  return `[${seq}] ${invocation.action_uri} -> ${sync} ${bindings}`;
}
