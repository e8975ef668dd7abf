import { DeadlineHeap } from "./deadline_heap.ts";
import type { Entry } from "./entry.ts";
import { RecencyList } from "./recency_list.ts";

/** What takes one change of the table back, if everything done after it was taken back before. */
type Undo =
  | { readonly done: "add"; readonly entry: Entry }
  | { readonly done: "remove"; readonly entry: Entry; readonly after: Entry | undefined }
  | { readonly done: "touch"; readonly entry: Entry; readonly after: Entry | undefined }
  | { readonly done: "renew"; readonly entry: Entry; readonly deadline: number; readonly readsLeft: number };

/**
 * The entries of one store by key, by recency and by deadline, kept in step, with an undo journal while a transaction is
 * open. It knows nothing of time, counters or capacity: that is the store's part.
 */
export class EntryTable {
  readonly #byKey = new Map<string, Entry>();
  readonly #recency = new RecencyList();
  readonly #deadlines = new DeadlineHeap();
  #journal: Undo[] | undefined;

  get size(): number {
    return this.#byKey.size;
  }

  get(key: string): Entry | undefined {
    return this.#byKey.get(key);
  }

  keys(): string[] {
    return [...this.#byKey.keys()];
  }

  /** The least recently used entry. */
  get oldest(): Entry | undefined {
    return this.#recency.oldest;
  }

  /** An entry whose deadline is `now` or earlier, the earliest first. */
  expired(now: number): Entry | undefined {
    const first = this.#deadlines.first;
    return first !== undefined && first.deadline <= now ? first : undefined;
  }

  /** Adds an entry under a key that is free, as the most recent. */
  add(entry: Entry): void {
    this.#byKey.set(entry.key, entry);
    this.#recency.append(entry);
    if (entry.ttlMs !== undefined) this.#deadlines.push(entry);
    this.#journal?.push({ done: "add", entry });
  }

  remove(entry: Entry): void {
    const after = this.#detach(entry);
    this.#journal?.push({ done: "remove", entry, after });
  }

  /** Makes an entry the most recent. */
  touch(entry: Entry): void {
    if (this.#recency.newest === entry) return;
    const after = this.#recency.remove(entry);
    this.#recency.append(entry);
    this.#journal?.push({ done: "touch", entry, after });
  }

  /** Sets what a hit changes in an entry. */
  renew(entry: Entry, deadline: number, readsLeft: number): void {
    this.#journal?.push({ done: "renew", entry, deadline: entry.deadline, readsLeft: entry.readsLeft });
    this.#set(entry, deadline, readsLeft);
  }

  get inTransaction(): boolean {
    return this.#journal !== undefined;
  }

  begin(): void {
    this.#journal = [];
  }

  commit(): void {
    this.#journal = undefined;
  }

  /** Takes back everything since `begin`, the order of recency included. */
  rollback(): void {
    const journal = this.#journal ?? [];
    this.#journal = undefined;
    for (const undo of journal.reverse()) this.#undo(undo);
  }

  #undo(undo: Undo): void {
    switch (undo.done) {
      case "add":
        this.#detach(undo.entry);
        return;
      case "remove":
        this.#byKey.set(undo.entry.key, undo.entry);
        this.#recency.insertAfter(undo.after, undo.entry);
        if (undo.entry.ttlMs !== undefined) this.#deadlines.push(undo.entry);
        return;
      case "touch":
        this.#recency.remove(undo.entry);
        this.#recency.insertAfter(undo.after, undo.entry);
        return;
      case "renew":
        this.#set(undo.entry, undo.deadline, undo.readsLeft);
    }
  }

  #detach(entry: Entry): Entry | undefined {
    this.#byKey.delete(entry.key);
    this.#deadlines.remove(entry);
    return this.#recency.remove(entry);
  }

  #set(entry: Entry, deadline: number, readsLeft: number): void {
    entry.readsLeft = readsLeft;
    if (entry.deadline === deadline) return;
    entry.deadline = deadline;
    this.#deadlines.update(entry);
  }
}
