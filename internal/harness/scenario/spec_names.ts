import type { Action, Output, SpecSet, SpecType, Sync, Table } from "../../concept/mod.ts";
import { didYouMean } from "../../diag/mod.ts";
import { LOG_COLUMNS } from "../../store/mod.ts";
import type { YamlFindings, YamlScalar } from "../../yaml/mod.ts";

/** A text of a file and where it stands. */
export type Text = YamlScalar & { readonly value: string };

/** What a scenario can name of its specs; the load checks of scenarios.md §7. */
export class SpecNames {
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #syncs: ReadonlyMap<string, Sync>;
  /** Files with concepts that are wrong: what they declare is not known as a whole. */
  readonly #broken: ReadonlySet<string>;
  /** Whether an unknown name may be declared where it could not be read. */
  readonly #isOpen: { readonly concepts: boolean; readonly syncs: boolean };

  /** @param isOpen names that the set does not have may be right all the same */
  constructor({ concepts, syncs, findings }: SpecSet, isOpen = false) {
    this.#actions = new Map(concepts.flatMap(({ actions }) => actions).map((action) => [action.uri, action]));
    this.#tables = new Map(concepts.flatMap(({ tables }) => tables).map((table) => [table.name, table]));
    this.#syncs = new Map(syncs.map((sync) => [sync.name, sync]));
    const errors = findings.filter(({ level }) => level === "error");
    const ofConcepts = errors.filter(({ code }) => !code.startsWith("E_SYNC_"));
    this.#broken = new Set(ofConcepts.flatMap(({ file }) => file ?? []));
    this.#isOpen = { concepts: isOpen || ofConcepts.length > 0, syncs: isOpen || errors.length > 0 };
  }

  /** E_SCN_ACTION_UNKNOWN; undefined too where nothing is known of it. */
  action(uri: Text, findings: YamlFindings): Action | undefined {
    const action = this.#actions.get(uri.value);
    if (action !== undefined) return this.#broken.has(action.file) ? undefined : action;
    if (this.#isOpen.concepts) return undefined;
    const help = didYouMean(uri.value, this.#actions.keys());
    findings.add("E_SCN_ACTION_UNKNOWN", `no spec of the scenario has the action ${uri.value}`, uri, { help });
    return undefined;
  }

  /** E_SCN_CASE_UNKNOWN; undefined too where the action is not known. */
  case(name: Text, action: Action | undefined, findings: YamlFindings): Output | undefined {
    const output = action?.outputs.find((declared) => declared.case === name.value);
    if (action !== undefined && output === undefined) {
      const cases = action.outputs.map((declared) => declared.case);
      const message = `${action.uri} has no case ${name.value}; it has ${cases.join(", ")}`;
      findings.add("E_SCN_CASE_UNKNOWN", message, name, { help: didYouMean(name.value, cases) });
    }
    return output;
  }

  /** E_SCN_SYNC_UNKNOWN; what is returned are its variables. */
  sync(name: Text, findings: YamlFindings): readonly string[] | undefined {
    const sync = this.#syncs.get(name.value);
    if (sync === undefined && !this.#isOpen.syncs) {
      const help = didYouMean(name.value, this.#syncs.keys());
      findings.add("E_SCN_SYNC_UNKNOWN", `no spec of the scenario has the sync ${name.value}`, name, { help });
    }
    return sync?.variables;
  }

  /** The types of a state table's columns, as far as they are known. */
  columnTypes(name: string): ReadonlyMap<string, SpecType> {
    const table = this.#tables.get(name);
    const columns = table === undefined || this.#broken.has(table.file) ? [] : table.columns;
    return new Map(columns.map((column) => [column.name, column.type]));
  }

  /** E_SCN_TABLE_UNKNOWN; what is returned are its columns. */
  table(name: Text, findings: YamlFindings): readonly string[] | undefined {
    const table = this.#tables.get(name.value);
    if (table !== undefined) {
      return this.#broken.has(table.file) ? undefined : table.columns.map((column) => column.name);
    }
    const columns = LOG_COLUMNS.get(name.value);
    if (columns === undefined && !this.#isOpen.concepts) {
      const help = didYouMean(name.value, [...this.#tables.keys(), ...LOG_COLUMNS.keys()]);
      const message = `no spec of the scenario has the table ${name.value}, and the event log has none of that name`;
      findings.add("E_SCN_TABLE_UNKNOWN", message, name, { help });
    }
    return columns;
  }
}
