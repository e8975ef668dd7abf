import { didYouMean } from "../../diag/mod.ts";
import { type Json, setKey } from "../../value/mod.ts";
import { type DslIssue, dslIssue, type KeyEntry, type WdlFile } from "../syntax/mod.ts";
import { DepthFault, jsonObject, jsonValue } from "./json_value.ts";
import { unquoted } from "./unquoted.ts";
import { TriggerFault, type WrittenTrigger, writtenTriggers } from "./written_trigger.ts";

type JsonObject = { [key: string]: Json };

/** The triggers of flows, and what is wrong with some. */
export interface CompiledTriggers {
  readonly triggers: readonly JsonObject[];
  readonly issues: readonly DslIssue[];
}

/**
 * Compiles the triggers of a flow to entries of `triggers.yaml` (flows §3).
 *
 * @param taken ids of triggers that are there already; those of this file are added
 */
export function compileTriggers(file: WdlFile, taken: Set<string> = new Set()): CompiledTriggers {
  const triggers: JsonObject[] = [];
  const issues: DslIssue[] = [];
  for (const [index, written] of writtenTriggers(file.triggers).entries()) {
    try {
      if (written instanceof TriggerFault) throw written;
      triggers.push(new TriggerEntry(written, file.workflow.text, index + 1).compile(taken));
    } catch (error) {
      if (!(error instanceof TriggerFault)) throw error;
      const { message, place, help } = error;
      issues.push(dslIssue(file.source, { code: "bad-trigger", message, ...place, help }));
    }
  }
  return { triggers, issues };
}

/** What each kind has of its own, in the order of its entry. */
const OWN_KEYS = {
  cron: (trigger: TriggerEntry): JsonObject => ({
    cron: trigger.required("cron", "schedule"),
    ...trigger.optional("timezone"),
  }),
  webhook: (trigger: TriggerEntry): JsonObject => ({
    route: trigger.required("route", "path"),
    method: (trigger.text("method") ?? "POST").toUpperCase(),
  }),
  filesystem: (trigger: TriggerEntry): JsonObject => ({ path: trigger.required("path") }),
};

const KINDS: ReadonlyMap<string, keyof typeof OWN_KEYS> = new Map([
  ["cron", "cron"],
  ["http", "webhook"],
  ["webhook", "webhook"],
  ["fs", "filesystem"],
  ["filesystem", "filesystem"],
]);

class TriggerEntry {
  readonly #written: WrittenTrigger;
  readonly #flow: string;
  /** From 1. */
  readonly #number: number;
  /** What no key of the entry has taken yet. */
  readonly #left: Map<string, KeyEntry>;

  constructor(written: WrittenTrigger, flow: string, number: number) {
    this.#written = written;
    this.#flow = flow;
    this.#number = number;
    this.#left = new Map(written.config.map((entry) => [entry.key, entry]));
  }

  compile(taken: Set<string>): JsonObject {
    const type = this.#written.type.toLowerCase();
    const kind = KINDS.get(type);
    if (kind === undefined) {
      const known = [...KINDS.keys()];
      throw this.fault(`there is no trigger of type ${type}; known are ${known.join(", ")}`, didYouMean(type, known));
    }
    const id = this.text("id") ?? `${this.#flow}-${type}-${this.#number}`;
    if (taken.has(id)) throw this.fault(`there is a trigger ${id} already`);
    const entry: JsonObject = {
      id,
      kind,
      flow_id: this.text("flow_id", "flow") ?? this.#flow,
      ...this.#input(),
      ...this.optional("idempotency_key"),
      ...OWN_KEYS[kind](this),
    };
    for (const [key, { value }] of this.#left) {
      if (!Object.hasOwn(entry, key))
        setKey(
          entry,
          key,
          this.#deep(() => jsonValue(value, unquoted)),
        );
    }
    taken.add(id);
    return entry;
  }

  required(...names: readonly string[]): string {
    const text = this.text(...names);
    if (text !== undefined && text.trim() !== "") return text;
    throw this.fault(`a trigger of type ${this.#written.type} needs ${names.join(" or ")}`);
  }

  optional(name: string): JsonObject {
    const text = this.text(name);
    return text === undefined ? {} : { [name]: text };
  }

  /** The text of the first of these keys that is there; none of them is left. */
  text(...names: readonly string[]): string | undefined {
    const entry = this.#take(names);
    if (entry === undefined) return undefined;
    if (entry.value.kind === "scalar") return unquoted(entry.value.text);
    throw this.fault(`${entry.key} of a trigger is a text on the same line`);
  }

  fault(message: string, help?: string): TriggerFault {
    const { at, key } = this.#written.key;
    return new TriggerFault(message, { at, length: key.length }, help);
  }

  #input(): JsonObject {
    const entry = this.#take(["input", "input_template"]);
    if (entry === undefined) return {};
    const { value } = entry;
    if (value.kind !== "mapping") throw this.fault(`${entry.key} of a trigger is a mapping`);
    return { input: this.#deep(() => jsonObject(value, unquoted)) };
  }

  #take(names: readonly string[]): KeyEntry | undefined {
    const present = names.flatMap((name) => this.#left.get(name) ?? []);
    for (const name of names) this.#left.delete(name);
    return present[0];
  }

  #deep<T>(value: () => T): T {
    try {
      return value();
    } catch (error) {
      throw error instanceof DepthFault ? this.fault(error.message) : error;
    }
  }
}
