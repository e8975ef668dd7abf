import { entriesOf, type KeyEntry, type List, type Mapping, type Node } from "../syntax/mod.ts";
import { unquoted } from "./unquoted.ts";

/** A trigger as it is written, in whichever of the three forms (flows §3). */
export interface WrittenTrigger {
  /** Without quotes. */
  readonly type: string;
  /** Its key, or the key `type`: where everything about it is told. */
  readonly key: KeyEntry;
  readonly config: readonly KeyEntry[];
}

/** What is no trigger. */
export class TriggerFault extends Error {
  constructor(
    message: string,
    readonly place: { readonly at: number; readonly length: number },
    readonly help?: string | undefined,
  ) {
    super(message);
  }
}

/** The triggers of a file in their order; what is none comes as a fault in its place. */
export function writtenTriggers(triggers: Mapping | List | undefined): readonly (WrittenTrigger | TriggerFault)[] {
  if (triggers === undefined) return [];
  if (triggers.kind === "list") return triggers.items.map(ofItem);
  return entriesOf(triggers).map((entry) =>
    entry.kind === "key" ? ofEntry(entry) : fault("a trigger is of the form type: configuration", entry),
  );
}

function ofEntry(key: KeyEntry): WrittenTrigger | TriggerFault {
  const type = unquoted(key.key);
  switch (key.value.kind) {
    case "scalar":
      return { type, key, config: [{ ...key, key: "value" }] };
    case "list":
      return fault(`the configuration of trigger ${key.key} is a mapping; found a list`, key);
    case "mapping":
      return withConfig(type, key, key.value);
  }
}

function ofItem(item: Node): WrittenTrigger | TriggerFault {
  const help = "- cron: with its configuration on deeper lines";
  if (item.kind !== "mapping") return fault("a trigger in a list is a mapping", item, help);
  const entries = entriesOf(item);
  const type = entries.find((entry) => entry.kind === "key" && entry.key === "type");
  if (type?.kind === "key") {
    if (type.value.kind !== "scalar") return fault("the type of a trigger is a text", type);
    const others = entries.filter((entry) => entry !== type);
    return withConfig(unquoted(type.value.text), type, { ...item, entries: others });
  }
  const [only, more] = entries;
  if (only?.kind !== "key" || more !== undefined) {
    return fault("a trigger in a list has one key, its type, or a key type", only ?? item, help);
  }
  return ofEntry(only);
}

function withConfig(type: string, key: KeyEntry, config: Mapping): WrittenTrigger | TriggerFault {
  const entries = entriesOf(config).flatMap((entry) => (entry.kind === "key" ? [entry] : []));
  const isWhole = entries.length === entriesOf(config).length;
  return isWhole ? { type, key, config: entries } : fault("a line of a trigger is of the form name: value", key);
}

function fault(message: string, place: KeyEntry | { at: number; text?: string }, help?: string): TriggerFault {
  const length = ("key" in place ? place.key : (place.text ?? "")).length;
  return new TriggerFault(message, { at: place.at, length }, help);
}
