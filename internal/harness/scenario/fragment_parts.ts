import { didYouMean } from "../../diag/mod.ts";
import { readEntries, type YamlNode } from "../../yaml/mod.ts";
import type { Parts, Use } from "./parts.ts";
import { readAssertion } from "./read_assertion.ts";
import type { ReadContext } from "./read_context.ts";
import { readSetupStep } from "./read_setup.ts";
import { readStubs } from "./read_stubs.ts";
import type { Assertion, InvokeStep, LateAssertion, Stub } from "./scenario_spec.ts";
import { type Variable, Variables } from "./variables.ts";

/** What fragments add to a case. */
export interface Added {
  readonly stubs: readonly Stub[];
  readonly setup: readonly InvokeStep[];
  readonly assertions: readonly (Assertion | LateAssertion)[];
}

/** So many fragments may be put into one case: some that use others twice must not become too many. */
const MOST_USES = 1_000;

/** Puts fragments in: before what uses them, but for their stubs, which come after (scenarios.md §7). */
export class FragmentParts {
  #uses = 0;

  /** @param context of the file that uses them */
  add(uses: readonly Use[], context: ReadContext): Added {
    const added = uses.map((use) => this.#one(use, context));
    return {
      stubs: added.flatMap(({ stubs }) => stubs),
      setup: added.flatMap(({ setup }) => setup),
      assertions: added.flatMap(({ assertions }) => assertions),
    };
  }

  #one(use: Use, context: ReadContext): Added {
    const variables = variablesOf(use, context);
    this.#uses += 1;
    if (this.#uses === MOST_USES + 1) {
      context.findings.add("E_SCN_USE", `from here on there are more than ${MOST_USES} fragments in one case`, use.at);
    }
    if (use.fragment === undefined || this.#uses > MOST_USES) return { stubs: [], setup: [], assertions: [] };
    return this.own(use.fragment, { ...context, variables, findings: use.fragment.findings });
  }

  /** What a fragment adds, with the fragments that it uses. */
  own(fragment: Parts, context: ReadContext): Added {
    const before = this.add(fragment.uses, context);
    const setup = fragment.setup.flatMap((node) => readSetupStep(node, context) ?? []);
    const assertions = fragment.assertions.flatMap((node) => readAssertion(node, context) ?? []);
    return {
      stubs: [...readStubs(fragment.stubs, context), ...before.stubs],
      setup: [...before.setup, ...setup],
      assertions: [...before.assertions, ...assertions],
    };
  }
}

/** The variables of a fragment: its own, overridden by `with`; one that is null there must be given. E_SCN_VAR. */
function variablesOf({ at, shown, fragment, given }: Use, context: ReadContext): Variables {
  const { findings } = context;
  const own = fragment?.vars ?? new Map<string, Variable>();
  const vars = new Map(own);
  for (const { key: name, keyStart, value } of given === undefined
    ? []
    : (readEntries(given, "with", findings) ?? [])) {
    if (fragment !== undefined && !own.has(name)) {
      const there = own.size === 0 ? "it has none" : `it has ${[...own.keys()].join(", ")}`;
      const help = didYouMean(name, own.keys());
      findings.add("E_SCN_VAR", `${shown} has no variable ${name}; ${there}`, keyStart, { help });
    }
    vars.set(name, { node: context.variables.put(value, findings), from: findings.placeText(value.start) });
  }
  const missing = [...own].filter(([name, variable]) => isNull(variable.node) && vars.get(name) === variable);
  for (const [name] of missing) {
    findings.add("E_SCN_VAR", `${shown} needs the variable ${name}, which with must give`, given ?? at);
    vars.delete(name);
  }
  const variables = new Variables(vars);
  // So that nothing more is said of them.
  for (const [name] of missing) variables.open(name);
  return variables;
}

export function isNull(node: YamlNode): boolean {
  return node.kind === "scalar" && node.value === null;
}
