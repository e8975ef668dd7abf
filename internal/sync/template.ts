import { misfits, type Sync, typeName } from "../concept/mod.ts";
import type { StrictObject } from "../store/mod.ts";
import { canonicalStrict, type Strict, setKey, ValueError } from "../value/mod.ts";
import { type CompiledTemplate, type CompiledThen, FLOW_TOKEN } from "./compiled_sync.ts";
import { FlowFailure } from "./flow_failure.ts";
import { type Bindings, valueAt } from "./match.ts";
import { objectText } from "./object_text.ts";

/** The args of an invocation, and the same as strict canonical JSON. */
export interface FilledArgs {
  readonly args: StrictObject;
  readonly text: string;
}

/**
 * The args of the invocation that a firing makes (scenarios.md §4, then), in canonical order of their names.
 * @throws FlowFailure E_SYNC_ARG_TYPE: a value from inside an object is absent or of another type; E_VALUE_DEPTH
 */
export function fillArgs(sync: Sync, then: CompiledThen, bindings: Bindings, flowToken: string): FilledArgs {
  const args: StrictObject = {};
  const values: Strict[] = [];
  for (const { name, type, value: template } of then.args) {
    const value = fill(template, bindings, flowToken);
    if (value instanceof Absent) {
      const message = `the sync ${sync.name} gives ${then.action} the arg ${name} from ${value.path}, which is absent`;
      throw new FlowFailure("E_SYNC_ARG_TYPE", message, then);
    }
    if (type !== undefined && misfits(type, value)) {
      const message = `the sync ${sync.name} gives ${then.action} the arg ${name}, declared as ${typeName(type)}: ${canonicalStrict(value)}`;
      throw new FlowFailure("E_SYNC_ARG_TYPE", message, then);
    }
    setKey(args, name, value);
    values.push(value);
  }
  return { args, text: then.isNested ? checkedText(args, sync, then) : objectText(then.keys, values) };
}

function checkedText(args: StrictObject, sync: Sync, then: CompiledThen): string {
  try {
    return canonicalStrict(args);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new FlowFailure(error.code, `the sync ${sync.name} gives ${then.action} args with ${error.message}`, then);
  }
}

/** A path that leads nowhere. */
class Absent {
  constructor(readonly path: string) {}
}

function fill(template: CompiledTemplate, bindings: Bindings, flowToken: string): Strict | Absent {
  switch (template.kind) {
    case "literal":
      return template.value;
    case "bound": {
      const { variable, name, steps } = template;
      const whole = variable === FLOW_TOKEN ? flowToken : bindings[variable];
      const value = whole === undefined || steps.length === 0 ? whole : valueAt(whole, steps);
      return value ?? new Absent(["bound", name, ...steps].join("."));
    }
    case "array": {
      const items: Strict[] = [];
      for (const item of template.items) {
        const value = fill(item, bindings, flowToken);
        if (value instanceof Absent) return value;
        items.push(value);
      }
      return items;
    }
    case "object": {
      const object: StrictObject = {};
      for (const { key, value: inner } of template.entries) {
        const value = fill(inner, bindings, flowToken);
        if (value instanceof Absent) return value;
        setKey(object, key, value);
      }
      return object;
    }
  }
}
