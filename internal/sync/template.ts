import { misfits, type Sync, typeName } from "../concept/mod.ts";
import type { StrictObject } from "../store/mod.ts";
import { canonicalStrict, type Strict, setKey } from "../value/mod.ts";
import { type CompiledTemplate, type CompiledThen, FLOW_TOKEN } from "./compiled_sync.ts";
import { FlowFailure } from "./flow_failure.ts";
import { type Bindings, valueAt } from "./match.ts";

/**
 * The args of the invocation that a firing makes (scenarios.md §4, then), in canonical order of their names.
 * @throws FlowFailure E_SYNC_ARG_TYPE: a value from inside an object is absent or of another type
 */
export function fillArgs(sync: Sync, then: CompiledThen, bindings: Bindings, flowToken: string): StrictObject {
  const args: StrictObject = {};
  for (const { name, type, value: template } of then.args) {
    const value = fill(template, bindings, flowToken, (path) => {
      const message = `the sync ${sync.name} gives ${then.action} the arg ${name} from ${path}, which is absent`;
      return new FlowFailure("E_SYNC_ARG_TYPE", message, then);
    });
    if (type !== undefined && misfits(type, value)) {
      const message = `the sync ${sync.name} gives ${then.action} the arg ${name}, declared as ${typeName(type)}: ${canonicalStrict(value)}`;
      throw new FlowFailure("E_SYNC_ARG_TYPE", message, then);
    }
    setKey(args, name, value);
  }
  return args;
}

function fill(
  template: CompiledTemplate,
  bindings: Bindings,
  flowToken: string,
  absent: (path: string) => FlowFailure,
): Strict {
  switch (template.kind) {
    case "literal":
      return template.value;
    case "bound": {
      const { variable, name, steps } = template;
      const whole = variable === FLOW_TOKEN ? flowToken : bindings[variable];
      const value = whole === undefined ? undefined : valueAt(whole, steps);
      if (value === undefined) throw absent(`bound.${[name, ...steps].join(".")}`);
      return value;
    }
    case "array":
      return template.items.map((item) => fill(item, bindings, flowToken, absent));
    case "object": {
      const object: StrictObject = {};
      for (const { key, value } of template.entries) setKey(object, key, fill(value, bindings, flowToken, absent));
      return object;
    }
  }
}
