import type { Action, Concept, Table } from "./concept.ts";

/** What syncs can name: all loaded actions and tables. */
export class Catalog {
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #tables: ReadonlyMap<string, Table>;
  /** A file could not be read: what it holds is not known, so that an unknown name may be in it. */
  readonly isPartial: boolean;

  constructor(concepts: readonly Concept[], isPartial: boolean) {
    this.#actions = new Map(concepts.flatMap(({ actions }) => actions).map((action) => [action.uri, action]));
    this.#tables = new Map(concepts.flatMap(({ tables }) => tables).map((table) => [table.name, table]));
    this.isPartial = isPartial;
  }

  action(uri: string): Action | undefined {
    return this.#actions.get(uri);
  }

  table(name: string): Table | undefined {
    return this.#tables.get(name);
  }

  get actionNames(): readonly string[] {
    return [...this.#actions.keys()];
  }

  get tableNames(): readonly string[] {
    return [...this.#tables.keys()];
  }
}
