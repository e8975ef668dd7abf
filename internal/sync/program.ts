import { type Action, type Concept, type SpecSet, SqlProbe, type Sync, specHash, type Table } from "../concept/mod.ts";
import { type StateTable, storeTemplate } from "../store/mod.ts";
import { type CompiledAction, compileAction } from "./compiled_action.ts";
import { type CompiledSync, compileSync } from "./compiled_sync.ts";

/** A spec set made ready to run: what never changes between engines, made once. No finding of the set may be an error. */
export class Program {
  readonly concepts: readonly Concept[];
  /** In load order, which is the order in which they are evaluated. */
  readonly syncs: readonly Sync[];
  /** By URI. */
  readonly actions: ReadonlyMap<string, Action>;
  readonly tables: readonly Table[];
  /** Of all spec and handler files (scenarios.md §6). */
  readonly specHash: string;
  readonly #compiled: ReadonlyMap<string, CompiledAction>;
  readonly #syncsOf = new Map<string, CompiledSync[]>();
  readonly #probes = new Map<string, SqlProbe>();
  #template: Uint8Array | undefined;

  constructor({ concepts, syncs, files }: Pick<SpecSet, "concepts" | "syncs" | "files">) {
    this.concepts = concepts;
    this.syncs = syncs;
    const actions = concepts.flatMap((concept) => concept.actions);
    this.actions = new Map(actions.map((action) => [action.uri, action]));
    this.tables = concepts.flatMap((concept) => concept.tables);
    this.specHash = specHash(files);
    this.#compiled = new Map(actions.map((action) => [action.uri, compileAction(action)]));
    for (const sync of syncs) {
      const compiled = compileSync(sync, this.actions);
      for (const uri of new Set(sync.when.map(({ action }) => action))) {
        const others = this.#syncsOf.get(uri);
        if (others === undefined) this.#syncsOf.set(uri, [compiled]);
        else others.push(compiled);
      }
    }
  }

  /** What `migrate` of a store wants: the tables of all concepts. */
  get stateTables(): readonly StateTable[] {
    return this.tables.map(({ name, ddl }) => ({ name, create: ddl }));
  }

  /** A new log with the state tables, serialised (`openTemplate`); made once. */
  template(): Uint8Array {
    this.#template ??= storeTemplate(this.stateTables);
    return this.#template;
  }

  compiled(uri: string): CompiledAction | undefined {
    return this.#compiled.get(uri);
  }

  /** Syncs that have a pattern on an action, in load order. */
  syncsOf(uri: string): readonly CompiledSync[] {
    return this.#syncsOf.get(uri) ?? NONE;
  }

  /** An empty database that has only the tables of a concept: what its handlers may use. */
  probe(concept: string): SqlProbe {
    const known = this.#probes.get(concept);
    if (known !== undefined) return known;
    const owners = new Map(this.tables.map((table) => [table.name.toLowerCase(), table.concept]));
    const own = this.tables.filter((table) => table.concept === concept);
    const probe = new SqlProbe(own, owners);
    this.#probes.set(concept, probe);
    return probe;
  }
}

const NONE: readonly CompiledSync[] = [];
